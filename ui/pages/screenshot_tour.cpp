#include "ui/pages/screenshot_tour.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>
#include <QRegularExpression>
#include <algorithm>

namespace cerebral::ui {
namespace {

constexpr int kMostBeginMs = 90'000;
/// After a scene is filled: time for the text of the first paint, chips and counts to settle.
constexpr int kSettleMs = 300;
/// After another size: time for layouts. Other colours need none but a round of events.
constexpr int kLayoutMs = 120;
constexpr double kLargeFont = 1.5;

}  // namespace

ScreenshotTour::ScreenshotTour(Theme& theme, MainWindow& window, const QString& directory,
                               std::function<bool()> ready, QObject* parent)
    : QObject(parent), theme_(theme), window_(window), directory_(directory), ready_(std::move(ready)) {
    poll_.setInterval(50);
    connect(&poll_, &QTimer::timeout, this, &ScreenshotTour::poll);
}

void ScreenshotTour::start() {
    if (!directory_.mkpath(QStringLiteral("."))) {
        emit finished({directory_.path()});
        return;
    }
    window_.resize(1280, 800);
    window_.show();
    waiting_.start();
    poll_.start();
}

void ScreenshotTour::poll() {
    if (!shots_.empty()) {
        tryShot();
    } else if (ready_() || waiting_.elapsed() > kMostBeginMs) {
        plan();
        next();
    }
}

void ScreenshotTour::plan() {
    scenes_ = tourScenes(window_);
    if (more_) {
        for (TourScene& scene : more_()) scenes_.push_back(std::move(scene));
    }
    for (std::size_t scene = 0; scene < scenes_.size(); ++scene) {
        const std::vector<double> own = scenes_[scene].fontScales;
        const std::vector<QSize> ownSizes = scenes_[scene].sizes;
        for (const double fontScale : own.empty() ? std::vector<double>{1.0, kLargeFont} : own) {
            for (const QSize size : ownSizes.empty() ? std::vector<QSize>{{1280, 800}, {1920, 1080}} : ownSizes) {
                for (const bool dark : {false, true}) {
                    const Shot shot{scene, dark, size, fontScale};
                    if (wanted(shot)) shots_.push_back(shot);
                }
            }
        }
    }
    if (shots_.empty()) missing_ << wildcards_;
}

bool ScreenshotTour::wanted(const Shot& shot) const {
    const QStringList wildcards = wildcards_.split(QLatin1Char(','), Qt::SkipEmptyParts);
    return wildcards.isEmpty() || std::any_of(wildcards.begin(), wildcards.end(), [&](const QString& wildcard) {
               const auto match = QRegularExpression::fromWildcard(wildcard.trimmed(), Qt::CaseInsensitive);
               return match.match(scenes_[shot.scene].name).hasMatch() || match.match(nameOf(shot)).hasMatch();
           });
}

QString ScreenshotTour::nameOf(const Shot& shot) const {
    const QString name =
        QStringLiteral("%1-%2-%3x%4")
            .arg(scenes_[shot.scene].name, shot.dark ? QStringLiteral("dark") : QStringLiteral("light"))
            .arg(shot.size.width())
            .arg(shot.size.height());
    return shot.fontScale > 1 ? name + QStringLiteral("-%1pct").arg(qRound(shot.fontScale * 100)) : name;
}

void ScreenshotTour::next() {
    if (at_ == shots_.size()) {
        poll_.stop();
        emit finished(missing_);
        return;
    }
    const Shot& shot = shots_[at_];
    theme_.setMode(shot.dark ? Theme::Mode::Dark : Theme::Mode::Light);
    if (theme_.fontScale() != shot.fontScale) theme_.setFontScale(shot.fontScale);
    const TourScene& scene = scenes_[shot.scene];
    const bool fresh = at_ == 0 || shots_[at_ - 1].scene != shot.scene;
    // Dialogs and menus are placed and get their icons when they open: another size or look wants a new one.
    const bool again = !fresh && (scene.reopens || scene.atOnce);
    if (again && scene.leave) scene.leave();
    // What opens over a window is placed by its size. A scene shown once may make its window only then.
    if (!scene.window || scene.reopens) windowOf(scene).resize(shot.size);
    if ((fresh || again) && !scene.atOnce) scene.show();
    MainWindow& window = windowOf(scene);
    window.resize(shot.size);
    if (!window.isVisible()) window.show();
    waiting_.start();
    settling_.invalidate();
}

int ScreenshotTour::settleMs() const {
    const Shot& shot = shots_[at_];
    if (at_ == 0 || shots_[at_ - 1].scene != shot.scene || scenes_[shot.scene].reopens) return kSettleMs;
    const Shot& before = shots_[at_ - 1];
    return before.size == shot.size && before.fontScale == shot.fontScale ? 0 : kLayoutMs;
}

void ScreenshotTour::tryShot() {
    const TourScene& scene = scenes_[shots_[at_].scene];
    const bool late = waiting_.elapsed() > scene.mostWaitMs;
    if (!scene.atOnce && !scene.ready() && !late) {
        settling_.invalidate();
        return;
    }
    if (!settling_.isValid()) settling_.start();
    if (settling_.elapsed() < settleMs()) return;
    if (scene.atOnce) {
        scene.show();
        QApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    if (!late || !scene.seldom) save();
    const std::size_t shown = shots_[at_].scene;
    // What did not come once is not waited for again.
    do {
        if (late && !scene.seldom) missing_ << nameOf(shots_[at_]);
        ++at_;
    } while (late && at_ < shots_.size() && shots_[at_].scene == shown);
    if (at_ == shots_.size() || shots_[at_].scene != shown) {
        if (scene.leave) scene.leave();
        emit sceneEnded(scene.name, static_cast<int>(at_), static_cast<int>(shots_.size()));
    }
    next();
}

void ScreenshotTour::save() {
    const Shot& shot = shots_[at_];
    MainWindow& window = windowOf(scenes_[shot.scene]);
    QPixmap picture = window.grab();
    // Dialogs and menus are windows of their own: they belong into the picture where they stand.
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (qobject_cast<MainWindow*>(other) != nullptr || !other->isVisible() || other->size().isEmpty()) continue;
        QPainter(&picture).drawPixmap(other->mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), other->grab());
    }
    if (!picture.save(directory_.filePath(nameOf(shot) + QStringLiteral(".png")))) missing_ << nameOf(shot);
}

}  // namespace cerebral::ui
