#include "app/demo/tekton/run_simulation.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/store/identity.h"
#include "core/base/digest.h"
#include "core/tekton/run_labels.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

/// "1h0m0s" as Go writes durations; zero when it is none.
std::chrono::milliseconds parseGoDuration(std::string_view text) {
    std::chrono::milliseconds total{0};
    std::int64_t number = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            number = number * 10 + (c - '0');
        } else {
            total += c == 'h'   ? std::chrono::milliseconds(number * 3'600'000)
                     : c == 'm' ? std::chrono::milliseconds(number * 60'000)
                                : std::chrono::milliseconds(number * 1000);
            number = 0;
        }
    }
    return total;
}

void replaceAll(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

}  // namespace

RunSimulation::RunSimulation(World& world, ObjectPtr run)
    : world_(world), run_(std::move(run)), random_(randomFor(world.seed, run_->name)) {}

std::chrono::milliseconds RunSimulation::draw(int low, int high) {
    return std::chrono::milliseconds(
        drawBetween(random_, static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high)));
}

void RunSimulation::thenDo(std::chrono::milliseconds realPace, std::function<void()> action) {
    world_.after(realPace, [weak = weak_from_this(), epoch = epoch_, action = std::move(action)] {
        const auto self = weak.lock();
        if (self && self->epoch_ == epoch && !self->finished_) action();
    });
}

void RunSimulation::then(std::chrono::milliseconds realPace, void (RunSimulation::*step)(std::size_t),
                         std::size_t index) {
    thenDo(realPace, [this, step, index] { (this->*step)(index); });
}

