#pragma once
/// @file MemoryReturn: after a first list, gives the system back the memory that only reading it needed.
///
/// The allocator keeps what was freed, on every thread that decoded or wrote a part of ten thousand runs.

#include <QObject>
#include <QTimer>
#include <cstddef>

#include "ui/bridge/cluster_bridge.h"

namespace cerebral::dashboard {

class MemoryReturn : public QObject {
public:
    explicit MemoryReturn(ui::ClusterBridge& bridge);

private:
    void note(std::size_t changes);
    void giveBack();

    QTimer later_;
    int rounds_ = 0;  ///< that are still to come: history is written for a while afterwards
};

}  // namespace cerebral::dashboard
