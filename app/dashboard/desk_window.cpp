#include "app/dashboard/desk_window.h"

#include "ui/pages/run_page.h"

namespace cerebral::dashboard {
namespace {

constexpr int kStep = 32;  ///< from one window to the next

}  // namespace

DeskWindow::DeskWindow(const Shared& shared, int slot, const DeskWindow* known, ui::MainWindow::Begin begin)
    : slot_(slot), pushes_(shared.clock) {
    if (known != nullptr) {
        journey::PushChanges all;
        known->pushes_.forEach(
            [&](const journey::Push& push) { all.changed.push_back(known->pushes_.pushFor(push.key)); });
        pushes_.apply(all);
    }
    connect(&shared.bridge, &ui::ClusterBridge::pushesChanged, &pushes_, &ui::PushModel::apply);
    window_ = std::make_unique<ui::MainWindow>(
        ui::WindowParts{shared.theme, shared.clock, shared.runs, shared.objects, pushes_, shared.bridge,
                        shared.cluster, shared.settings, shared.actions, shared.configured, &shared.services},
        begin);
    window_->setSlot(slot);
    window_->setRunPageMaker([window = window_.get(), shared] {
        auto* page = new ui::RunPage(shared.theme, shared.runs, shared.objects, shared.services, window);
        window->setRunPage(page);
    });
    connect(&shared.keeper, &ui::HistoryKeeper::failureKept, window_.get(), &ui::MainWindow::refreshFailure);
    firstFrame_ = std::make_unique<FirstFrame>(*window_);
    connect(&shared.bridge, &ui::ClusterBridge::syncChanged, window_.get(), &ui::MainWindow::refreshConnection);
}

DeskWindow::~DeskWindow() = default;

void DeskWindow::show() {
    window_->resize(1440, 900);
    if (!window_->restoreShape() && slot_ > 0) window_->move(window_->pos() + QPoint(kStep, kStep) * slot_);
    firstFrame_->then([this] { return window_->buildNext(); });
    window_->show();
}

}  // namespace cerebral::dashboard
