#include "tests/ui/run_maker.h"

#include <array>

#include "core/tekton/run_labels.h"

namespace cerebral::test {
namespace {

using namespace std::chrono_literals;
using tekton::ConditionStatus;
using tekton::RunState;
namespace labels = tekton::labels;

constexpr std::array<const char*, 6> kServices{"ai-services",        "bmad-services",        "data-services",
                                               "knowledge-services", "integration-services", "monitoring-services"};
constexpr std::array<const char*, 4> kBranches{"main", "feature/retry-jitter", "release/2.7",
                                               "feature/stream-embeddings"};
constexpr std::array<const char*, 5> kPeople{"mk", "jt", "hs", "rs", "lw"};

std::string hex(std::mt19937& random, int digits) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (int i = 0; i < digits; ++i) text += kDigits[random() % 16U];
    return text;
}

}  // namespace

RunPtr RunMaker::make(RunState state, const std::string& service, int minutesAgo) {
    tekton::PipelineRun run;
    const std::string commit = hex(random_, 40);
    run.meta.ns = "tekton-pipelines";
    run.meta.name = service + "-" + commit.substr(0, 8) + "-" + hex(random_, 10);
    run.meta.uid = "uid-" + std::to_string(++serial_) + "-" + hex(random_, 6);
    run.meta.resourceVersion = std::to_string(++version_);
    run.meta.creationTimestamp = now - std::chrono::minutes(minutesAgo) - std::chrono::seconds(number(60));
    const std::string branch = kBranches[static_cast<std::size_t>(number(4))];
    run.meta.labels.set(labels::kService, service);
    run.meta.labels.set(labels::kCommit, commit);
    run.meta.labels.set(labels::kTrigger, number(5) == 0 ? "rebuild" : "push");
    run.meta.annotations.set(labels::kRef, "refs/heads/" + branch);
    run.meta.annotations.set(labels::kPusher, kPeople[static_cast<std::size_t>(number(5))]);
    run.meta.annotations.set(labels::kMessage, "feat: something worth a commit");
    run.pipelineTasks = {"git-clone-task", "kaniko-build-task", "deploy-task"};
    setState(run, state);
    return std::make_shared<const tekton::PipelineRun>(std::move(run));
}

void RunMaker::setState(tekton::PipelineRun& run, RunState state) {
    run.specStatus.clear();
    run.completionTime.reset();
    run.skipped.clear();
    run.startTime = *run.meta.creationTimestamp + 1s;
    const auto set = [&](ConditionStatus status, std::string reason, std::string message) {
        run.condition = status;
        run.reason = std::move(reason);
        run.message = std::move(message);
        if (status == ConditionStatus::True || status == ConditionStatus::False) {
            run.completionTime = *run.startTime + std::chrono::seconds(120 + number(80));
        }
    };
    switch (state) {
        case RunState::Pending:
            run.condition = ConditionStatus::Missing;
            run.startTime.reset();
            break;
        case RunState::Succeeded:
            set(ConditionStatus::True, "Succeeded", "Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 0");
            break;
        case RunState::Completed:
            set(ConditionStatus::True, "Completed", "Tasks Completed: 2 (Failed: 0, Cancelled 0), Skipped: 1");
            run.skipped = {{"deploy-task", "When Expressions evaluated to false"}};
            break;
        case RunState::Failed:
            set(ConditionStatus::False, "Failed", "Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1");
            break;
        case RunState::Cancelled:
            set(ConditionStatus::False, "Cancelled", "Tasks Completed: 2 (Failed: 0, Cancelled 1), Skipped: 1");
            break;
        case RunState::TimedOut:
            set(ConditionStatus::False, "PipelineRunTimeout",
                "Tasks Completed: 2 (Failed: 0, Cancelled 1), Skipped: 1");
            break;
        case RunState::Cancelling:
            set(ConditionStatus::Unknown, "Running",
                "Tasks Completed: 1 (Failed: 0, Cancelled 0), Incomplete: 2, Skipped: 0");
            run.specStatus = "Cancelled";
            break;
        case RunState::Stuck:
        case RunState::Running:
            set(ConditionStatus::Unknown, "Running",
                "Tasks Completed: 1 (Failed: 0, Cancelled 0), Incomplete: 2, Skipped: 0");
            break;
    }
}

RunState RunMaker::anyState() {
    static constexpr std::array<RunState, 12> kMix{RunState::Succeeded, RunState::Succeeded,  RunState::Succeeded,
                                                   RunState::Succeeded, RunState::Running,    RunState::Failed,
                                                   RunState::Completed, RunState::Pending,    RunState::Cancelled,
                                                   RunState::TimedOut,  RunState::Cancelling, RunState::Succeeded};
    return kMix[static_cast<std::size_t>(number(static_cast<int>(kMix.size())))];
}

RunPtr RunMaker::random() {
    return make(anyState(), kServices[static_cast<std::size_t>(number(6))], number(3 * 24 * 60));
}

RunPtr RunMaker::changed(const RunPtr& run, RunState state) {
    tekton::PipelineRun next = *run;
    next.meta.resourceVersion = std::to_string(++version_);
    setState(next, state);
    return std::make_shared<const tekton::PipelineRun>(std::move(next));
}

RunPtr RunMaker::changedRandomly(const RunPtr& run) {
    return changed(run, anyState());
}

}  // namespace cerebral::test
