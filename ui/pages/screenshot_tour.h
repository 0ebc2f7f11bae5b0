#pragma once
/// @file ScreenshotTour: shows every scene in two sizes, both themes and two sizes of text and saves what is seen.
///
/// Begins when `ready` says so, at most 90 s later. Waits until a scene is on screen (at most as long as it says),
/// then writes SCENE-THEME-WIDTHxHEIGHT.png, with large text SCENE-THEME-WIDTHxHEIGHT-150pct.png. It takes minutes:
/// `sceneEnded` says how far it is, `finished` which pictures could not be written, none when all is well.

#include <QDir>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

#include "ui/pages/main_window.h"
#include "ui/pages/tour_scenes.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class ScreenshotTour : public QObject {
    Q_OBJECT
public:
    ScreenshotTour(Theme& theme, MainWindow& window, const QString& directory, std::function<bool()> ready,
                   QObject* parent = nullptr);
    /// Scenes of other windows, asked for when the tour begins. Before `start`.
    void setMore(std::function<std::vector<TourScene>()> more) { more_ = std::move(more); }
    /// Only pictures whose scene or whole name ("runs-dark-1280x800") matches one of these wildcards, which commas
    /// part; empty: all. Before `start`.
    void setScenes(const QString& wildcards) { wildcards_ = wildcards; }
    void start();

signals:
    void sceneEnded(const QString& scene, int picturesDone, int picturesInAll);
    void finished(const QStringList& missing);

private:
    struct Shot {
        std::size_t scene;
        bool dark;
        QSize size;
        double fontScale = 1;
    };
    [[nodiscard]] bool wanted(const Shot& shot) const;
    [[nodiscard]] QString nameOf(const Shot& shot) const;
    void poll();
    void plan();
    void next();
    void tryShot();
    void save();
    [[nodiscard]] int settleMs() const;
    [[nodiscard]] MainWindow& windowOf(const TourScene& scene) { return scene.window ? scene.window() : window_; }

    Theme& theme_;
    MainWindow& window_;
    QDir directory_;
    QString wildcards_;
    std::function<bool()> ready_;
    std::function<std::vector<TourScene>()> more_;
    std::vector<TourScene> scenes_;
    std::vector<Shot> shots_;
    std::size_t at_ = 0;
    QStringList missing_;  ///< names of pictures, or of what stood in the way of all
    QElapsedTimer waiting_;
    QElapsedTimer settling_;  ///< since the scene is ready
    QTimer poll_;
};

}  // namespace cerebral::ui
