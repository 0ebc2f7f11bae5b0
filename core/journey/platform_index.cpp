#include "core/journey/platform_index.h"

#include <algorithm>

#include "core/kube/workloads/pod_square.h"

namespace cerebral::journey {
namespace {

template <class T, class Visit>
void eachUpserted(const kube::Changes<T>& changes, Visit visit) {
    for (const auto& object : changes.added) visit(object);
    for (const auto& object : changes.updated) visit(object);
}

void collectDigests(const RolloutView& view, std::set<std::string>& digests) {
    const auto add = [&](const std::vector<kube::ContainerImage>& images) {
        for (std::string& digest : kube::digestsOf(images)) digests.insert(std::move(digest));
    };
    if (view.deployment) add(view.deployment->images);
    for (const auto& set : view.replicaSets) add(set->images);
    for (const auto& pod : view.pods) {
        for (const kube::Container& container : pod->containers) {
            if (std::string digest = container.digest(); !digest.empty()) digests.insert(std::move(digest));
        }
    }
}

bool sameTemplate(const RolloutView& a, const RolloutView& b) {
    if (!a.deployment || !b.deployment) return !a.deployment && !b.deployment;
    return a.deployment->meta.uid == b.deployment->meta.uid && a.deployment->images == b.deployment->images &&
           a.deployment->replicas == b.deployment->replicas;
}

}  // namespace

void PlatformIndex::apply(const kube::Changes<kube::Deployment>& changes) {
    for (const auto& gone : changes.removed) {
        auto& held = namespaces_[gone->meta.ns].deployments;
        const auto it = held.find(gone->meta.name);
        if (it == held.end() || it->second->meta.uid != gone->meta.uid) continue;
        held.erase(it);
        dirty_.insert(gone->meta.key());
    }
    eachUpserted(changes, [&](const kube::ObjectPtr<kube::Deployment>& deployment) {
        namespaces_[deployment->meta.ns].deployments[deployment->meta.name] = deployment;
        dirty_.insert(deployment->meta.key());
    });
}

void PlatformIndex::apply(const kube::Changes<kube::ReplicaSet>& changes) {
    for (const auto& gone : changes.removed) {
        touch(*gone);
        namespaces_[gone->meta.ns].replicaSets.erase(gone->meta.uid);
    }
    eachUpserted(changes, [&](const kube::ObjectPtr<kube::ReplicaSet>& set) {
        namespaces_[set->meta.ns].replicaSets[set->meta.uid] = set;
        touch(*set);
    });
}

void PlatformIndex::apply(const kube::Changes<kube::Pod>& changes) {
    for (const auto& gone : changes.removed) {
        if (namespaces_[gone->meta.ns].pods.erase(gone->meta.uid) > 0) touch(*gone);
    }
    eachUpserted(changes, [&](const kube::ObjectPtr<kube::Pod>& pod) {
        const kube::OwnerReference* owner = pod->meta.controller();
        if (owner == nullptr || owner->kind != "ReplicaSet") return;
        namespaces_[pod->meta.ns].pods[pod->meta.uid] = pod;
        touch(*pod);
    });
}

void PlatformIndex::touch(const kube::ReplicaSet& set) {
    const kube::OwnerReference* owner = set.meta.controller();
    if (owner != nullptr && owner->kind == "Deployment") dirty_.insert(set.meta.ns + "/" + owner->name);
}

void PlatformIndex::touch(const kube::Pod& pod) {
    const Namespace& ns = namespaces_[pod.meta.ns];
    const kube::OwnerReference* owner = pod.meta.controller();
    if (owner == nullptr) return;
    if (const auto set = ns.replicaSets.find(owner->uid); set != ns.replicaSets.end()) {
        touch(*set->second);
        return;
    }
    for (const auto& [name, deployment] : ns.deployments) {
        if (deployment->selects(pod.meta.labels)) dirty_.insert(deployment->meta.key());
    }
}

RolloutView PlatformIndex::build(const std::string& key) const {
    const std::size_t slash = key.find('/');
    const auto ns = namespaces_.find(key.substr(0, slash));
    if (ns == namespaces_.end()) return {};
    const auto deployment = ns->second.deployments.find(key.substr(slash + 1));
    if (deployment == ns->second.deployments.end()) return {};
    RolloutView view;
    view.deployment = deployment->second;
    std::vector<kube::ObjectPtr<kube::ReplicaSet>> sets;
    for (const auto& [uid, set] : ns->second.replicaSets) {
        sets.push_back(set);
        const kube::OwnerReference* owner = set->meta.controller();
        if (owner != nullptr && owner->uid == view.deployment->meta.uid) view.replicaSets.push_back(set);
    }
    std::sort(view.replicaSets.begin(), view.replicaSets.end(),
              [](const auto& a, const auto& b) { return a->revision() < b->revision(); });
    std::vector<kube::ObjectPtr<kube::Pod>> pods;
    for (const auto& [uid, pod] : ns->second.pods) pods.push_back(pod);
    view.pods = kube::podsOf(*view.deployment, sets, pods);
    return view;
}

std::vector<PlatformIndex::Touched> PlatformIndex::takeTouched() {
    std::vector<Touched> all;
    for (const std::string& key : dirty_) {
        RolloutView before = std::move(views_[key]);
        RolloutView now = build(key);
        Touched touched;
        touched.deployment = key;
        touched.everything = !sameTemplate(before, now);
        collectDigests(before, touched.digests);
        collectDigests(now, touched.digests);
        if (now.deployment) {
            views_[key] = std::move(now);
        } else {
            views_.erase(key);
        }
        all.push_back(std::move(touched));
    }
    dirty_.clear();
    return all;
}

const RolloutView* PlatformIndex::find(const std::string& key) const {
    const auto it = views_.find(key);
    return it == views_.end() ? nullptr : &it->second;
}

}  // namespace cerebral::journey
