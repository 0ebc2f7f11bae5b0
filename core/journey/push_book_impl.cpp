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

void put(std::unordered_map<std::string, std::set<Uid>>& of, const std::string& key, const Uid& uid, bool present) {
    if (present) {
        of[key].insert(uid);
        return;
    }
    const auto it = of.find(key);
    if (it == of.end()) return;
    it->second.erase(uid);
    if (it->second.empty()) of.erase(it);
}

}  // namespace

void PushBook::Impl::index(const Uid& uid, const Run& run, bool present) {
    const ServiceJourney& journey = *run.journey;
    if (!journey.digest.empty()) put(byImage_, imageKey(journey, journey.digest), uid, present);
    if (journey.replacedBy) put(awaitImage_, imageKey(journey, journey.replacedBy->digest), uid, present);
    if (!run.awaitedRun.empty()) put(awaitRun_, run.awaitedRun, uid, present);
}

void PushBook::Impl::touchAll(const std::unordered_map<std::string, Uids>& of, const std::string& key) {
    const auto it = of.find(key);
    if (it != of.end()) dirtyRuns_.insert(it->second.begin(), it->second.end());
}

void PushBook::Impl::upsert(const kube::ObjectPtr<tekton::PipelineRun>& object) {
    const Uid& uid = object->meta.uid;
    if (serviceOf(*object).empty()) {
        remove(*object);
        return;
    }
    auto [it, isNew] = runs_.try_emplace(uid);
    Run& run = it->second;
    run.object = object;
    if (isNew) run.journey = unknown_;
    if (std::string key = pushKeyOf(*object); key != run.pushKey) {
        if (!isNew) {
            put(byPush_, run.pushKey, uid, false);
            dirtyPushes_.insert(run.pushKey);
        }
        run.pushKey = std::move(key);
        put(byPush_, run.pushKey, uid, true);
    }
    if (isNew) {
        touchAll(awaitRun_, object->meta.key());
        put(byName_, object->meta.key(), uid, true);
        put(byDeployment_, keyOf(deploymentOf(*object, rules_)), uid, true);
    }
    dirtyRuns_.insert(uid);
}

void PushBook::Impl::remove(const tekton::PipelineRun& object) {
    const auto it = runs_.find(object.meta.uid);
    if (it == runs_.end()) return;
    const Run& run = it->second;
    index(it->first, run, false);
    touchAll(awaitImage_, imageKey(*run.journey, run.journey->digest));
    put(byPush_, run.pushKey, it->first, false);
    put(byName_, run.object->meta.key(), it->first, false);
    put(byDeployment_, keyOf(deploymentOf(*run.object, rules_)), it->first, false);
    dirtyPushes_.insert(run.pushKey);
    dirtyRuns_.erase(it->first);
    runs_.erase(it);
}

std::optional<KnownRun> PushBook::Impl::knownRun(const std::unordered_map<std::string, Uids>& of,
                                                 const std::string& key) const {
    const auto it = of.find(key);
    if (it == of.end()) return std::nullopt;
    const Run* newest = nullptr;
    for (const Uid& uid : it->second) {
        const Run& run = runs_.at(uid);
        if (newest == nullptr || run.object->meta.creationTimestamp > newest->object->meta.creationTimestamp) {
            newest = &run;
        }
    }
    return KnownRun{commitOf(*newest->object), newest->pushKey};
}

void PushBook::Impl::compute(const Uid& uid) {
    const auto it = runs_.find(uid);
    if (it == runs_.end()) return;
    Run& run = it->second;
    const std::string name = run.object->meta.key();
    const std::string deployment = keyOf(deploymentOf(*run.object, rules_));
    RunContext context{
        *run.object, refTo(*run.object), rules_, membersOf(taskRuns, name), membersOf(taskPods, name), {}, {}, {}};
    context.rollout = platform.find(deployment);
    context.madeImage = [&](std::string_view digest) {
        return digest.empty() ? std::nullopt : knownRun(byImage_, deployment + "@" + std::string(digest));
    };
    context.named = [&](std::string_view other) {
        return knownRun(byName_, run.object->meta.ns + "/" + std::string(other));
    };
    ServiceJourney journey = describeJourney(context);
    dirtyPushes_.insert(run.pushKey);
    if (journey == *run.journey) return;
    const bool newImage = journey.digest != run.journey->digest;
    index(uid, run, false);
    run.journey = std::make_shared<const ServiceJourney>(std::move(journey));
    const std::string by = run.object->meta.annotation(tekton::labels::kSupersededBy);
    run.awaitedRun = by.empty() ? std::string() : run.object->meta.ns + "/" + by;
    index(uid, run, true);
    // Those whose place this image took can now say whose it is.
    if (newImage) touchAll(awaitImage_, imageKey(*run.journey, run.journey->digest));
}

void PushBook::Impl::touchPlatform() {
    for (const PlatformIndex::Touched& touched : platform.takeTouched()) {
        const auto concerned = byDeployment_.find(touched.deployment);
        if (concerned == byDeployment_.end()) continue;
        for (const Uid& uid : concerned->second) {
            const ServiceJourney& journey = *runs_.at(uid).journey;
            if (touched.everything || !journey.isOver() || touched.digests.contains(journey.digest)) {
                dirtyRuns_.insert(uid);
            }
        }
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
    const auto held = pushes.find(key);
    if (!now) {
        if (held == pushes.end()) return;
        commits.erase(held->second);
        pushes.erase(held);
        changes.removed.push_back(key);
    } else if (held == pushes.end() || !(*held->second == *now)) {
        if (held != pushes.end()) commits.erase(held->second);
        commits.insert(now);
        pushes[key] = now;
        shareJourneys(now);
        changes.changed.push_back(std::move(now));
    } else {
        shareJourneys(held->second);
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
        const Uids round = std::exchange(dirtyRuns_, {});
        for (const Uid& uid : round) compute(uid);
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
    const auto uids = byName_.find(nsAndName);
    if (uids == byName_.end()) return nullptr;
    const auto push = pushes.find(runs_.at(*uids->second.begin()).pushKey);
    return push == pushes.end() ? nullptr : push->second;
}

}  // namespace cerebral::journey
