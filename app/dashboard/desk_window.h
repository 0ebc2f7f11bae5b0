#pragma once
/// @file DeskWindow: one window and what is its own: its list of pushes with its filter, its run in detail,
/// its place on the screen. Everything else (session, runs, settings) it shares with the other windows.

#include <QObject>
#include <memory>

#include "app/dashboard/first_frame.h"
#include "ui/models/history_keeper.h"
#include "ui/models/push_model.h"
#include "ui/pages/main_window.h"

namespace cerebral::ui {
class RunPage;
}

namespace cerebral::dashboard {

class DeskWindow : public QObject {
    Q_OBJECT
public:
    /// What all windows share; all must outlive them.
    struct Shared {
        ui::Theme& theme;
        Clock& clock;
        ui::RunSet& runs;
        ui::ClusterObjects& objects;
        ui::ClusterBridge& bridge;
        ui::ClusterStatus& cluster;
        ui::RunServices& services;
        ui::Settings& settings;
        ui::RunActions& actions;
        ui::HistoryKeeper& keeper;
        QStringList configured;  ///< services of the configuration
    };
    /// `slot` numbers the windows that are open at the same time: place and columns are remembered by it.
    /// `known`: a window that already has the pushes; null for the first one.
    DeskWindow(const Shared& shared, int slot, const DeskWindow* known,
               ui::MainWindow::Begin begin = ui::MainWindow::Begin::Whole);
    ~DeskWindow() override;

    [[nodiscard]] ui::PushModel& pushes() noexcept { return pushes_; }
    [[nodiscard]] ui::MainWindow& window() noexcept { return *window_; }
    [[nodiscard]] int slot() const noexcept { return slot_; }
    /// As it was left, else beside the window before it.
    void show();
    /// What waits until the window was seen; before its other pages are built when given before `show`.
    [[nodiscard]] FirstFrame& firstFrame() noexcept { return *firstFrame_; }

private:
    int slot_;
    ui::PushModel pushes_;
    std::unique_ptr<ui::MainWindow> window_;
    std::unique_ptr<FirstFrame> firstFrame_;
};

}  // namespace cerebral::dashboard
