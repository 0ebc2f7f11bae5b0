#pragma once
/// @file KubeClient: the verbs of the Kubernetes API over an HttpTransport.
///
/// Bodies go in and come out as JSON text; decoding is the caller's (`core/tekton`, `object_sink.h`).
/// Errors are the server's Status objects mapped to ErrorKind (`status.h`). A 401 renews credentials
/// and tries once more. Thread-safe; every call blocks.

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kube/cluster_access.h"
#include "core/kube/resource_type.h"
#include "core/net/http_transport.h"

namespace cerebral::kube {

struct ListOptions {
    std::string labelSelector;
    std::string fieldSelector;
    std::size_t limit = 0;  ///< 0: everything in one answer
    std::string continueToken;
    std::optional<std::string> resourceVersion;
    bool exactly = false;  ///< resourceVersionMatch=Exact: the state at that very version
};

struct WatchOptions {
    std::string labelSelector;
    std::string fieldSelector;
    std::string resourceVersion;
    std::chrono::seconds timeout{300};
    bool sendInitialEvents = false;  ///< WatchList (KEP-3157); resourceVersionMatch is set with it
};

enum class PatchType : std::uint8_t { MergePatch, JsonPatch, StrategicMergePatch };

enum class WatchEnd : std::uint8_t { Complete, StoppedByCaller };

class KubeClient {
public:
    KubeClient(net::HttpTransport& transport, ClusterAccess access);

    [[nodiscard]] const ClusterAccess& access() const noexcept { return access_; }

    Result<std::string> list(const ResourceType& type, std::string_view ns, const ListOptions& options,
                             std::stop_token stop);
    Result<std::string> get(const ResourceType& type, std::string_view ns, std::string_view name,
                            std::stop_token stop);
    /// `deadline` bounds the whole exchange. Returns the created object.
    Result<std::string> create(const ResourceType& type, std::string_view ns, std::string body, std::stop_token stop,
                               std::chrono::milliseconds deadline = std::chrono::seconds(30));
    Result<std::string> patch(const ResourceType& type, std::string_view ns, std::string_view name, PatchType how,
                              std::string body, std::stop_token stop);
    Result<std::string> remove(const ResourceType& type, std::string_view ns, std::string_view name,
                               std::stop_token stop);
    /// Any path of the API server ("/version", "…/serviceaccounts/x/token", "…/pods/p/log?…").
    Result<std::string> raw(net::Method method, std::string_view pathAndQuery, std::string body,
                            std::stop_token stop);

    /// Any GET whose answer is read as it arrives: pod logs, mostly, which want HTTP/1.1 so that a slow
    /// reader holds the sender back. `onChunk` runs on the calling thread; false ends the stream.
    /// `silence` ends a stream that sends nothing for so long; 0 means never. `onOpen` as for `watch`.
    Result<WatchEnd> streamRaw(std::string_view pathAndQuery, net::HttpVersion version, std::chrono::seconds silence,
                               const std::function<bool(std::string_view)>& onChunk, std::stop_token stop,
                               const std::function<void()>& onOpen = {});

    /// `onLine` gets each watch line as it arrives, on the calling thread; false ends the watch.
    /// `onOpen` runs when the server has accepted the watch (its 200 was read), `onPause`, if given, after
    /// the last of the lines that arrived together.
    Result<WatchEnd> watch(const ResourceType& type, std::string_view ns, const WatchOptions& options,
                           const std::function<void()>& onOpen, const std::function<bool(std::string_view)>& onLine,
                           std::stop_token stop, const std::function<void()>& onPause = {});

private:
    struct Call;
    Result<net::HttpRequest> prepare(const Call& call, std::stop_token stop) const;
    Result<std::string> sendRenewing(const Call& call, std::stop_token stop);
    Result<WatchEnd> streamRenewing(const Call& call, const std::function<void()>& onOpen,
                                    const std::function<bool(std::string_view)>& onChunk, std::stop_token stop);

    net::HttpTransport& transport_;
    ClusterAccess access_;
};

}  // namespace cerebral::kube
