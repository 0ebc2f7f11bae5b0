#pragma once
/// @file DeliveryFeed: asks the receiver now and then what it did with its deliveries.
///
/// GUI thread; asking happens elsewhere. Without the right to ask, it rests for minutes at a time and says nothing:
/// what the cluster itself shows stays complete. Destroying it cancels.

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <vector>

#include "core/journey/push_book.h"
#include "core/rebuild/delivery_reader.h"
#include "ui/bridge/background.h"

namespace cerebral::ui {

class DeliveryFeed : public QObject {
    Q_OBJECT
public:
    using Sink = std::function<void(std::vector<journey::DeliveryRecord>)>;

    /// `clock` and what `sink` uses must outlive the feed.
    DeliveryFeed(kube::ClusterAccess access, std::string ns, const Clock& clock, Sink sink,
                 QObject* parent = nullptr);
    void start() { askNow(); }
    void askNow();

private:
    void take(Result<std::vector<rebuild::Delivery>> deliveries);

    std::shared_ptr<rebuild::DeliveryReader> reader_;
    Sink sink_;
    QTimer next_;
    bool asking_ = false;
    Background background_;
};

}  // namespace cerebral::ui
