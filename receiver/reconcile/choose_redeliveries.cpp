#include "receiver/reconcile/choose_redeliveries.h"

#include <algorithm>
#include <unordered_map>

namespace cerebral::receiver {
namespace {

/// All attempts at one push.
struct Attempts {
    const HookDelivery* newest = nullptr;
    WallTime first = WallTime::max();
    int redeliveries = 0;
    bool succeeded = false;
};

bool isSuccess(int statusCode) {
    return statusCode >= 200 && statusCode < 300;
}

}  // namespace

std::vector<HookDelivery> chooseRedeliveries(const std::vector<HookDelivery>& deliveries, WallTime now) {
    std::unordered_map<std::string, Attempts> pushes;
    for (const HookDelivery& delivery : deliveries) {
        if (delivery.event != "push") continue;
        Attempts& push = pushes[delivery.guid];
        if (push.newest == nullptr || delivery.deliveredAt > push.newest->deliveredAt) push.newest = &delivery;
        push.first = std::min(push.first, delivery.deliveredAt);
        push.redeliveries += delivery.redelivery ? 1 : 0;
        push.succeeded = push.succeeded || isSuccess(delivery.statusCode);
    }
    std::vector<const Attempts*> failed;
    for (const auto& [guid, push] : pushes) {
        const bool recent = now - push.first < kRedeliveryWindow;
        if (recent && !push.succeeded && push.redeliveries < kMostRedeliveries) failed.push_back(&push);
    }
    std::sort(failed.begin(), failed.end(), [](const Attempts* left, const Attempts* right) {
        return std::tie(left->first, left->newest->id) < std::tie(right->first, right->newest->id);
    });
    std::vector<HookDelivery> chosen;
    chosen.reserve(failed.size());
    for (const Attempts* push : failed) chosen.push_back(*push->newest);
    return chosen;
}

}  // namespace cerebral::receiver