std::string RunSimulation::param(std::string_view name) const {
    const auto it = params_.find(name);
    return it != params_.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::string RunSimulation::fillIn(std::string text) const {
    for (const auto& [name, value] : params_.items()) {
        if (value.is_string()) replaceAll(text, "$(params." + name + ")", value.get<std::string>());
    }
    for (const Task& task : tasks_) {
        for (const Json& result : task.results) {
            replaceAll(text, "$(tasks." + task.instance.task + ".results." + result.value("name", "") + ")",
                       result.value("value", ""));
        }
    }
    replaceAll(text, "$(context.pipelineRun.name)", run_->name);
    return text;
}

Json RunSimulation::fillInAll(const Json& tree) const {
    if (tree.is_string()) return fillIn(tree.get<std::string>());
    if (!tree.is_structured()) return tree;
    Json filled = tree;
    for (Json& item : filled) item = fillInAll(item);
    return filled;
}

void RunSimulation::start() {
    const Json run = run_->parse();
    if (run["spec"].value("status", "") == "PipelineRunPending") {
        publish("Unknown", "PipelineRunPending", "PipelineRun \"" + run_->name + "\" is pending", false);
        return;
    }
    started_ = true;
    startTime_ = world_.timestamp();
    (void)world_.store.update(*run_->kind, run_->ns, run_->name, [&](Json& tree) {
        if (const std::string pipeline = run["spec"].value("pipelineRef", Json::object()).value("name", "");
            !pipeline.empty()) {
            tree["metadata"]["labels"]["tekton.dev/pipeline"] = pipeline;
        }
        return true;
    });
    world_.events.record(*run_, {EventType::Normal, "Started", "", "PipelineRun"});
    if (!prepare(run)) return;
    makeClaim(run);
    if (const auto limit = parseGoDuration(run["spec"].value("timeouts", Json::object()).value("pipeline", "1h0m0s"));
        limit > 0ms) {
        thenDo(limit, [this] { timeOut(); });
    }
    thenDo(120ms, [this] { startNext(); });
}

bool RunSimulation::prepare(const Json& run) {
    const Json& spec = run["spec"];
    std::string pipelineName = spec.value("pipelineRef", Json::object()).value("name", "");
    Json pipelineSpec;
    if (spec.contains("pipelineSpec")) {
        pipelineSpec = spec["pipelineSpec"];
        pipelineName = run_->name;
    } else {
        const ObjectPtr pipeline = world_.store.find(kindNamed("Pipeline"), run_->ns, pipelineName);
        if (!pipeline) {
            endRun("False", "CouldntGetPipeline",
                   "Error retrieving pipeline for pipelinerun " + run_->ns + "/" + run_->name +
                       ": error when getting Pipeline for PipelineRun " + run_->name +
                       ": tekton client cannot get pipeline " + pipelineName +
                       " from local cluster: pipelines.tekton.dev \"" + pipelineName + "\" not found");
            return false;
        }
        pipelineSpec = pipeline->parse()["spec"];
    }
    for (const Json& given : spec.value("params", Json::array()))
        params_[given.value("name", "")] = given.value("value", Json(""));
    std::string missing;
    for (const Json& declared : pipelineSpec.value("params", Json::array())) {
        const std::string name = declared.value("name", "");
        if (params_.contains(name)) continue;
        if (declared.contains("default"))
            params_[name] = declared["default"];
        else
            missing += (missing.empty() ? "" : " ") + name;
    }
    pipelineSpec_ = pipelineSpec;
    if (!missing.empty()) {
        endRun("False", "ParameterMissing",
               "[User error] PipelineRun " + run_->ns + "/" + run_->name +
                   " is missing some parameters required by Pipeline " + run_->ns + "/" + pipelineName +
                   ": pipelineRun missing parameters: [" + missing + "]");
        return false;
    }
    pipelineSpec_ = fillInAll(pipelineSpec);

    const auto annotation = [&](std::string_view name) {
        return run["metadata"].value("annotations", Json::object()).value(std::string(name), "");
    };
    facts_.service = run["metadata"]
                         .value("labels", Json::object())
                         .value(std::string(tekton::labels::kService), param("deployment"));
    facts_.commit = param("revision").empty() ? std::string(40, '0') : param("revision");
    facts_.message =
        annotation(tekton::labels::kMessage).empty() ? "no message" : annotation(tekton::labels::kMessage);
    facts_.registry = param("registry").empty() ? world_.registryHost : param("registry");
    facts_.image = facts_.registry + "/" + param("image-name") + ":" + param("image-tag");
    facts_.baseImage = param("base-image").empty() ? facts_.registry + "/cerebral/ai-base:cpu" : param("base-image");
    facts_.dockerfile = param("dockerfile");
    facts_.context = param("context");
    facts_.seed = world_.seed;
    scenario_ = world_.scenarios.lookUp(facts_.commit, facts_.service, facts_.message);
    // By what is built, not by the run's name, which holds the time of the push: one seed, one story.
    random_ = randomFor(world_.seed, facts_.service + "@" + facts_.commit);

    Json labels = run["metadata"].value("labels", Json::object());
    for (const Json& entry : pipelineSpec_.value("tasks", Json::array())) {
        Task task;
        task.pipelineTask = entry;
        TaskInstance& instance = task.instance;
        instance.run = run_.get();
        instance.runLabels = labels;
        instance.pipeline = pipelineName;
        instance.task = entry.value("name", "");
        instance.taskRun = run_->name + "-" + instance.task;
        if (instance.taskRun.size() > 63)
            instance.taskRun = run_->name.substr(0, 30) + sha256Hex(instance.taskRun).substr(0, 32);
        instance.pod = instance.taskRun + "-pod";
        instance.serviceAccount =
            spec.value("taskRunTemplate", Json::object()).value("serviceAccountName", "default");
        instance.retries = entry.value("retries", 0);
        const ObjectPtr definition =
            world_.store.find(kindNamed("Task"), run_->ns, entry.value("taskRef", Json::object()).value("name", ""));
        if (!definition && !entry.contains("taskSpec")) {
            endRun("False", "CouldntGetTask",
                   "Pipeline " + run_->ns + "/" + pipelineName +
                       " can't be Run; it contains Tasks that don't exist: Couldn't retrieve Task \"" +
                       entry.value("taskRef", Json::object()).value("name", "") + "\": tasks.tekton.dev not found");
            return false;
        }
        instance.taskSpec = definition ? definition->parse()["spec"] : entry["taskSpec"];
        tasks_.push_back(std::move(task));
    }
    return true;
}

void RunSimulation::makeClaim(const Json& run) {
    for (const Json& workspace : run["spec"].value("workspaces", Json::array())) {
        if (workspace.contains("persistentVolumeClaim")) {
            claim_ = workspace["persistentVolumeClaim"].value("claimName", "");
        } else if (workspace.contains("volumeClaimTemplate")) {
            claim_ = "pvc-" + sha256Hex(run_->uid + workspace.value("name", "")).substr(0, 10);
            const Json spec = workspace["volumeClaimTemplate"].value("spec", Json::object());
            Json claimSpec = spec;
            claimSpec["volumeName"] = "pvc-" + sha256Hex(claim_).substr(0, 16);
            claimSpec["volumeMode"] = "Filesystem";
            if (!claimSpec.contains("storageClassName")) claimSpec["storageClassName"] = "local-path";
            (void)world_.store.create(
                kindNamed("PersistentVolumeClaim"),
                {{"metadata",
                  {{"name", claim_},
                   {"namespace", run_->ns},
                   {"ownerReferences", Json::array({{{"apiVersion", "tekton.dev/v1"},
                                                     {"kind", "PipelineRun"},
                                                     {"name", run_->name},
                                                     {"uid", run_->uid}}})}}},
                 {"spec", claimSpec},
                 {"status",
                  {{"phase", "Bound"},
                   {"accessModes", claimSpec.value("accessModes", Json::array())},
                   {"capacity", claimSpec.value("resources", Json::object()).value("requests", Json::object())}}}});
        } else {
            continue;
        }
        for (Task& task : tasks_) task.instance.claim = claim_;
        return;
    }
}

void RunSimulation::startNext() {
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        Task& task = tasks_[i];
        if (task.state != TaskState::Waiting) continue;
        Json unmet = Json::array();
        for (const Json& when : fillInAll(task.pipelineTask.value("when", Json::array()))) {
            const Json values = when.value("values", Json::array());
            const bool listed = std::ranges::find(values, when.value("input", Json(""))) != values.end();
            if (listed != (when.value("operator", "in") == "in")) unmet.push_back(when);
        }
        if (!unmet.empty()) {
            task.state = TaskState::Skipped;
            task.skipReason = "When Expressions evaluated to false";
            task.skippedWhen = std::move(unmet);
            continue;
        }
        beginTask(i);
        publish("Unknown", "Running", progressMessage(false), false);
        return;
    }
    const bool skipped =
        std::ranges::any_of(tasks_, [](const Task& task) { return task.state == TaskState::Skipped; });
    endRun("True", skipped ? "Completed" : "Succeeded", progressMessage(true));
}

