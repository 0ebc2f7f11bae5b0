#pragma once
/// @file DesktopScheme: whether the desktop prefers dark, and when it changes its mind.
///
/// Asks the portal (org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key
/// color-scheme: 0 no preference, 1 dark, 2 light; a variant inside a variant) without blocking.
/// Without D-Bus, a portal or a preference, the lightness of the platform's palette decides.

#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace cerebral::ui {

class DesktopScheme : public QObject {
    Q_OBJECT
public:
    explicit DesktopScheme(QObject* parent = nullptr);
    [[nodiscard]] bool prefersDark() const noexcept { return dark_; }

signals:
    void changed(bool dark);

private slots:
    void onSettingChanged(const QString& ns, const QString& key, const QDBusVariant& value);

private:
    void apply(uint scheme);

    bool paletteDark_;
    bool dark_;
};

}  // namespace cerebral::ui
