#pragma once
/// @file listAll: every object of one kind in a namespace, page by page.

#include <stop_token>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/kube/kube_client.h"
#include "core/kube/object_sink.h"
#include "core/kube/store.h"

namespace cerebral::ctl {

inline constexpr std::size_t kPage = 500;

/// Feeds `sink` with complete pages and commits. A continue token that expired (410) starts over, once.
[[nodiscard]] inline Result<void> fetchAll(kube::KubeClient& client, const kube::ResourceType& type,
                                           std::string_view ns, std::string_view labelSelector,
                                           kube::ObjectSink& sink) {
    kube::ListOptions options;
    options.labelSelector = labelSelector;
    options.limit = kPage;
    bool startedOver = false;
    do {
        const auto body = client.list(type, ns, options, std::stop_token());
        if (!body && body.error().kind == ErrorKind::Gone && !options.continueToken.empty() && !startedOver) {
            sink.abandonList();
            options.continueToken.clear();
            startedOver = true;
            continue;
        }
        if (!body) return fail(body.error());
        const auto meta = sink.addPage(*body, false);
        if (!meta) return fail(meta.error());
        options.continueToken = meta->continueToken;
        if (options.continueToken.empty()) break;
    } while (true);
    sink.commitList();
    return {};
}

/// `makeSink`: makePipelineRunSink and its like.
template <class T, class MakeSink>
[[nodiscard]] Result<std::vector<kube::ObjectPtr<T>>> listAll(kube::KubeClient& client,
                                                              const kube::ResourceType& type, std::string_view ns,
                                                              std::string_view labelSelector,
                                                              const MakeSink& makeSink) {
    kube::Store<T> store;
    const auto sink = makeSink(store);
    if (const auto fetched = fetchAll(client, type, ns, labelSelector, *sink); !fetched) return fail(fetched.error());
    return store.snapshot();
}

}  // namespace cerebral::ctl
