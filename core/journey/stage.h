#pragma once
/// @file The six stages of a push on its way into the pods, and the state of one stage.
///
/// Every state and time cites the object and field it was read from. What no object says is Unknown
/// or absent; nothing here estimates.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/boxed.h"
#include "core/base/clock.h"

namespace cerebral::journey {

enum class Stage : std::uint8_t {
    Received,  ///< the receiver accepted the signed delivery
    Clone,     ///< git-clone-task
    Build,     ///< kaniko-build-task
    Image,     ///< the registry answered the push with a digest
    Rollout,   ///< deploy-task, and the Deployment's rollout by kubectl's rule
    Live,      ///< pods that are ready with this very digest
};
inline constexpr std::size_t kStageCount = 6;
inline constexpr std::array<Stage, kStageCount> kStages = {Stage::Received, Stage::Clone,   Stage::Build,
                                                           Stage::Image,    Stage::Rollout, Stage::Live};
constexpr std::size_t indexOf(Stage stage) noexcept {
    return static_cast<std::size_t>(stage);
}
/// "Received", "Clone", …: as shown.
const char* toString(Stage stage) noexcept;

enum class StageState : std::uint8_t {
    Unknown,    ///< no object at hand says it (not watched, no right, pruned)
    Pending,    ///< not begun; when the journey has ended, it never will be
    Running,    ///< begun
    Stuck,      ///< begun, and cannot go on without help
    Done,       ///< for Live: every wanted pod is ready with this digest
    Failed,     ///< ended badly; timeouts are failures whose reason says so
    Cancelled,  ///< ended on somebody's wish, or a newer push's
    Skipped,    ///< left out on purpose: a branch that is not deployed, a `when` that was false
    Replaced,   ///< Live only: another image is in its place now
};
/// "unknown", "pending", …: stable, for JSON and tests.
const char* toString(StageState state) noexcept;
/// Done, Failed, Cancelled, Skipped, Replaced.
[[nodiscard]] bool isOver(StageState state) noexcept;

/// A real object. Copies share its name: a journey cites the same few objects some twenty times.
class ObjectRef {
public:
    ObjectRef() = default;
    /// `kind` points to a literal: "PipelineRun", "TaskRun", "Deployment", "ReplicaSet", "Pod".
    ObjectRef(std::string_view kind, std::string ns, std::string name)
        : kind_(kind), place_(std::make_shared<const Place>(Place{std::move(ns), std::move(name)})) {}

    /// Nothing is cited; kind, namespace and name are empty.
    [[nodiscard]] bool empty() const noexcept { return kind_.empty(); }
    [[nodiscard]] std::string_view kind() const noexcept { return kind_; }
    [[nodiscard]] const std::string& ns() const noexcept { return place().ns; }
    [[nodiscard]] const std::string& name() const noexcept { return place().name; }

    friend bool operator==(const ObjectRef& a, const ObjectRef& b) {
        return a.kind_ == b.kind_ && (a.place_ == b.place_ || a.place() == b.place());
    }

private:
    struct Place {
        std::string ns;
        std::string name;
        friend bool operator==(const Place&, const Place&) = default;
    };
    [[nodiscard]] const Place& place() const noexcept {
        static const Place nowhere;
        return place_ ? *place_ : nowhere;
    }

    std::string_view kind_;
    std::shared_ptr<const Place> place_;
};

/// A time and the field it stands in. `field` points to a literal, e.g. "status.completionTime".
struct Moment {
    WallTime at{};
    ObjectRef object;
    std::string_view field;

    friend bool operator==(const Moment&, const Moment&) = default;
};

struct StageStatus {
    StageState state = StageState::Unknown;
    Boxed<Moment> start;
    /// For a stage that is over. Kubernetes writes whole seconds, except for Received (milliseconds).
    Boxed<Moment> end;
    /// The object that says `state`; the click on the segment leads there. Empty when Unknown.
    ObjectRef object;
    /// The server's own word ("ImagePullBackOff", "TaskRunTimeout", "ProgressDeadlineExceeded");
    /// empty when all is well. Text from outside.
    std::string reason;
    /// One sentence: kubectl's for a rollout, the condition's message, the words of what is stuck.
    std::string detail;

    /// Of a stage that is over, when both ends are known.
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration() const;
    friend bool operator==(const StageStatus&, const StageStatus&) = default;
};

}  // namespace cerebral::journey
