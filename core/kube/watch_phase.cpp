// One watch of a reflector: from opening it to deciding what its end means.

#include "core/kube/reflector_cycle.h"

namespace cerebral::kube {
namespace {

/// client-go's bounds: ends spread over time, so that clients do not come back all at once.
constexpr int kMinWatchSeconds = 300;
constexpr int kMaxWatchSeconds = 600;
/// A watch shorter than this without an event did not work, whatever its ending says.
constexpr std::chrono::seconds kMinHealthyWatch{1};

bool refusesWatchList(const Error& error) {
    if (error.kind == ErrorKind::Invalid) return true;
    // Seen on Kubernetes 1.34 over etcd 3.4: HTTP 200, then an ERROR event of code 500 with this text.
    return error.kind == ErrorKind::ServerError &&
           error.message.find("required storage feature") != std::string::npos;
}

}  // namespace

struct Reflector::Cycle::Watching {
    SteadyTime asked;
    bool collecting = false;  ///< before the end of a WatchList's initial events
    /// A bookmark was seen. Until then events may be the backlog of a lost connection, and more of it
    /// may be outstanding: they say how it was, not how it is.
    bool caughtUp = false;
    bool sawEvent = false;
    std::optional<Error> problem;  ///< what an event said, or was
};

Reflector::Cycle::Ending Reflector::Cycle::watch(bool initialEvents) {
    const ReflectorOptions& wanted = owner_.options_;
    WatchOptions options;
    options.labelSelector = wanted.labelSelector;
    options.fieldSelector = wanted.fieldSelector;
    options.sendInitialEvents = initialEvents;
    if (!initialEvents) options.resourceVersion = resourceVersion_;
    options.timeout =
        std::chrono::seconds(std::uniform_int_distribution(kMinWatchSeconds, kMaxWatchSeconds)(random_));

    Watching watching;
    watching.asked = owner_.clock_.steadyNow();
    watching.collecting = initialEvents;
    std::stop_source interrupt = owner_.interruptible();
    const std::stop_callback alsoOnStop(stop_, [&interrupt] { interrupt.request_stop(); });
    auto end = owner_.client_.watch(
        wanted.type, wanted.ns, options,
        [&] {
            if (!initialEvents) enterLive();
        },
        [&](std::string_view line) { return onLine(line, watching); }, interrupt.get_token(),
        [&] { owner_.sink_.showCollected(); });

    if (interrupt.stop_requested()) {
        if (watching.collecting) owner_.sink_.abandonList();
        return {Next::Relist, std::nullopt};
    }
    std::optional<Error> error = std::move(watching.problem);
    if (!error && !end) error = std::move(end.error());
    if (watching.collecting) {
        if (!error) error = Error{ErrorKind::ConnectionLost, "the list ended before it was complete", 0, {}, {}};
        return afterInitialEventsFailed(std::move(*error), watching.sawEvent);
    }
    if (error) return afterWatchFailed(std::move(*error));
    return afterCleanEnd(watching);
}

bool Reflector::Cycle::onLine(std::string_view line, Watching& watching) {
    if (line.empty()) return true;
    auto event = owner_.sink_.applyEvent(line, watching.collecting, !everSynced_);
    countMalformed();
    if (!event) {
        watching.problem = std::move(event.error());
        return false;
    }
    if (event->type == WatchEventType::Error) {
        watching.problem = std::move(event->status);
        return false;
    }
    watching.sawEvent = true;
    relistedForGone_ = false;
    if (!watching.collecting) {
        if (!event->resourceVersion.empty()) resourceVersion_ = std::move(event->resourceVersion);
        watching.caughtUp = watching.caughtUp || event->type == WatchEventType::Bookmark;
        if (watching.caughtUp) proveCurrent();
        return true;
    }
    if (event->initialEventsEnd) {
        owner_.sink_.commitList();
        watching.collecting = false;
        watching.caughtUp = true;
        listComplete(std::move(event->resourceVersion), watching.asked);
        enterLive();
    } else if (event->type == WatchEventType::Bookmark) {
        // An ordinary bookmark here comes from a server that overlooked sendInitialEvents.
        watching.problem = Error{ErrorKind::Unsupported, "the server does not know WatchList", 0, {}, {}};
        return false;
    }
    return true;
}

Reflector::Cycle::Ending Reflector::Cycle::afterInitialEventsFailed(Error error, bool sawEvent) {
    owner_.sink_.abandonList();
    if (error.kind == ErrorKind::Unsupported || (!sawEvent && refusesWatchList(error))) {
        owner_.features_->refuseWatchList();
        return {Next::Relist, std::nullopt};
    }
    // Whatever cut this stream short may spare ordinary requests.
    pagesNext_ = true;
    return {Next::Relist, std::move(error)};
}

Reflector::Cycle::Ending Reflector::Cycle::afterWatchFailed(Error error) {
    switch (error.kind) {
        case ErrorKind::Gone:
            // At once, unless the version of a list just made was already too old for this server.
            if (!relistedForGone_) {
                relistedForGone_ = true;
                owner_.update([&](SyncState& state) {
                    state.phase = SyncPhase::Reconnecting;
                    state.why = "the server no longer has the version last seen; listing again";
                    return true;
                });
                return {Next::Relist, std::nullopt};
            }
            return {Next::Relist, std::move(error)};
        case ErrorKind::Malformed:
        case ErrorKind::LimitExceeded:
            // The same line would come again; a list goes around it.
            return {Next::Relist, std::move(error)};
        default:
            break;
    }
    return {Next::Watch, std::move(error)};
}

Reflector::Cycle::Ending Reflector::Cycle::afterCleanEnd(const Watching& watching) {
    const SteadyTime now = owner_.clock_.steadyNow();
    if (!watching.sawEvent && now - watching.asked < kMinHealthyWatch) {
        return {Next::Watch, Error{ErrorKind::ConnectionLost, "the server ended the watch at once", 0, {}, {}}};
    }
    const bool audit = now - lastList_ >= owner_.options_.auditInterval;
    return {audit ? Next::Relist : Next::Watch, std::nullopt};
}

}  // namespace cerebral::kube
