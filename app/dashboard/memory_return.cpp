#include "app/dashboard/memory_return.h"

#include <malloc.h>

#include <QThreadPool>

namespace cerebral::dashboard {
namespace {

constexpr std::size_t kManyChanges = 500;
constexpr int kAfterMs = 800;
constexpr int kRounds = 8;

}  // namespace

MemoryReturn::MemoryReturn(ui::ClusterBridge& bridge) {
    later_.setInterval(kAfterMs);
    connect(&later_, &QTimer::timeout, this, &MemoryReturn::giveBack);
    connect(&bridge, &ui::ClusterBridge::runsChanged, this, [this](const ui::RunChanges& changes) {
        note(changes.added.size() + changes.updated.size() + changes.removed.size());
    });
    connect(&bridge, &ui::ClusterBridge::pushesChanged, this,
            [this](const journey::PushChanges& changes) { note(changes.changed.size() + changes.removed.size()); });
}

void MemoryReturn::note(std::size_t changes) {
    if (changes < kManyChanges) return;
    rounds_ = kRounds;
    later_.start();
}

void MemoryReturn::giveBack() {
    if (--rounds_ <= 0) later_.stop();
    QThreadPool::globalInstance()->start([] { malloc_trim(0); });
}

}  // namespace cerebral::dashboard
