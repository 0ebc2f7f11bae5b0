#pragma once
/// @file Reflector: keeps an ObjectSink equal to what the API server holds, for as long as it lives.
///
/// List (WatchList streaming where the server has it, pages of 500 otherwise), then watch with
/// bookmarks and a random timeoutSeconds of 5–10 min; then by class of ending
/// (k8s.io/client-go/tools/cache/reflector.go; design.md section 6):
///   clean end of stream          → watch again from the last resourceVersion
///   refused, 429, lost, 5xx      → back off, watch again, no relist
///   410 as answer or ERROR event → relist
///   401                          → credentials are renewed, once, then back off
///   403                          → Forbidden, back off, keep trying: rights may be granted
/// A watch shorter than a second without an event counts as a failure. It never gives up.
///
/// Every `auditInterval` the end of a watch is followed by a fresh list, so that an event lost between
/// the server's storage and us (a proxy, a server's stale cache) does not stay lost for ever.
///
/// Owns one thread; constructing starts nothing, `start` does, the destructor cancels and joins.
/// State listeners run on the reflector's thread. They must not destroy the reflector.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/backoff.h"
#include "core/base/clock.h"
#include "core/kube/kube_client.h"
#include "core/kube/object_sink.h"
#include "core/kube/server_features.h"
#include "core/kube/sync_state.h"

namespace cerebral::kube {

struct ReflectorOptions {
    ResourceType type;
    std::string ns;
    std::string labelSelector;
    std::string fieldSelector;
    std::size_t pageSize = 500;
    std::uint64_t seed = 0;  ///< jitter and watch timeouts
    BackoffPolicy backoff;
    std::chrono::minutes auditInterval{30};
    /// When set, only what these label selectors match is listed, and everything (of `labelSelector`)
    /// is watched from then on: for kinds of which there are far more objects than anybody looks at.
    /// Asked anew before each list, on the reflector's thread. `relist` makes changes take effect.
    std::function<std::vector<std::string>()> scopes;
};

class Reflector {
public:
    using StateListener = std::function<void(const SyncState&)>;

    Reflector(KubeClient& client, ObjectSink& sink, Clock& clock, std::shared_ptr<ServerFeatures> features,
              ReflectorOptions options);
    ~Reflector();
    Reflector(const Reflector&) = delete;
    Reflector& operator=(const Reflector&) = delete;

    void setStateListener(StateListener listener);  ///< before start
    void start();
    /// Runs on the caller's thread until `stop` fires: for tests that own time.
    void run(std::stop_token stop);
    /// Ends a backoff wait: "reconnect now".
    void retryNow();
    /// Lists again soon, although nothing is wrong: the scopes have changed.
    void relist();
    /// Begins to end the thread without waiting for it.
    void requestStop();
    /// Ends the thread and waits for it. The last state stays readable.
    void stop();
    [[nodiscard]] SyncState state() const;

private:
    class Cycle;
    template <class Change>
    void update(Change change);
    void pause(std::chrono::milliseconds duration, const std::stop_token& stop);
    /// A source that `relist` fires, already fired when a relist is due.
    std::stop_source interruptible();
    bool takeRelistRequest();

    KubeClient& client_;
    ObjectSink& sink_;
    Clock& clock_;
    std::shared_ptr<ServerFeatures> features_;
    ReflectorOptions options_;
    StateListener listener_;
    mutable std::mutex mutex_;
    SyncState state_;
    std::stop_source wake_;
    std::stop_source interrupt_;
    bool relistWanted_ = false;
    std::jthread thread_;
};

}  // namespace cerebral::kube
