#include "tests/unit/journey/small_world.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/time_format.h"
#include "core/tekton/run_labels.h"
#include "tests/unit/journey/object_parts.h"

namespace cerebral::test {
namespace {

template <class T>
kube::ObjectPtr<T> copy(const T& object) {
    return std::make_shared<const T>(object);
}

std::string imageOf(const std::string& service, char digit) {
    return "10.34.0.202:5000/cerebral/" + service + ":main" + (digit == 0 ? "" : "@" + digest(digit));
}

void setCondition(std::vector<kube::Condition>& conditions, const std::string& type, bool isTrue,
                  const std::string& reason, WallTime at) {
    std::erase_if(conditions, [&](const kube::Condition& present) { return present.type == type; });
    conditions.push_back(condition(type, isTrue, reason, at));
}

template <class T>
T& found(std::vector<T>& objects, const std::string& name) {
    const auto it =
        std::find_if(objects.begin(), objects.end(), [&](const T& object) { return object.meta.name == name; });
    if (it == objects.end()) std::abort();
    return *it;
}

}  // namespace

const WallTime kNoon = parseRfc3339("2026-11-23T12:00:00Z").value();

WallTime noonPlus(int seconds) {
    return kNoon + std::chrono::seconds(seconds);
}
std::string commit(char digit) {
    return std::string(40, digit);
}
std::string digest(char digit) {
    return "sha256:" + std::string(64, digit);
}

SmallWorld::SmallWorld() = default;

std::string SmallWorld::push(const RunOptions& options) {
    namespace labels = tekton::labels;
    tekton::PipelineRun run;
    const std::string name =
        options.service + "-" + std::string(8, options.commit) + "-" + std::to_string(options.at) + options.requestId;
    run.meta = meta(kPipelineNs, name, noonPlus(options.at));
    run.meta.labels = {{std::string(labels::kManagedBy), std::string(labels::kManagedByValue)},
                       {std::string(labels::kService), options.service},
                       {std::string(labels::kBranch), "main"},
                       {std::string(labels::kCommit), commit(options.commit)},
                       {std::string(labels::kTrigger), options.requestId.empty() ? "push" : "rebuild"}};
    run.meta.annotations = {{std::string(labels::kRepository), "baerautotech/cerebral"},
                            {std::string(labels::kRef), options.ref},
                            {std::string(labels::kBefore), commit(options.before)},
                            {std::string(labels::kMessage), "message of " + std::string(1, options.commit)},
                            {std::string(labels::kAuthor), "Ada"},
                            {std::string(labels::kDelivery), "delivery-" + std::string(1, options.commit)},
                            {std::string(labels::kReason), options.reason},
                            {std::string(labels::kReceivedAt),
                             formatRfc3339Millis(noonPlus(options.at) + std::chrono::milliseconds(120))}};
    if (!options.requestId.empty()) run.meta.annotations.set(labels::kRequestId, options.requestId);
    run.params = {{"registry", "10.34.0.202:5000"},
                  {"image-name", "cerebral/" + options.service},
                  {"image-tag", "main"},
                  {"deployment", options.service},
                  {"deploy-namespace", kPlatformNs},
                  {"deploy", options.deploy ? "true" : "false"}};
    run.condition = tekton::ConditionStatus::Unknown;
    run.reason = "Running";
    std::string before;
    std::vector<tekton::PipelineTask> nodes;
    for (const char* task : {"git-clone-task", "kaniko-build-task", "deploy-task"}) {
        tekton::PipelineTask node;
        node.name = task;
        if (!before.empty()) node.after = {before};
        before = task;
        nodes.push_back(node);
    }
    run.tasks = std::move(nodes);
    runs_.push_back(run);
    return name;
}

tekton::PipelineRun& SmallWorld::run(const std::string& name) {
    return found(runs_, name);
}

tekton::TaskRun& SmallWorld::task(const std::string& runName, const std::string& name) {
    return found(tasks_, runName + "-" + name);
}

void SmallWorld::begin(const std::string& runName, const std::string& name, int at) {
    tekton::PipelineRun& owner = run(runName);
    tekton::TaskRun taskRun;
    taskRun.meta = meta(kPipelineNs, runName + "-" + name, noonPlus(at));
    taskRun.meta.labels = {{"tekton.dev/pipelineRun", runName},
                           {"tekton.dev/pipelineRunUID", owner.meta.uid},
                           {"tekton.dev/pipelineTask", name}};
    taskRun.podName = taskRun.meta.name + "-pod";
    taskRun.condition = tekton::ConditionStatus::Unknown;
    taskRun.reason = "Running";
    taskRun.startTime = noonPlus(at);
    tekton::Step step;
    step.name = "run";
    step.container = "step-run";
    step.imageId = "image@" + digest('0');
    step.startedAt = noonPlus(at);
    taskRun.steps = {step};
    owner.children.push_back({"TaskRun", taskRun.meta.name, name});
    tasks_.push_back(taskRun);
}

void SmallWorld::taskPod(const std::string& runName, const std::string& name, int at) {
    const tekton::TaskRun& taskRun = task(runName, name);
    kube::Pod pod;
    pod.meta = meta(kPipelineNs, taskRun.podName, noonPlus(at));
    pod.meta.labels = {{"tekton.dev/pipelineRun", runName}};
    pod.meta.owners = {{"TaskRun", taskRun.meta.name, taskRun.meta.uid, true}};
    pods_.push_back(pod);
}

void SmallWorld::finish(const std::string& runName, const std::string& name, int at, char digit) {
    tekton::TaskRun& taskRun = task(runName, name);
    taskRun.condition = tekton::ConditionStatus::True;
    taskRun.reason = "Succeeded";
    taskRun.completionTime = noonPlus(at);
    taskRun.steps[0].exitCode = 0;
    if (digit != 0) taskRun.results = {{"image-digest", digest(digit)}};
}

void SmallWorld::fail(const std::string& runName, const std::string& name, int at, int exitCode) {
    tekton::TaskRun& taskRun = task(runName, name);
    taskRun.condition = tekton::ConditionStatus::False;
    taskRun.reason = "Failed";
    taskRun.message = "\"step-run\" exited with code " + std::to_string(exitCode);
    taskRun.completionTime = noonPlus(at);
    taskRun.steps[0].exitCode = exitCode;
    taskRun.steps[0].terminationReason = "Error";
}

void SmallWorld::cancelTask(const std::string& runName, const std::string& name, int at) {
    tekton::TaskRun& taskRun = task(runName, name);
    taskRun.condition = tekton::ConditionStatus::False;
    taskRun.reason = "TaskRunCancelled";
    taskRun.completionTime = noonPlus(at);
}

void SmallWorld::end(const std::string& runName, int at, tekton::ConditionStatus status, const std::string& reason) {
    tekton::PipelineRun& ended = run(runName);
    ended.condition = status;
    ended.reason = reason;
    ended.completionTime = noonPlus(at);
}

void SmallWorld::forgetTasks(const std::string& runName, const std::string& message) {
    run(runName).message = message;
    std::erase_if(tasks_,
                  [&](const auto& task) { return task.meta.labels.get("tekton.dev/pipelineRun") == runName; });
}

void SmallWorld::annotate(const std::string& runName, std::string_view key, const std::string& value) {
    run(runName).meta.annotations.set(key, value);
}

void SmallWorld::remove(const std::string& runName) {
    goneRuns_.push_back(run(runName));
    std::erase_if(runs_, [&](const auto& candidate) { return candidate.meta.name == runName; });
}

std::string SmallWorld::deployed(const RunOptions& options, char digit) {
    const std::string name = push(options);
    begin(name, "git-clone-task", options.at + 1);
    finish(name, "git-clone-task", options.at + 5);
    begin(name, "kaniko-build-task", options.at + 5);
    finish(name, "kaniko-build-task", options.at + 65, digit);
    begin(name, "deploy-task", options.at + 65);
    setImage(options.service, digit, options.at + 68);
    pods(options.service, 2, 2, options.at + 80);
    dropOldPods(options.service);
    progress(options.service, "NewReplicaSetAvailable", options.at + 85);
    finish(name, "deploy-task", options.at + 86);
    end(name, options.at + 86, tekton::ConditionStatus::True, "Succeeded");
    return name;
}

kube::Deployment& SmallWorld::deployment(const std::string& service) {
    const bool known = std::any_of(deployments_.begin(), deployments_.end(),
                                   [&](const auto& candidate) { return candidate.meta.name == service; });
    if (!known) {
        kube::Deployment made;
        made.meta = meta(kPlatformNs, service, noonPlus(-3600));
        made.meta.generation = made.observedGeneration = 1;
        made.replicas = 2;
        made.progressDeadlineSeconds = 600;
        made.selector = {{"app", service}};
        deployments_.push_back(made);
    }
    return found(deployments_, service);
}

kube::ReplicaSet& SmallWorld::newestSet(const std::string& service) {
    kube::ReplicaSet* newest = nullptr;
    for (kube::ReplicaSet& set : sets_) {
        if (set.meta.owners[0].name != service) continue;
        if (newest == nullptr || set.revision() > newest->revision()) newest = &set;
    }
    if (newest == nullptr) std::abort();
    return *newest;
}

void SmallWorld::setImage(const std::string& service, char digit, int at) {
    kube::Deployment& target = deployment(service);
    const std::string revision = std::to_string(target.revision() + 1);
    target.images = {{service, imageOf(service, digit)}};
    target.meta.annotations.set("deployment.kubernetes.io/revision", revision);
    ++target.meta.generation;
    target.observedGeneration = target.meta.generation;
    kube::ReplicaSet set;
    set.meta = meta(kPlatformNs, service + "-rs" + revision, noonPlus(at));
    set.meta.annotations.set("deployment.kubernetes.io/revision", revision);
    set.meta.owners = {{"Deployment", service, target.meta.uid, true}};
    set.images = target.images;
    set.replicas = 2;
    sets_.push_back(set);
    progress(service, "ReplicaSetUpdated", at);
}

void SmallWorld::restart(const std::string& service, int at) {
    const auto images = deployment(service).images;
    setImage(service, 0, at);
    deployment(service).images = images;
    newestSet(service).images = images;
}

void SmallWorld::pods(const std::string& service, int count_, int ready, int at) {
    const kube::ReplicaSet& set = newestSet(service);
    std::erase_if(pods_, [&](const kube::Pod& pod) { return pod.meta.owners[0].uid == set.meta.uid; });
    for (int i = 0; i < count_; ++i) {
        kube::Pod pod;
        pod.meta = meta(kPlatformNs, set.meta.name + "-" + std::to_string(i), noonPlus(at - 10 + i));
        pod.meta.labels = {{"app", service}};
        pod.meta.owners = {{"ReplicaSet", set.meta.name, set.meta.uid, true}};
        pod.phase = "Running";
        setCondition(pod.conditions, "Ready", i < ready, "", noonPlus(at + i));
        kube::Container container;
        container.name = service;
        container.image = set.images[0].image;
        pod.containers = {container};
        pods_.push_back(pod);
    }
    count(service);
}

void SmallWorld::dropOldPods(const std::string& service) {
    const std::string uid = newestSet(service).meta.uid;
    const auto isOld = [&](const kube::Pod& pod) {
        return pod.meta.labels.get("app") == service && pod.meta.owners[0].uid != uid;
    };
    std::copy_if(pods_.begin(), pods_.end(), std::back_inserter(gonePods_), isOld);
    std::erase_if(pods_, isOld);
    count(service);
}

void SmallWorld::dropOldSets(const std::string& service) {
    const std::string uid = newestSet(service).meta.uid;
    const auto isOld = [&](const kube::ReplicaSet& set) {
        return set.meta.owners[0].name == service && set.meta.uid != uid;
    };
    std::copy_if(sets_.begin(), sets_.end(), std::back_inserter(goneSets_), isOld);
    std::erase_if(sets_, isOld);
}

void SmallWorld::breakPod(const std::string& service, int at) {
    const std::string uid = newestSet(service).meta.uid;
    for (kube::Pod& pod : pods_) {
        if (pod.meta.owners[0].uid != uid) continue;
        pod.phase = "Pending";
        setCondition(pod.conditions, "Ready", false, "ContainersNotReady", noonPlus(at));
        setCondition(pod.conditions, "ContainersReady", false, "ContainersNotReady", noonPlus(at));
        pod.containers[0].state.phase = kube::ContainerPhase::Waiting;
        pod.containers[0].state.reason = "ImagePullBackOff";
        break;
    }
    count(service);
}

void SmallWorld::progress(const std::string& service, const std::string& reason, int at) {
    setCondition(deployment(service).conditions, "Progressing", reason != "ProgressDeadlineExceeded", reason,
                 noonPlus(at));
    count(service);
}

void SmallWorld::count(const std::string& service) {
    kube::Deployment& target = deployment(service);
    target.statusReplicas = target.updatedReplicas = target.readyReplicas = target.availableReplicas = 0;
    const std::string uid = newestSet(service).meta.uid;
    for (const kube::Pod& pod : pods_) {
        if (pod.meta.labels.get("app") != service) continue;
        ++target.statusReplicas;
        if (pod.meta.owners[0].uid == uid) ++target.updatedReplicas;
        if (pod.ready()) ++target.readyReplicas, ++target.availableReplicas;
    }
}

journey::PushChanges SmallWorld::update() {
    const auto apply = [&](auto& objects, auto& gone) {
        using T = typename std::decay_t<decltype(objects)>::value_type;
        kube::Changes<T> changes;
        for (const T& object : gone) changes.removed.push_back(copy(object));
        gone.clear();
        ++version_;
        for (T& object : objects) {
            object.meta.resourceVersion = std::to_string(version_);
            changes.updated.push_back(copy(object));
        }
        book_.apply(changes);
    };
    std::vector<tekton::TaskRun> noTasks;
    std::vector<kube::Deployment> noDeployments;
    apply(runs_, goneRuns_);
    apply(tasks_, noTasks);
    apply(deployments_, noDeployments);
    apply(sets_, goneSets_);
    apply(pods_, gonePods_);
    return book_.update();
}

journey::PushPtr SmallWorld::pushOf(char digit) const {
    const auto found = book_.findCommit(commit(digit));
    if (found.size() != 1) std::abort();
    return found.front();
}

const journey::ServiceJourney& SmallWorld::only(char digit) const {
    const auto push = pushOf(digit);
    if (push->services.size() != 1) std::abort();
    return push->services.front();
}

}  // namespace cerebral::test
