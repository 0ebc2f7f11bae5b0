// The list of a reflector in pages, for servers without WatchList and for scoped reflectors.

#include "core/kube/reflector_cycle.h"

namespace cerebral::kube {

Reflector::Cycle::Ending Reflector::Cycle::list() {
    // The lists show a moment that is not before they were asked for.
    const SteadyTime asOf = owner_.clock_.steadyNow();
    auto resourceVersion = collect();
    if (!resourceVersion) return afterFailedList(std::move(resourceVersion.error()));
    owner_.sink_.commitList();
    listComplete(std::move(*resourceVersion), asOf);
    return {Next::Watch, std::nullopt};
}

Result<std::string> Reflector::Cycle::collect() {
    const ReflectorOptions& wanted = owner_.options_;
    ListOptions options;
    options.labelSelector = wanted.labelSelector;
    options.fieldSelector = wanted.fieldSelector;
    if (!wanted.scopes) return collectPages(options);

    // The first list says which version it shows. The others must show the same one, or the watch
    // from there on would bring back what they were already past.
    for (const std::string& selector : wanted.scopes()) {
        options.labelSelector = selector;
        auto shown = collectPages(options);
        if (!shown) return shown;
        if (!options.exactly) options.resourceVersion = std::move(*shown);
        options.exactly = true;
    }
    if (options.resourceVersion) return *options.resourceVersion;
    // Nothing is wanted of the past: a list that matches no object tells the version to watch from.
    options.fieldSelector = "metadata.name=none";
    return collectPages(options);
}

Result<std::string> Reflector::Cycle::collectPages(ListOptions options) {
    // resourceVersion "0" is never sent: it would make the server ignore the limit.
    options.limit = owner_.options_.pageSize;
    std::string resourceVersion;
    for (bool first = true;; first = false) {
        const auto answer = owner_.client_.list(owner_.options_.type, owner_.options_.ns, options, stop_);
        if (!answer) return fail(answer.error());
        auto page = owner_.sink_.addPage(*answer, !everSynced_);
        countMalformed();
        if (!page) return fail(page.error());
        if (first) resourceVersion = std::move(page->resourceVersion);
        if (page->continueToken.empty()) return resourceVersion;
        if (page->continueToken == options.continueToken) {
            return fail(ErrorKind::Malformed, "the server sent the same page twice");
        }
        options.continueToken = std::move(page->continueToken);
        options.resourceVersion.reset();  // the token carries it
        options.exactly = false;
    }
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
