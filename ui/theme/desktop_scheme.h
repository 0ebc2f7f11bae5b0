#pragma once
/// @file DesktopScheme: whether the desktop prefers dark, and when it changes its mind.
///
/// `follow` asks the portal (org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key
/// color-scheme: 0 no preference, 1 dark, 2 light; a variant inside a variant) without blocking.
/// Without D-Bus, a portal or a preference, the lightness of the platform's palette decides.

#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace cerebral::ui {

class DesktopScheme : public QObject {
    Q_OBJECT
public:
    /// Until it is told more, the palette decides.
    explicit DesktopScheme(QObject* parent = nullptr);
    /// What the portal said when it was last asked: taken for its answer until there is one.
    void assume(bool dark);
    /// Connects to D-Bus, which takes its time: once a window is seen.
    void follow();
    [[nodiscard]] bool prefersDark() const noexcept { return dark_; }

signals:
    void changed(bool dark);
    /// The desktop was asked: this is no longer an assumption.
    void known(bool dark);

private slots:
    void onSettingChanged(const QString& ns, const QString& key, const QDBusVariant& value);

private:
    void apply(uint scheme);
    void take(bool dark);

    bool paletteDark_;
    bool dark_;
};

}  // namespace cerebral::ui
