// The list of a reflector in pages, for servers without WatchList.

#include "core/kube/reflector_cycle.h"

namespace cerebral::kube {

Reflector::Cycle::Ending Reflector::Cycle::listByPages() {
    const ReflectorOptions& wanted = owner_.options_;
    ListOptions options;
    options.labelSelector = wanted.labelSelector;
    options.fieldSelector = wanted.fieldSelector;
    // resourceVersion stays unset: "0" would make the server ignore the limit.
    options.limit = wanted.pageSize;

    // All pages show the moment of the first one, and that is not before it was asked for.
    const SteadyTime asOf = owner_.clock_.steadyNow();
    std::string resourceVersion;
    for (bool first = true;; first = false) {
        const auto answer = owner_.client_.list(wanted.type, wanted.ns, options, stop_);
        if (!answer) return afterFailedList(answer.error());
        const auto page = owner_.sink_.addPage(*answer, !everSynced_);
        countMalformed();
        if (!page) return afterFailedList(page.error());
        if (first) resourceVersion = page->resourceVersion;
        if (page->continueToken.empty()) break;
        if (page->continueToken == options.continueToken) {
            return afterFailedList({ErrorKind::Malformed, "the server sent the same page twice", 0, {}, {}});
        }
        options.continueToken = page->continueToken;
    }
    owner_.sink_.commitList();
    listComplete(std::move(resourceVersion), asOf);
    return {Next::Watch, std::nullopt};
}

Reflector::Cycle::Ending Reflector::Cycle::afterFailedList(Error error) {
    owner_.sink_.abandonList();
    // The continue token outlived the server's history: begin anew, at once the first time.
    if (error.kind == ErrorKind::Gone && !relistedForGone_) {
        relistedForGone_ = true;
        pagesNext_ = true;
        return {Next::Relist, std::nullopt};
    }
    return {Next::Relist, std::move(error)};
}

}  // namespace cerebral::kube
