#pragma once
/// @file Push and ServiceJourney: what happened to one push, for each service it built.
///
/// Plain values, immutable once handed out (`shared_ptr<const Push>`), safe on any thread. Computed by
/// PushBook (push_book.h) out of cluster objects alone; strings are text from outside.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/journey/stage.h"
#include "core/tekton/run_state.h"

namespace cerebral::journey {

/// Where a run failed: the first failed task's failed step.
struct FailurePoint {
    ObjectRef taskRun;
    std::string task;       ///< name in the pipeline, e.g. "kaniko-build-task"
    std::string step;       ///< empty when the task failed outside any step (admission, image pull)
    std::string container;  ///< "step-build": whose log to open
    std::string pod;        ///< name; empty when none was made
    std::optional<int> exitCode;
    std::string reason;   ///< TaskRun's reason or the step's terminationReason
    std::string message;  ///< the TaskRun condition's message

    friend bool operator==(const FailurePoint&, const FailurePoint&) = default;
};

/// What keeps a stage from going on.
struct StuckPoint {
    Stage stage = Stage::Build;
    ObjectRef object;    ///< TaskRun or Pod
    std::string reason;  ///< as the server says it: "ImagePullBackOff", "ExceededNodeResources"
    std::string words;   ///< a sentence for people
    std::optional<WallTime> since;
    /// When Kubernetes gives up (rollouts: last progress + progressDeadlineSeconds); absent when never.
    std::optional<WallTime> failsAt;

    friend bool operator==(const StuckPoint&, const StuckPoint&) = default;
};

/// Another image took the place, or a newer push took over before this one was through.
struct Replacement {
    std::string commit;   ///< empty when the image in place came from no run known here
    std::string digest;   ///< empty for a superseded run that never had an image
    std::string pushKey;  ///< of the replacing push; empty like `commit`
    std::optional<WallTime> at;

    friend bool operator==(const Replacement&, const Replacement&) = default;
};

/// Pods of the Deployment as far as this digest is concerned.
struct LivePods {
    int ready = 0;                  ///< ready, not terminating, running this digest
    int wanted = 0;                 ///< Deployment.spec.replicas
    std::optional<WallTime> since;  ///< the last of them became ready (Ready.lastTransitionTime)

    friend bool operator==(const LivePods&, const LivePods&) = default;
};

struct ServiceJourney {
    std::string service;  ///< label; the run's `deployment` parameter for runs not made by the receiver
    ObjectRef run;
    std::string runUid;
    tekton::RunState runState = tekton::RunState::Pending;  ///< Stuck already included
    std::optional<WallTime> runCreated;
    bool mayDeploy = true;  ///< parameter `deploy` is not "false"

    std::array<StageStatus, kStageCount> stages;
    [[nodiscard]] const StageStatus& stage(Stage which) const { return stages[indexOf(which)]; }

    std::string image;   ///< REGISTRY/cerebral/SERVICE:TAG; empty when the run does not say
    std::string digest;  ///< "sha256:…"; empty until known
    ObjectRef deployment;
    std::optional<LivePods> live;     ///< absent when Deployment, pods or digest are not known
    Boxed<FailurePoint> failure;      ///< of a failed run whose TaskRuns are at hand
    Boxed<StuckPoint> stuck;          ///< the first obstacle
    Boxed<Replacement> supersededBy;  ///< the run was cancelled for a newer push
    Boxed<Replacement> replacedBy;    ///< another image is asked for where this one was, or would have been

    /// The furthest stage that has begun.
    [[nodiscard]] Stage reached() const;
    /// The stage it stopped in (Failed, Cancelled or Stuck), if it did.
    [[nodiscard]] std::optional<Stage> stoppedIn() const;
    /// Nothing will happen any more unless somebody acts: live, failed, cancelled, replaced, not to be deployed.
    [[nodiscard]] bool isOver() const;
    /// Another image is asked for, but is not live yet.
    [[nodiscard]] bool givesWay() const;

    friend bool operator==(const ServiceJourney&, const ServiceJourney&) = default;
};

/// One word for the whole row; the worst that needs someone wins.
enum class PushState : std::uint8_t {
    Unknown,
    Underway,
    Stuck,
    Failed,
    Live,        ///< every service that may deploy is in all its wanted pods
    Built,       ///< done, and nothing of it was to be deployed
    Replaced,    ///< was live or through; a newer one is in its place
    Superseded,  ///< cancelled for a newer push
    Cancelled,
    Ignored,  ///< the receiver made no run of it; `ignoredReason` says why
};
const char* toString(PushState state) noexcept;

/// A push (or a rebuild, which is a row of its own) and everything it set off.
struct Push {
    /// Stable identity of the row: repository, ref, before, after, GitHub's pushed-at (which tells a second push
    /// of the same commits), and the request id of a rebuild. Opaque.
    std::string key;
    std::string repository;      ///< "owner/name"
    std::string ref;             ///< "refs/heads/main"
    std::string branch;          ///< "main"; from the ref, else the label
    std::string before, commit;  ///< 40 hex; empty when no object says it
    std::string trigger;         ///< push | base-image | rebuild; empty for runs not made by the receiver
    std::string message, author, pusher, delivery, compareUrl;
    std::string requestId, requestedBy, reason;
    /// Annotation received-at; the oldest of its runs'. Absent for runs not made by the receiver.
    std::optional<WallTime> receivedAt;
    /// For sorting and age: receivedAt, else the oldest run's creation.
    WallTime begunAt{};
    std::string ignoredReason;
    /// Ordered by service name: rows do not jump.
    std::vector<ServiceJourney> services;

    [[nodiscard]] PushState state() const;
    [[nodiscard]] const ServiceJourney* find(std::string_view service) const;
    [[nodiscard]] bool isFanOut() const noexcept { return services.size() > 1; }

    friend bool operator==(const Push&, const Push&) = default;
};
using PushPtr = std::shared_ptr<const Push>;

/// A stage over all services of a push: "4/6", and one state for the collapsed strip.
struct StageSummary {
    StageState state = StageState::Unknown;  ///< the worst; Done only when all are done or left out
    int done = 0;
    int total = 0;                  ///< services for which the stage was not Skipped
    std::optional<WallTime> start;  ///< the earliest
    std::optional<WallTime> end;    ///< the latest, when over for all
};
[[nodiscard]] StageSummary summarize(const Push& push, Stage stage);

}  // namespace cerebral::journey