void RunSimulation::taskEnded(std::size_t index) {
    const TaskState state = tasks_[index].state;
    if (stopping_ == "StoppedRunFinally") {
        skipWaiting("PipelineRun was gracefully stopped");
        return endRun("False", "Cancelled", "PipelineRun \"" + run_->name + "\" was cancelled");
    }
    if (state == TaskState::Failed) {
        skipWaiting("PipelineRun was stopping");
        return endRun("False", "Failed", progressMessage(true));
    }
    startNext();
}

void RunSimulation::skipWaiting(std::string_view reason) {
    for (Task& task : tasks_) {
        if (task.state != TaskState::Waiting) continue;
        task.state = TaskState::Skipped;
        task.skipReason = reason;
    }
}

std::string RunSimulation::progressMessage(bool ended) const {
    const auto count = [&](TaskState state) {
        return std::ranges::count_if(tasks_, [&](const Task& task) { return task.state == state; });
    };
    const auto failed = count(TaskState::Failed), cancelled = count(TaskState::Cancelled);
    const auto completed = count(TaskState::Succeeded) + failed + cancelled;
    std::string text = "Tasks Completed: " + std::to_string(completed) + " (Failed: " + std::to_string(failed) +
                       ", Cancelled " + std::to_string(cancelled) + ")";
    if (!ended) text += ", Incomplete: " + std::to_string(count(TaskState::Waiting) + count(TaskState::Running));
    return text + ", Skipped: " + std::to_string(count(TaskState::Skipped));
}

