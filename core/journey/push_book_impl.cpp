#include "core/journey/push_book_impl.h"

#include <utility>

#include "core/journey/push_identity.h"
#include "core/tekton/run_labels.h"

namespace cerebral::journey {
namespace {

std::string keyOf(const ObjectRef& object) {
    return object.ns() + "/" + object.name();
}

std::string imageKey(const ServiceJourney& journey, const std::string& digest) {
    return keyOf(journey.deployment) + "@" + digest;
}

}  // namespace

void PushBook::Impl::index(Run& run, bool present) {
    const ServiceJourney& journey = *run.journey;
    if (!journey.digest.empty()) byImage_.put(imageKey(journey, journey.digest), &run, present);
    if (journey.replacedBy) awaitImage_.put(imageKey(journey, journey.replacedBy->digest), &run, present);
    if (!run.awaitedRun.empty()) awaitRun_.put(run.awaitedRun, &run, present);
}

void PushBook::Impl::touchAll(const Runs& of, std::string_view key) {
    of.visit(key, [this](Run& run) { dirtyRuns_.insert(&run); });
}

void PushBook::Impl::upsert(const kube::ObjectPtr<tekton::PipelineRun>& object) {
    const Uid& uid = object->meta.uid;
    if (serviceOf(*object).empty()) {
        remove(*object);
        return;
    }
    auto [it, isNew] = runs_.try_emplace(uid);
    Run& run = it->second;
    const auto former = std::exchange(run.object, object);
    const std::string key = pushKeyOf(*object);
    if (isNew) {
        run.journey = unknown_;
        touchAll(awaitRun_, object->meta.key());
        byName_.put(object->meta.key(), &run, true);
        byDeployment_.put(keyOf(deploymentOf(*object, rules_)), &run, true);
        byPush_.put(key, &run, true);
    } else if (std::string before = pushKeyOf(*former); before != key) {
        byPush_.put(before, &run, false);
        byPush_.put(key, &run, true);
        dirtyPushes_.insert(std::move(before));
    }
    dirtyRuns_.insert(&run);
}

void PushBook::Impl::remove(const tekton::PipelineRun& object) {
    const auto it = runs_.find(object.meta.uid);
    if (it == runs_.end()) return;
    Run& run = it->second;
    std::string push = pushKeyOf(*run.object);
    index(run, false);
    touchAll(awaitImage_, imageKey(*run.journey, run.journey->digest));
    byPush_.put(push, &run, false);
    byName_.put(run.object->meta.key(), &run, false);
    byDeployment_.put(keyOf(deploymentOf(*run.object, rules_)), &run, false);
    dirtyPushes_.insert(std::move(push));
    dirtyRuns_.erase(&run);
    runs_.erase(it);
}

template <class Is>
std::optional<KnownRun> PushBook::Impl::knownRun(const Runs& of, std::string_view key, Is is) {
    const Run* newest = nullptr;
    of.visit(key, [&](const Run& run) {
        if (!is(run)) return;
        if (newest == nullptr || newest->begunBefore(run)) newest = &run;
    });
    if (newest == nullptr) return std::nullopt;
    return KnownRun{commitOf(*newest->object), pushKeyOf(*newest->object)};
}

void PushBook::Impl::compute(Run& run) {
    const std::string name = run.object->meta.key();
    const std::string deployment = keyOf(deploymentOf(*run.object, rules_));
    RunContext context{
        *run.object, refTo(*run.object), rules_, membersOf(taskRuns, name), membersOf(taskPods, name), {}, {}, {}};
    context.rollout = platform.find(deployment);
    context.madeImage = [&](std::string_view digest) {
        if (digest.empty()) return std::optional<KnownRun>();
        return knownRun(byImage_, deployment + "@" + std::string(digest), [&](const Run& other) {
            return other.journey->digest == digest && keyOf(other.journey->deployment) == deployment;
        });
    };
    context.named = [&](std::string_view other) {
        const std::string key = run.object->meta.ns + "/" + std::string(other);
        return knownRun(byName_, key, [&](const Run& known) { return known.object->meta.key() == key; });
    };
    ServiceJourney journey = describeJourney(context);
    dirtyPushes_.insert(pushKeyOf(*run.object));
    if (journey == *run.journey) return;
    const bool newImage = journey.digest != run.journey->digest;
    index(run, false);
    run.journey = std::make_shared<const ServiceJourney>(std::move(journey));
    const std::string by = run.object->meta.annotation(tekton::labels::kSupersededBy);
    run.awaitedRun = by.empty() ? std::string() : run.object->meta.ns + "/" + by;
    index(run, true);
    // Those whose place this image took can now say whose it is.
    if (newImage) touchAll(awaitImage_, imageKey(*run.journey, run.journey->digest));
}

void PushBook::Impl::touchPlatform() {
    for (const PlatformIndex::Touched& touched : platform.takeTouched()) {
        byDeployment_.visit(touched.deployment, [&](Run& run) {
            const ServiceJourney& journey = *run.journey;
            if (touched.everything || !journey.isOver() || touched.digests.contains(journey.digest))
                dirtyRuns_.insert(&run);
        });
    }
}

void PushBook::Impl::setDeliveries(std::vector<DeliveryRecord> deliveries) {
    std::map<std::string, DeliveryRecord> next;
    for (DeliveryRecord& record : deliveries) {
        std::string id = record.delivery;
        next.insert_or_assign(std::move(id), std::move(record));
    }
    const auto touch = [this](const std::string& id) {
        dirtyDeliveries_.insert(id);
        for (const PushPtr& push : commits.ofDelivery(id)) dirtyPushes_.insert(push->key);
    };
    for (const auto& [id, record] : deliveries_) {
        if (!next.contains(id)) touch(id);
    }
    for (const auto& [id, record] : next) {
        const auto held = deliveries_.find(id);
        if (held == deliveries_.end() || !(held->second == record)) touch(id);
    }
    deliveries_ = std::move(next);
}

void PushBook::Impl::announce(const std::string& key, PushPtr now, PushChanges& changes) {
    const auto held = pushes.find(std::string_view(key));
    if (!now) {
        if (held == pushes.end()) return;
        commits.erase(*held);
        pushes.erase(held);
        changes.removed.push_back(key);
    } else if (held == pushes.end() || !(**held == *now)) {
        if (held != pushes.end()) {
            commits.erase(*held);
            pushes.erase(held);
        }
        commits.insert(now);
        pushes.insert(now);
        shareJourneys(now);
        changes.changed.push_back(std::move(now));
    } else {
        shareJourneys(*held);
    }
}

void PushBook::Impl::shareJourneys(const PushPtr& push) {
    for (const ServiceJourney& service : push->services) {
        const auto run = runs_.find(service.runUid);
        if (run == runs_.end()) continue;
        // A delivery may have added to the push what the run itself does not say.
        if (*run->second.journey == service)
            run->second.journey = std::shared_ptr<const ServiceJourney>(push, &service);
    }
}

PushChanges PushBook::Impl::update() {
    touchPlatform();
    // Each round can only touch runs that wait for an image first seen in it.
    while (!dirtyRuns_.empty()) {
        for (Run* run : std::exchange(dirtyRuns_, {})) compute(*run);
    }
    PushChanges changes;
    for (const std::string& key : std::exchange(dirtyPushes_, {})) {
        PushPtr now = assemble(key);
        if (now && deliveries_.contains(now->delivery)) dirtyDeliveries_.insert(now->delivery);
        announce(key, std::move(now), changes);
    }
    for (const std::string& id : std::exchange(dirtyDeliveries_, {})) {
        const auto record = deliveries_.find(id);
        PushPtr now = record == deliveries_.end() ? nullptr : assemble(record->second);
        if (const auto old = deliveryPushes_.find(id); old != deliveryPushes_.end()) {
            if (!now || now->key != old->second) {
                announce(old->second, nullptr, changes);
                deliveryPushes_.erase(old);
            }
        }
        if (!now) continue;
        deliveryPushes_[id] = now->key;
        announce(std::string(now->key), now, changes);
    }
    std::sort(changes.changed.begin(), changes.changed.end(), newerFirst);
    return changes;
}

PushPtr PushBook::Impl::pushOfRun(const std::string& nsAndName) const {
    const auto run =
        knownRun(byName_, nsAndName, [&](const Run& known) { return known.object->meta.key() == nsAndName; });
    if (!run) return nullptr;
    const auto push = pushes.find(std::string_view(run->pushKey));
    return push == pushes.end() ? nullptr : *push;
}

PushPtr PushBook::Impl::nextInPlace(const ServiceJourney& journey) const {
    const auto rolledOut = [](const ServiceJourney& one) {
        const StageStatus& rollout = one.stage(Stage::Rollout);
        return rollout.state == StageState::Done && rollout.end ? std::optional(rollout.end->at) : std::nullopt;
    };
    const auto after = rolledOut(journey);
    if (!after) return nullptr;
    const Run* first = nullptr;
    byDeployment_.visit(keyOf(journey.deployment), [&](const Run& run) {
        const ServiceJourney& other = *run.journey;
        if (other.digest.empty() || other.digest == journey.digest || !(other.deployment == journey.deployment))
            return;
        const auto at = rolledOut(other);
        if (!at || *at <= *after || (first != nullptr && *at >= *rolledOut(*first->journey))) return;
        first = &run;
    });
    if (first == nullptr) return nullptr;
    const auto push = pushes.find(std::string_view(pushKeyOf(*first->object)));
    return push == pushes.end() ? nullptr : *push;
}

}  // namespace cerebral::journey
