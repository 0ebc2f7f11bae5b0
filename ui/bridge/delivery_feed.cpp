#include "ui/bridge/delivery_feed.h"

namespace cerebral::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto kEvery = 10s;
constexpr auto kAfterProblem = 60s;
constexpr auto kAfterRefusal = 5min;

}  // namespace

DeliveryFeed::DeliveryFeed(kube::ClusterAccess access, std::string ns, const Clock& clock, Sink sink, QObject* parent)
    : QObject(parent),
      reader_(std::make_shared<rebuild::DeliveryReader>(std::move(access), std::move(ns), clock)),
      sink_(std::move(sink)) {
    next_.setSingleShot(true);
    next_.setTimerType(Qt::VeryCoarseTimer);
    connect(&next_, &QTimer::timeout, this, &DeliveryFeed::askNow);
}

void DeliveryFeed::askNow() {
    if (asking_) return;
    asking_ = true;
    next_.stop();
    background_.run([reader = reader_](const std::stop_token& stop) { return reader->read(stop); },
                    [this](Result<std::vector<rebuild::Delivery>> deliveries) { take(std::move(deliveries)); });
}

void DeliveryFeed::take(Result<std::vector<rebuild::Delivery>> deliveries) {
    asking_ = false;
    if (!deliveries) {
        const ErrorKind kind = deliveries.error().kind;
        const bool refused = kind == ErrorKind::Forbidden || kind == ErrorKind::Unauthorized;
        return next_.start(refused ? kAfterRefusal : kAfterProblem);
    }
    next_.start(kEvery);
    std::vector<journey::DeliveryRecord> records;
    for (rebuild::Delivery& delivery : *deliveries) {
        if (delivery.event != "push") continue;
        journey::DeliveryRecord record;
        record.delivery = std::move(delivery.id);
        record.repository = std::move(delivery.repository);
        record.ref = std::move(delivery.ref);
        record.after = std::move(delivery.after);
        record.receivedAt = delivery.receivedAt;
        record.answeredAt = delivery.answeredAt;
        record.status = std::move(delivery.status);
        record.reason = std::move(delivery.reason);
        records.push_back(std::move(record));
    }
    sink_(std::move(records));
}

}  // namespace cerebral::ui
