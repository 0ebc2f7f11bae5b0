#pragma once
/// @file TourScene: one state of the window worth a picture.

#include <QSize>
#include <QString>
#include <functional>
#include <initializer_list>
#include <vector>

#include "ui/models/push_model.h"
#include "ui/models/run_set.h"

namespace cerebral::ui {

class MainWindow;

/// For what the demonstration's team has to push first: it pushes several times in it.
inline constexpr int kMostWaitMs = 60'000;

struct TourScene {
    QString name;  ///< of the file: "pushes", "rebuild-dialog"
    /// Brings the window there; may open a dialog, which then is in the picture.
    std::function<void()> show;
    /// What the scene is for is on screen.
    std::function<bool()> ready;
    /// Undoes `show`; may be empty.
    std::function<void()> leave = {};
    /// Where it is to be seen, asked for after `show`; empty: the tour's own window.
    std::function<MainWindow&()> window = {};
    int mostWaitMs = 20'000;
    /// A dialog or menu: left and shown again for every picture.
    bool reopens = false;
    /// Shown anew for every picture, which is taken before anything that was asked for can have come.
    bool atOnce = false;
    /// Of what need not happen during a tour: without a picture when it does not.
    bool seldom = false;
    /// Empty: the tour's own.
    std::vector<QSize> sizes = {};
    std::vector<double> fontScales = {};
};

/// The newest push in this state; null when there is none.
[[nodiscard]] journey::PushPtr newestPush(const PushModel& pushes, journey::PushState state);
/// The newest run in one of these states that has started: its uid; empty when there is none.
[[nodiscard]] QString newestRun(const RunSet& runs, std::initializer_list<tekton::RunState> states);
/// Presses the first chip of the bar that begins with this.
void clickChip(const QWidget& bar, QLatin1String text);

/// Every page, tab and dialog that can be reached with what the cluster holds.
[[nodiscard]] std::vector<TourScene> tourScenes(MainWindow& window);

}  // namespace cerebral::ui
