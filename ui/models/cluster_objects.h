#pragma once
/// @file ClusterObjects: what the window knows of TaskRuns, pods, events and workloads, by run and by uid.
/// GUI thread only. One signal after each batch.

#include <QObject>
#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "ui/bridge/cluster_bridge.h"

namespace cerebral::ui {

template <class T>
class ObjectIndex {
public:
    void apply(const kube::Changes<T>& changes) {
        for (const auto& object : changes.removed) objects_.erase(object->meta.uid);
        for (const auto& object : changes.added) objects_[object->meta.uid] = object;
        for (const auto& object : changes.updated) objects_[object->meta.uid] = object;
    }
    void clear() { objects_.clear(); }
    [[nodiscard]] std::size_t size() const { return objects_.size(); }
    template <class Predicate>
    [[nodiscard]] std::vector<kube::ObjectPtr<T>> where(Predicate accept) const {
        std::vector<kube::ObjectPtr<T>> found;
        for (const auto& [uid, object] : objects_) {
            if (accept(*object)) found.push_back(object);
        }
        std::sort(found.begin(), found.end(),
                  [](const auto& a, const auto& b) { return a->meta.name < b->meta.name; });
        return found;
    }

private:
    std::unordered_map<std::string, kube::ObjectPtr<T>> objects_;
};

class ClusterObjects : public QObject {
    Q_OBJECT
public:
    explicit ClusterObjects(ClusterBridge& bridge, QObject* parent = nullptr);
    void clear();

    /// Of this very run, not of an earlier one of its name.
    [[nodiscard]] std::vector<kube::ObjectPtr<tekton::TaskRun>> taskRunsOf(const tekton::PipelineRun& run) const;
    [[nodiscard]] std::vector<kube::ObjectPtr<kube::Pod>> podsOf(const tekton::PipelineRun& run) const;
    /// Of the run, its TaskRuns and its pods, oldest first.
    [[nodiscard]] std::vector<kube::ObjectPtr<kube::Event>> eventsOf(const tekton::PipelineRun& run) const;

    [[nodiscard]] const ObjectIndex<kube::Deployment>& deployments() const noexcept { return deployments_; }
    [[nodiscard]] const ObjectIndex<kube::ReplicaSet>& replicaSets() const noexcept { return replicaSets_; }
    [[nodiscard]] const ObjectIndex<kube::Pod>& pods() const noexcept { return pods_; }

signals:
    void changed();

private:
    ObjectIndex<tekton::TaskRun> taskRuns_;
    ObjectIndex<kube::Pod> pods_;
    ObjectIndex<kube::Event> events_;
    ObjectIndex<kube::Deployment> deployments_;
    ObjectIndex<kube::ReplicaSet> replicaSets_;
};

}  // namespace cerebral::ui
