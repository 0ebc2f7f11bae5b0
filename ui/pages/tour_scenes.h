#pragma once
/// @file TourScene: one state of the window worth a picture.

#include <QString>
#include <functional>
#include <vector>

namespace cerebral::ui {

class MainWindow;

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
};

/// Every page, tab and dialog that can be reached with what the cluster holds.
[[nodiscard]] std::vector<TourScene> tourScenes(MainWindow& window);

}  // namespace cerebral::ui
