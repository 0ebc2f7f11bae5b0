#pragma once
/// @file RunSimulation: one PipelineRun from its creation to its end, as Tekton's controller drives it.
///
/// Lives on the scheduler's thread. Everything it knows of the pipeline it reads from the Pipeline and
/// Task objects in the store; how the steps end comes from the Scenario.

#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "app/demo/sim/world.h"
#include "app/demo/store/json.h"
#include "app/demo/tekton/build_logs.h"
#include "app/demo/tekton/scenario.h"
#include "app/demo/tekton/task_objects.h"

namespace cerebral::demo {

inline constexpr std::string_view kCloneTask = "git-clone-task";
inline constexpr std::string_view kBuildTask = "kaniko-build-task";
inline constexpr std::string_view kDeployTask = "deploy-task";

class RunSimulation : public std::enable_shared_from_this<RunSimulation> {
public:
    RunSimulation(World& world, ObjectPtr run);
    void start();
    /// The run was changed from outside (spec.status).
    void changed(const ObjectPtr& run);
    /// The run was deleted.
    void abandon();
    [[nodiscard]] bool finished() const noexcept { return finished_; }

private:
    enum class TaskState : std::uint8_t { Waiting, Running, Succeeded, Failed, Cancelled, Skipped };
    struct Task {
        TaskInstance instance;
        Json pipelineTask;  ///< its entry in pipelineSpec.tasks, parameters filled in
        TaskState state = TaskState::Waiting;
        std::string skipReason;
        Json skippedWhen;  ///< whenExpressions that were false
        int attempt = 0;
        Json retriesStatus = Json::array();
        Json results = Json::array();
        std::string startTime;
    };

    // What Tekton does with the run as a whole (run_simulation.cpp).
    bool prepare(const Json& run);
    void makeClaim(const Json& run);
    void startNext();
    void taskEnded(std::size_t index);
    void publish(std::string_view status, std::string_view reason, const std::string& message, bool ended);
    void endRun(std::string_view status, std::string_view reason, const std::string& message);
    [[nodiscard]] std::string progressMessage(bool ended) const;
    void skipWaiting(std::string_view reason);
    void cancel(std::string_view wish);
    void timeOut();
    [[nodiscard]] std::string param(std::string_view name) const;
    [[nodiscard]] std::string fillIn(std::string text) const;
    [[nodiscard]] Json fillInAll(const Json& tree) const;

    // One task's TaskRun and pod (task_life.cpp).
    void beginTask(std::size_t index);
    void makePod(std::size_t index);
    void schedulePod(std::size_t index);
    void runStep(std::size_t index);
    void endStep(std::size_t index, int exitCode);
    void retryTask(std::size_t index);
    void failPull(std::size_t index, int round);
    void stopTask(std::size_t index, std::string_view reason, const std::string& message,
                  std::string_view statusMessage);
    void updatePod(std::size_t index, const Edit& edit);
    void setTaskCondition(std::size_t index, std::string_view status, std::string_view reason,
                          const std::string& message, bool ended);
    void writeLog(std::size_t index, const std::vector<LogLine>& lines, std::chrono::milliseconds duration);
    void deploy(std::size_t index);
    void followRollout(std::size_t index, std::string lastLine, int polls);
    void log(std::size_t index, std::string line);
    [[nodiscard]] std::string podUid(std::size_t index) const;
    [[nodiscard]] ObjectPtr taskRunObject(std::size_t index) const;
    [[nodiscard]] ObjectPtr podObject(std::size_t index) const;
    [[nodiscard]] Scenario scenarioFor(const Task& task) const;

    /// Continues later, unless the run was cancelled or deleted in between.
    void then(std::chrono::milliseconds realPace, void (RunSimulation::*step)(std::size_t), std::size_t index);
    void thenDo(std::chrono::milliseconds realPace, std::function<void()> action);
    [[nodiscard]] std::chrono::milliseconds draw(int low, int high);

    World& world_;
    ObjectPtr run_;
    std::mt19937_64 random_;
    Scenario scenario_ = Scenario::Success;
    BuildFacts facts_;
    Json params_ = Json::object();
    Json pipelineSpec_;
    std::string claim_;
    std::vector<Task> tasks_;
    std::string startTime_;
    std::string stopping_;  ///< the wish in spec.status while it is being carried out
    std::uint64_t epoch_ = 0;
    bool started_ = false;
    bool finished_ = false;
};

}  // namespace cerebral::demo