void RunSimulation::publish(std::string_view status, std::string_view reason, const std::string& message,
                            bool ended) {
    const std::string now = world_.timestamp();
    const auto updated = world_.store.update(*run_->kind, run_->ns, run_->name, [&](Json& tree) {
        Json& out = tree["status"];
        if (!out.is_object()) out = Json::object();
        out["conditions"] = succeededCondition(status, reason, message, now);
        if (started_) out["startTime"] = startTime_;
        if (!pipelineSpec_.is_null()) {
            out["pipelineSpec"] = pipelineSpec_;
            out["provenance"] = provenance();
        }
        Json children = Json::array(), skipped = Json::array();
        for (const Task& task : tasks_) {
            if (task.state == TaskState::Skipped) {
                Json entry = {{"name", task.instance.task}, {"reason", task.skipReason}};
                if (!task.skippedWhen.is_null()) entry["whenExpressions"] = task.skippedWhen;
                skipped.push_back(std::move(entry));
            } else if (task.state != TaskState::Waiting) {
                children.push_back({{"apiVersion", "tekton.dev/v1"},
                                    {"kind", "TaskRun"},
                                    {"name", task.instance.taskRun},
                                    {"pipelineTaskName", task.instance.task}});
            }
        }
        if (!children.empty()) out["childReferences"] = std::move(children);
        if (!skipped.empty()) out["skippedTasks"] = std::move(skipped);
        if (ended) {
            out["completionTime"] = now;
            Json results = Json::array();
            for (const Json& declared :
                 pipelineSpec_.is_null() ? Json::array() : pipelineSpec_.value("results", Json::array())) {
                const std::string value = fillIn(declared.value("value", ""));
                if (status == "True" && value.find("$(") == std::string::npos)
                    results.push_back({{"name", declared["name"]}, {"value", value}});
            }
            if (!results.empty()) out["results"] = std::move(results);
        }
        return true;
    });
    if (!updated) return;
    const EventType type = status == "False" ? EventType::Warning : EventType::Normal;
    world_.events.record(**updated, {type, status == "False" ? "Failed" : reason, message, "PipelineRun"});
}

void RunSimulation::endRun(std::string_view status, std::string_view reason, const std::string& message) {
    if (startTime_.empty()) startTime_ = world_.timestamp();
    started_ = true;
    publish(status, reason, message, true);
    finished_ = true;
    ++epoch_;
}

void RunSimulation::changed(const ObjectPtr& run) {
    if (finished_) return;
    const std::string wish = run->parse()["spec"].value("status", "");
    if (!started_ && wish.empty()) return start();
    if (!started_ || wish == stopping_ || wish.empty()) return;
    cancel(wish);
}

void RunSimulation::cancel(std::string_view wish) {
    stopping_ = wish;
    const auto running = std::ranges::find(tasks_, TaskState::Running, &Task::state);
    if (wish == "StoppedRunFinally") {
        publish("Unknown", "StoppedRunningFinally", progressMessage(false), false);
        if (running == tasks_.end()) endRun("False", "Cancelled", "PipelineRun \"" + run_->name + "\" was cancelled");
        return;  // the task that runs may end by itself
    }
    ++epoch_;
    skipWaiting("PipelineRun was stopping");
    if (wish == "CancelledRunFinally") publish("Unknown", "CancelledRunningFinally", progressMessage(false), false);
    if (running != tasks_.end()) {
        const auto index = static_cast<std::size_t>(running - tasks_.begin());
        const std::string why = "TaskRun cancelled as the PipelineRun it belongs to has been cancelled.";
        stopTask(index, "TaskRunCancelled", "TaskRun \"" + running->instance.taskRun + "\" was cancelled. " + why,
                 why);
        running->state = TaskState::Cancelled;
    }
    thenDo(400ms, [this] { endRun("False", "Cancelled", "PipelineRun \"" + run_->name + "\" was cancelled"); });
}

void RunSimulation::timeOut() {
    ++epoch_;
    const auto running = std::ranges::find(tasks_, TaskState::Running, &Task::state);
    if (running != tasks_.end()) {
        const auto index = static_cast<std::size_t>(running - tasks_.begin());
        const std::string why = "TaskRun cancelled as the PipelineRun it belongs to has timed out.";
        stopTask(index, "TaskRunCancelled", "TaskRun \"" + running->instance.taskRun + "\" was cancelled. " + why,
                 why);
        running->state = TaskState::Cancelled;
    }
    skipWaiting("PipelineRun timeout has been reached");
    const std::string limit = run_->parse()["spec"].value("timeouts", Json::object()).value("pipeline", "1h0m0s");
    endRun("False", "PipelineRunTimeout",
           "PipelineRun \"" + run_->name + "\" failed to finish within \"" + limit + "\"");
}

void RunSimulation::abandon() {
    ++epoch_;
    finished_ = true;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        if (const ObjectPtr pod = podObject(i)) world_.logs.forget(pod->uid);
    }
}

}  // namespace cerebral::demo
