#include "ui/pages/screenshot_tour.h"

#include <QPixmap>

namespace cerebral::ui {
namespace {
constexpr int kMostWaitMs = 20'000;
/// After a page is filled: time for the text of the first paint, chips and counts to settle.
constexpr int kSettleMs = 400;
}  // namespace

ScreenshotTour::ScreenshotTour(Theme& theme, MainWindow& window, const QString& directory, QObject* parent)
    : QObject(parent), theme_(theme), window_(window), directory_(directory) {
    for (int page = 0; page < window_.pageCount(); ++page) {
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
            for (const bool dark : {false, true}) shots_.push_back({page, dark, size});
        }
    }
    poll_.setInterval(50);
    connect(&poll_, &QTimer::timeout, this, &ScreenshotTour::tryShot);
}

void ScreenshotTour::start() {
    if (!directory_.mkpath(QStringLiteral("."))) {
        emit finished(false);
        return;
    }
    window_.show();
    next();
}

void ScreenshotTour::next() {
    if (at_ == shots_.size()) {
        poll_.stop();
        emit finished(complete_);
        return;
    }
    const Shot& shot = shots_[at_];
    theme_.setMode(shot.dark ? Theme::Mode::Dark : Theme::Mode::Light);
    window_.resize(shot.size);
    window_.showPage(shot.page);
    waiting_.start();
    poll_.start();
}

void ScreenshotTour::tryShot() {
    const Shot& shot = shots_[at_];
    const bool late = waiting_.elapsed() > kMostWaitMs;
    if (!window_.page(shot.page).filled() && !late) return;
    if (waiting_.elapsed() < kSettleMs) return;
    complete_ = complete_ && !late;
    poll_.stop();
    save();
    ++at_;
    next();
}

void ScreenshotTour::save() {
    const Shot& shot = shots_[at_];
    const QString name =
        QStringLiteral("%1-%2-%3x%4.png")
            .arg(window_.pageName(shot.page).toLower(), shot.dark ? QStringLiteral("dark") : QStringLiteral("light"))
            .arg(shot.size.width())
            .arg(shot.size.height());
    complete_ = window_.grab().save(directory_.filePath(name)) && complete_;
}

}  // namespace cerebral::ui
