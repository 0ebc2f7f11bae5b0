#include "core/journey/push_book.h"

#include <algorithm>

#include "core/journey/push_book_impl.h"

namespace cerebral::journey {

PushBook::PushBook(JourneyRules rules) : impl_(std::make_unique<Impl>(std::move(rules))) {}
PushBook::~PushBook() = default;
PushBook::PushBook(PushBook&&) noexcept = default;
PushBook& PushBook::operator=(PushBook&&) noexcept = default;

void PushBook::apply(const kube::Changes<tekton::PipelineRun>& changes) {
    for (const auto& run : changes.removed) impl_->remove(*run);
    for (const auto& run : changes.added) impl_->upsert(run);
    for (const auto& run : changes.updated) impl_->upsert(run);
}

void PushBook::apply(const kube::Changes<tekton::TaskRun>& changes) {
    for (const auto& taskRun : changes.removed) impl_->keep(impl_->taskRuns, taskRun, false);
    for (const auto& taskRun : changes.added) impl_->keep(impl_->taskRuns, taskRun, true);
    for (const auto& taskRun : changes.updated) impl_->keep(impl_->taskRuns, taskRun, true);
}

void PushBook::apply(const kube::Changes<kube::Pod>& changes) {
    const auto isTaskPod = [](const kube::Pod& pod) { return !pod.meta.label(tekton::kPipelineRunLabel).empty(); };
    for (const auto& pod : changes.removed) {
        if (isTaskPod(*pod)) impl_->keep(impl_->taskPods, pod, false);
    }
    for (const auto* list : {&changes.added, &changes.updated}) {
        for (const auto& pod : *list) {
            if (isTaskPod(*pod)) impl_->keep(impl_->taskPods, pod, true);
        }
    }
    impl_->platform.apply(changes);
}

void PushBook::apply(const kube::Changes<kube::Deployment>& changes) {
    impl_->platform.apply(changes);
}

void PushBook::apply(const kube::Changes<kube::ReplicaSet>& changes) {
    impl_->platform.apply(changes);
}

void PushBook::setDeliveries(std::vector<DeliveryRecord> deliveries) {
    impl_->setDeliveries(std::move(deliveries));
}

PushChanges PushBook::update() {
    return impl_->update();
}

std::vector<PushPtr> PushBook::pushes() const {
    std::vector<PushPtr> all(impl_->pushes.begin(), impl_->pushes.end());
    std::sort(all.begin(), all.end(), newerFirst);
    return all;
}

PushPtr PushBook::find(std::string_view key) const {
    const auto it = impl_->pushes.find(key);
    return it == impl_->pushes.end() ? nullptr : *it;
}

std::vector<PushPtr> PushBook::findCommit(std::string_view commit) const {
    return impl_->commits.beginningWith(commit);
}

std::size_t PushBook::countCommits(std::string_view commit, std::size_t most) const {
    return impl_->commits.countBeginningWith(commit, most);
}

std::vector<PushPtr> PushBook::sameCommit(const Push& push) const {
    return impl_->commits.sameCommit(push);
}

std::vector<PushPtr> PushBook::successors(const Push& push) const {
    return impl_->commits.successors(push);
}

PushPtr PushBook::nextInPlace(const ServiceJourney& journey) const {
    return impl_->nextInPlace(journey);
}

PushPtr PushBook::findRun(std::string_view ns, std::string_view name) const {
    return impl_->pushOfRun(std::string(ns) + "/" + std::string(name));
}

std::size_t PushBook::size() const {
    return impl_->pushes.size();
}

}  // namespace cerebral::journey
