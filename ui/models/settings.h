#pragma once
/// @file Settings: what the user chose, kept in one INI file. GUI thread only; `changed` after each change.
///
/// Holds no secret: nothing of the kubeconfig and no token is ever written here.

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <optional>

namespace cerebral::ui {

class Settings : public QObject {
    Q_OBJECT
public:
    /// A damaged or missing file is an empty one.
    explicit Settings(const QString& file, QObject* parent = nullptr);
    /// Where the user's own file is (XDG).
    [[nodiscard]] static QString userFile();

    /// Names by which the user appears as author or pusher.
    [[nodiscard]] QStringList handles() const;
    void setHandles(const QStringList& handles);
    /// "system", "light" or "dark".
    [[nodiscard]] QString theme() const;
    void setTheme(const QString& theme);
    /// 1.0 … 2.0
    [[nodiscard]] double fontScale() const;
    void setFontScale(double scale);
    /// Single letters are commands.
    [[nodiscard]] bool letterKeys() const;
    void setLetterKeys(bool on);
    /// Which pushes the desktop is told of: "all", "mine" or "none".
    [[nodiscard]] QString notices() const;
    void setNotices(const QString& which);
    /// An icon with the worst state in the desktop's tray.
    [[nodiscard]] bool tray() const;
    void setTray(bool on);
    /// Empty: found through the Ingress.
    [[nodiscard]] QString receiverUrl() const;
    void setReceiverUrl(const QString& url);

    /// What the desktop preferred when it was last asked; empty: it never was.
    [[nodiscard]] std::optional<bool> desktopWasDark() const;
    void setDesktopWasDark(bool dark);

    /// Geometry of windows, columns of tables.
    [[nodiscard]] QByteArray shape(const QString& name) const;
    void setShape(const QString& name, const QByteArray& shape);

signals:
    void changed();

private:
    void put(const QString& key, const QVariant& value);

    QSettings file_;
};

}  // namespace cerebral::ui
