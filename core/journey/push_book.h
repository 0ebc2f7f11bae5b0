#pragma once
/// @file PushBook: keeps the pushes of a cluster up to date from the changes of its objects.
///
/// Use: hand every store's changes to `apply` (or a snapshot to `applyAll`), then call `update` once per
/// batch; it recomputes only the pushes that were touched and says which. Order of kinds does not matter;
/// whatever has not arrived is Unknown until it does.
///
/// No I/O, no clock, no lock: one thread at a time. What it hands out (PushPtr) is immutable and may go to
/// any thread. The GUI's bridge therefore runs `update` on its worker and passes PushChanges across.
///
/// Touching: a PipelineRun, TaskRun or task pod touches its own push; a Deployment, ReplicaSet or service
/// pod touches the runs whose digest it carries or carried, and those still on their way to it.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/journey.h"
#include "core/kube/store.h"
#include "core/kube/workloads/deployment.h"
#include "core/kube/workloads/pod.h"
#include "core/kube/workloads/replica_set.h"
#include "core/tekton/pipeline_run.h"
#include "core/tekton/task_run.h"

namespace cerebral::journey {

/// Names of the platform's pipeline.
struct JourneyRules {
    std::string cloneTask = "git-clone-task";
    std::string buildTask = "kaniko-build-task";
    std::string deployTask = "deploy-task";
    std::string imageTask = "kaniko-build-task";  ///< whose result `image-digest` is the image
    /// For runs without a `deploy-namespace` parameter.
    std::string deployNamespace = "cerebral-platform";
};

/// What the receiver says about one delivery (its `/deliveries`). Makes pushes visible that started nothing.
struct DeliveryRecord {
    std::string delivery;
    std::string repository, ref, before, after;
    std::string message, author, pusher;
    std::optional<WallTime> receivedAt;
    std::optional<WallTime> answeredAt;
    std::string status;  ///< created | duplicate | ignored | queued | refused
    std::string reason;

    friend bool operator==(const DeliveryRecord&, const DeliveryRecord&) = default;
};

struct PushChanges {
    std::vector<PushPtr> changed;      ///< new or different, newest first
    std::vector<std::string> removed;  ///< keys

    [[nodiscard]] bool empty() const noexcept { return changed.empty() && removed.empty(); }
};

class PushBook {
public:
    explicit PushBook(JourneyRules rules = {});
    ~PushBook();
    PushBook(PushBook&&) noexcept;
    PushBook& operator=(PushBook&&) noexcept;

    void apply(const kube::Changes<tekton::PipelineRun>& changes);
    void apply(const kube::Changes<tekton::TaskRun>& changes);
    /// Task pods and the platform's pods alike; others are ignored.
    void apply(const kube::Changes<kube::Pod>& changes);
    void apply(const kube::Changes<kube::Deployment>& changes);
    void apply(const kube::Changes<kube::ReplicaSet>& changes);
    template <class T>
    void applyAll(const std::vector<kube::ObjectPtr<T>>& snapshot) {
        kube::Changes<T> changes;
        changes.added = snapshot;
        apply(changes);
    }
    /// Replaces what was known of deliveries.
    void setDeliveries(std::vector<DeliveryRecord> deliveries);

    /// Recomputes what was touched since the last call. A push that came out equal is not announced.
    PushChanges update();

    /// Newest first (begunAt, then key).
    [[nodiscard]] std::vector<PushPtr> pushes() const;
    /// Null when there is none (any more).
    [[nodiscard]] PushPtr find(std::string_view key) const;
    /// Pushes whose head commit begins with `commit` (lower-case hex), newest first.
    [[nodiscard]] std::vector<PushPtr> findCommit(std::string_view commit) const;
    /// How many different commits begin so; stops counting at `most`.
    [[nodiscard]] std::size_t countCommits(std::string_view commit, std::size_t most) const;
    /// Pushes to the branch of `push` with its commit, itself among them, newest first.
    [[nodiscard]] std::vector<PushPtr> sameCommit(const Push& push) const;
    /// Pushes to the branch of `push` whose `before` is its commit, newest first.
    [[nodiscard]] std::vector<PushPtr> successors(const Push& push) const;
    /// The push whose image was the first to be rolled out to the same Deployment after that of `journey`; null when
    /// none is known, or not since when that one was.
    [[nodiscard]] PushPtr nextInPlace(const ServiceJourney& journey) const;
    /// The push a PipelineRun belongs to; null when the run is not known.
    [[nodiscard]] PushPtr findRun(std::string_view ns, std::string_view name) const;
    [[nodiscard]] std::size_t size() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::journey
