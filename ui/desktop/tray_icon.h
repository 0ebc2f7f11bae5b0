#pragma once
/// @file TrayIcon: the app mark with a state glyph at the lower right, in the desktop's tray.
///
/// Solid needs you, a ring is under way, grey cannot see the cluster. Where the desktop has no tray nothing is
/// shown. Also the way for notices when no notification daemon answers.

#include <QMenu>
#include <QSystemTrayIcon>
#include <memory>

#include "ui/desktop/push_notices.h"
#include "ui/desktop/tray_state.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class TrayIcon : public QObject {
    Q_OBJECT
public:
    /// `theme` must outlive it.
    explicit TrayIcon(const Theme& theme, QObject* parent = nullptr);
    ~TrayIcon() override;

    void setState(const TrayState& state);
    void setVisible(bool visible);
    /// Whether it is to be seen, where there is a tray.
    [[nodiscard]] bool wanted() const noexcept { return wanted_; }
    /// False when there is no tray that could show it.
    bool say(const PushNotice& notice);

    [[nodiscard]] QIcon icon() const { return tray_.icon(); }
    [[nodiscard]] QString text() const { return tray_.toolTip(); }

signals:
    /// Pressed, or "Open" of the menu.
    void opened();
    void newWindowWanted();
    void quitWanted();
    /// The message was pressed.
    void noticeOpened(const std::string& key);

private:
    void repaint();

    const Theme& theme_;
    QMenu menu_;
    QSystemTrayIcon tray_;
    TrayState state_;
    std::string lastKey_;
    bool wanted_ = false;
};

/// The mark in `ink` with the glyph of `status`; 16 to 64 px.
[[nodiscard]] QIcon trayIcon(const Theme& theme, Status status);

}  // namespace cerebral::ui
