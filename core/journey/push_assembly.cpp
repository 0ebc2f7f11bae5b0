#include "core/journey/push_book_impl.h"
#include "core/journey/push_identity.h"

namespace cerebral::journey {

PushPtr PushBook::Impl::assemble(const std::string& key) const {
    auto push = std::make_shared<Push>();
    push->key = key;
    const Run* oldest = nullptr;
    std::map<std::string, const Run*> newest;  // a run repeated by hand takes the place of the first
    byPush_.visit(key, [&](const Run& run) {
        if (pushKeyOf(*run.object) != key) return;
        if (oldest == nullptr || run.begunBefore(*oldest)) oldest = &run;
        const Run*& held = newest[run.journey->service];
        if (held == nullptr || held->begunBefore(run)) held = &run;
        const auto received = receivedAtOf(*run.object);
        if (received && (!push->receivedAt || *received < *push->receivedAt)) push->receivedAt = received;
    });
    if (oldest == nullptr) return nullptr;
    describePush(*oldest->object, *push);
    push->begunAt =
        push->receivedAt ? *push->receivedAt : oldest->object->meta.creationTimestamp.value_or(WallTime{});
    push->services.reserve(newest.size());
    for (const auto& [service, run] : newest) {
        push->services.push_back(*run->journey);
        // The clone knows what a run made by hand only calls a branch.
        if (push->commit.empty()) {
            for (const auto& taskRun : membersOf(taskRuns, run->object->meta.key())) {
                if (tekton::belongsTo(*taskRun, *run->object) && push->commit.empty()) {
                    push->commit = taskRun->result("commit");
                }
            }
        }
    }
    const auto delivery = deliveries_.find(push->delivery);
    if (delivery == deliveries_.end() || !delivery->second.answeredAt) return push;
    for (ServiceJourney& service : push->services) {
        StageStatus& received = service.stages[indexOf(Stage::Received)];
        if (received.state == StageState::Done) received.end = Moment{*delivery->second.answeredAt, {}, "answeredAt"};
    }
    return push;
}

PushPtr PushBook::Impl::assemble(const DeliveryRecord& delivery) const {
    const bool startedNothing = delivery.status == "ignored" || delivery.status == "refused";
    if (!startedNothing && delivery.status != "queued") return nullptr;
    if (!commits.ofDelivery(delivery.delivery).empty()) return nullptr;
    auto push = std::make_shared<Push>();
    push->key = pushKeyOf(delivery);
    describePush(delivery, *push);
    if (startedNothing) push->ignoredReason = delivery.reason.empty() ? delivery.status : delivery.reason;
    return push;
}

}  // namespace cerebral::journey
