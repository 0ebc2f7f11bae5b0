// The step of one task: what it writes, how it ends, and what its end means for the task.
#include <nlohmann/json.hpp>

#include "app/demo/registry/image_registry.h"
#include "app/demo/tekton/run_simulation.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

std::string stripRegistry(const std::string& reference) {
    const std::size_t slash = reference.find('/');
    const std::string_view host(reference.data(), slash == std::string::npos ? 0 : slash);
    return host.find_first_of(".:") != std::string_view::npos ? reference.substr(slash + 1) : reference;
}

}  // namespace

void RunSimulation::runStep(std::size_t index) {
    Task& task = tasks_[index];
    const Scenario scenario = scenarioFor(task);
    world_.logs.open(podUid(index), task.instance.container());
    updatePod(index, [&](Json& tree) {
        podRunning(tree, world_.timestamp());
        podReadyAnnotation(tree);
        return true;
    });
    setTaskCondition(index, "Unknown", "Running", "Not all Steps in the Task have finished executing", false);
    if (task.instance.task == kDeployTask) return then(draw(800, 1'800), &RunSimulation::deploy, index);
    if (task.instance.task == kCloneTask) {
        const auto duration = draw(4'000, 9'000);
        writeLog(index, cloneLog(facts_), duration);
        task.results = Json::array({{{"name", "commit"}, {"value", facts_.commit}}});
        return thenDo(duration, [this, index] { endStep(index, 0); });
    }
    if (task.instance.task != kBuildTask) return thenDo(draw(3'000, 8'000), [this, index] { endStep(index, 0); });

    const bool endsEarly =
        scenario == Scenario::Flaky || scenario == Scenario::CompileFailure || scenario == Scenario::TestFailure;
    const auto duration = endsEarly ? draw(30'000, 60'000) : draw(95'000, 150'000);
    const bool pushes = scenario == Scenario::Success || scenario == Scenario::BadRollout;
    if (pushes) {
        // The image is made now, so that the log can name its digest; its tag moves at the end.
        thenDo(duration * 98 / 100, [this, index] {
            const std::string base = stripRegistry(facts_.baseImage);
            ServiceImage image{param("image-name"), param("image-tag"), base, facts_.commit, world_.store.now()};
            std::string digest = world_.registry.pushService(image);
            if (digest.empty()) {
                image.baseReference = "cerebral/ai-base:cpu";
                digest = world_.registry.pushService(image);
            }
            facts_.digest = digest;
            tasks_[index].results = Json::array(
                {{{"name", "image-digest"}, {"value", digest}}, {{"name", "image-url"}, {"value", facts_.image}}});
            writeLog(index, {kanikoLog(facts_, Scenario::Success).back()}, 0ms);
        });
    }
    std::vector<LogLine> lines = kanikoLog(facts_, scenario);
    if (pushes) lines.pop_back();  // "Pushed" names the digest, written when there is one
    writeLog(index, lines, duration);
    if (scenario == Scenario::Timeout) return;  // until the run's own timeout
    thenDo(duration, [this, index, pushes] { endStep(index, pushes ? 0 : 1); });
}

void RunSimulation::log(std::size_t index, std::string line) {
    world_.logs.append(podUid(index), tasks_[index].instance.container(), world_.store.now(), std::move(line));
}

void RunSimulation::writeLog(std::size_t index, const std::vector<LogLine>& lines,
                             std::chrono::milliseconds duration) {
    for (const LogLine& line : lines) {
        const auto at =
            std::chrono::milliseconds(static_cast<std::int64_t>(line.at * static_cast<double>(duration.count())));
        thenDo(at, [this, index, text = line.text] { log(index, text); });
    }
}

void RunSimulation::endStep(std::size_t index, int exitCode) {
    Task& task = tasks_[index];
    const ObjectPtr pod = podObject(index);
    if (!pod) return;
    Json entries = Json::array();
    if (exitCode == 0) {
        for (const Json& result : task.results)
            entries.push_back({{"key", result["name"]}, {"value", result["value"]}, {"type", 1}});
    } else {
        task.results = Json::array();
    }
    entries.push_back({{"key", "StartedAt"}, {"value", formatRfc3339Millis(world_.store.now())}, {"type", 3}});
    updatePod(index, [&](Json& tree) {
        podTerminated(tree, world_.timestamp(), exitCode, entries.dump());
        return true;
    });
    world_.logs.close(pod->uid, task.instance.container());
    if (exitCode == 0) {
        task.state = TaskState::Succeeded;
        setTaskCondition(index, "True", "Succeeded", "All Steps have completed executing", true);
        return taskEnded(index);
    }
    const std::string message =
        "\"" + task.instance.container() + "\" exited with code " + std::to_string(exitCode) + ": Error";
    if (task.attempt < task.instance.retries) return retryTask(index);
    task.state = TaskState::Failed;
    setTaskCondition(index, "False", "Failed", message, true);
    taskEnded(index);
}

void RunSimulation::retryTask(std::size_t index) {
    Task& task = tasks_[index];
    const std::string message = "\"" + task.instance.container() + "\" exited with code 1: Error";
    const std::string now = world_.timestamp();
    const ObjectPtr pod = podObject(index);
    const auto updated = world_.store.update(kindNamed("TaskRun"), run_->ns, task.instance.taskRun, [&](Json& tree) {
        Json& status = tree["status"];
        status["artifacts"] = Json::object();
        if (pod) status["steps"] = Json::array({taskRunStep(task.instance, pod->parse())});
        Json attempt = status;
        attempt["conditions"] = succeededCondition("False", "Failed", message, now);
        attempt["completionTime"] = now;
        attempt.erase("retriesStatus");
        task.retriesStatus.push_back(std::move(attempt));
        status["retriesStatus"] = task.retriesStatus;
        status["conditions"] = succeededCondition("Unknown", "ToBeRetried", message, now);
        status["podName"] = "";
        status.erase("startTime");
        return true;
    });
    if (!updated) return;
    world_.events.record(**updated, {EventType::Normal, "ToBeRetried", message, "TaskRun"});
    ++task.attempt;
    task.instance.pod = task.instance.taskRun + "-pod-retry" + std::to_string(task.attempt);
    task.startTime = now;
    then(draw(800, 1'500), &RunSimulation::makePod, index);
}

}  // namespace cerebral::demo
