#include "ui/models/cluster_objects.h"

#include "core/tekton/run_tasks.h"

namespace cerebral::ui {

ClusterObjects::ClusterObjects(ClusterBridge& bridge, QObject* parent) : QObject(parent) {
    connect(&bridge, &ClusterBridge::taskRunsChanged, this, [this](const TaskRunChanges& changes) {
        taskRuns_.apply(changes);
        emit changed();
    });
    connect(&bridge, &ClusterBridge::podsChanged, this, [this](const PodChanges& changes) {
        pods_.apply(changes);
        emit changed();
    });
    connect(&bridge, &ClusterBridge::eventsChanged, this, [this](const EventChanges& changes) {
        events_.apply(changes);
        emit changed();
    });
    connect(&bridge, &ClusterBridge::deploymentsChanged, this, [this](const DeploymentChanges& changes) {
        deployments_.apply(changes);
        emit changed();
    });
    connect(&bridge, &ClusterBridge::replicaSetsChanged, this, [this](const ReplicaSetChanges& changes) {
        replicaSets_.apply(changes);
        emit changed();
    });
}

void ClusterObjects::clear() {
    taskRuns_.clear();
    pods_.clear();
    events_.clear();
    deployments_.clear();
    replicaSets_.clear();
    emit changed();
}

std::vector<kube::ObjectPtr<tekton::TaskRun>> ClusterObjects::taskRunsOf(const tekton::PipelineRun& run) const {
    return taskRuns_.where(
        [&](const tekton::TaskRun& task) { return task.meta.ns == run.meta.ns && tekton::belongsTo(task, run); });
}

std::vector<kube::ObjectPtr<kube::Pod>> ClusterObjects::podsOf(const tekton::PipelineRun& run) const {
    return pods_.where([&](const kube::Pod& pod) {
        return pod.meta.ns == run.meta.ns && pod.meta.label(tekton::kPipelineRunLabel) == run.meta.name;
    });
}

std::vector<kube::ObjectPtr<kube::Event>> ClusterObjects::eventsOf(const tekton::PipelineRun& run) const {
    std::vector<std::string> names{run.meta.name};
    for (const auto& task : taskRunsOf(run)) {
        names.push_back(task->meta.name);
        for (const std::string& pod : task->podNames()) names.push_back(pod);
    }
    auto found = events_.where([&](const kube::Event& event) {
        return event.ns == run.meta.ns && std::find(names.begin(), names.end(), event.name) != names.end();
    });
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a->when() < b->when(); });
    return found;
}

}  // namespace cerebral::ui
