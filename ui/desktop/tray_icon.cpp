#include "ui/desktop/tray_icon.h"

#include <QPainter>
#include <array>

namespace cerebral::ui {
namespace {

constexpr std::array kSizes{16, 22, 24, 32, 48, 64};
constexpr int kGrid = 16;
constexpr double kGlyph = 9;

}  // namespace

QIcon trayIcon(const Theme& theme, Status status) {
    const Colors& c = theme.colors();
    QIcon icon;
    for (const int size : kSizes) {
        QPixmap map(size, size);
        map.fill(Qt::transparent);
        QPainter p(&map);
        p.setRenderHint(QPainter::Antialiasing);
        p.scale(static_cast<double>(size) / kGrid, static_cast<double>(size) / kGrid);
        // A tray may be light or dark whatever the window is: the mark brings its own ground.
        p.setPen(Qt::NoPen);
        p.setBrush(status == Status::Pending ? c.off.solid : c.accent);
        p.drawRoundedRect(QRectF(0, 0, kGrid, kGrid), 4, 4);
        theme.icons().draw(p, QRectF(2, 2, kGrid - 4, kGrid - 4), QStringLiteral("app"), c.textInverse);
        if (status != Status::Succeeded && status != Status::Live) {
            const QRectF corner(kGrid - kGlyph, kGrid - kGlyph, kGlyph, kGlyph);
            p.setPen(Qt::NoPen);
            p.setBrush(c.bgRaised);
            p.drawEllipse(corner.adjusted(-0.5, -0.5, 0.5, 0.5));
            drawGlyph(p, corner, status, c, {.ground = c.bgRaised});
        }
        p.end();
        icon.addPixmap(map);
    }
    return icon;
}

TrayIcon::TrayIcon(const Theme& theme, QObject* parent) : QObject(parent), theme_(theme) {
    connect(menu_.addAction(QStringLiteral("Open Cerebral Desk")), &QAction::triggered, this, &TrayIcon::opened);
    connect(menu_.addAction(QStringLiteral("New window")), &QAction::triggered, this, &TrayIcon::newWindowWanted);
    menu_.addSeparator();
    connect(menu_.addAction(QStringLiteral("Quit")), &QAction::triggered, this, &TrayIcon::quitWanted);
    tray_.setContextMenu(&menu_);
    connect(&tray_, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick) emit opened();
    });
    connect(&tray_, &QSystemTrayIcon::messageClicked, this, [this] { emit noticeOpened(lastKey_); });
    connect(&theme_, &Theme::changed, this, &TrayIcon::repaint);
    repaint();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::setState(const TrayState& state) {
    if (state == state_ && !tray_.toolTip().isEmpty()) return;
    const bool other = state.status != state_.status;
    state_ = state;
    tray_.setToolTip(QStringLiteral("Cerebral Desk: ") + state.text);
    if (other) repaint();
}

void TrayIcon::setVisible(bool visible) {
    wanted_ = visible;
    tray_.setVisible(visible && QSystemTrayIcon::isSystemTrayAvailable());
}

bool TrayIcon::say(const PushNotice& notice) {
    if (!tray_.isVisible() || !QSystemTrayIcon::supportsMessages()) return false;
    lastKey_ = notice.key;
    tray_.showMessage(notice.title, notice.body, trayIcon(theme_, notice.status));
    return true;
}

void TrayIcon::repaint() {
    tray_.setIcon(trayIcon(theme_, state_.status));
}

}  // namespace cerebral::ui
