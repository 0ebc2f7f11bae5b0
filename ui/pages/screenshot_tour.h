#pragma once
/// @file ScreenshotTour: shows every page in both themes and two sizes and saves what is seen.
///
/// Waits until a page says it is filled (at most 20 s each), then writes PAGE-THEME-WIDTHxHEIGHT.png.
/// Emits `finished` with true when every picture was written.

#include <QDir>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <vector>

#include "ui/pages/main_window.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class ScreenshotTour : public QObject {
    Q_OBJECT
public:
    ScreenshotTour(Theme& theme, MainWindow& window, const QString& directory, QObject* parent = nullptr);
    void start();

signals:
    void finished(bool complete);

private:
    struct Shot {
        int page;
        bool dark;
        QSize size;
    };
    void next();
    void tryShot();
    void save();

    Theme& theme_;
    MainWindow& window_;
    QDir directory_;
    std::vector<Shot> shots_;
    std::size_t at_ = 0;
    bool complete_ = true;
    QElapsedTimer waiting_;
    QTimer poll_;
};

}  // namespace cerebral::ui
