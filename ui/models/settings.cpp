#include "ui/models/settings.h"

#include <QStandardPaths>
#include <algorithm>

namespace cerebral::ui {
namespace {

const QString kHandles = QStringLiteral("me/handles");
const QString kTheme = QStringLiteral("look/theme");
const QString kFontScale = QStringLiteral("look/fontScale");
const QString kDesktopDark = QStringLiteral("look/desktopDark");
const QString kLetterKeys = QStringLiteral("keys/letters");
const QString kNotices = QStringLiteral("desktop/notices");
const QString kTray = QStringLiteral("desktop/tray");
const QString kReceiver = QStringLiteral("cluster/receiverUrl");

}  // namespace

Settings::Settings(const QString& file, QObject* parent) : QObject(parent), file_(file, QSettings::IniFormat) {}

QString Settings::userFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/cerebral-desk/dashboard.ini");
}

void Settings::put(const QString& key, const QVariant& value) {
    if (file_.value(key) == value) return;
    file_.setValue(key, value);
    emit changed();
}

QStringList Settings::handles() const {
    return file_.value(kHandles).toStringList();
}

void Settings::setHandles(const QStringList& handles) {
    put(kHandles, handles);
}

QString Settings::theme() const {
    const QString theme = file_.value(kTheme).toString();
    return theme == QLatin1String("light") || theme == QLatin1String("dark") ? theme : QStringLiteral("system");
}

void Settings::setTheme(const QString& theme) {
    put(kTheme, theme);
}

double Settings::fontScale() const {
    return std::clamp(file_.value(kFontScale, 1.0).toDouble(), 1.0, 2.0);
}

void Settings::setFontScale(double scale) {
    put(kFontScale, scale);
}

bool Settings::letterKeys() const {
    return file_.value(kLetterKeys, true).toBool();
}

void Settings::setLetterKeys(bool on) {
    put(kLetterKeys, on);
}

QString Settings::notices() const {
    const QString which = file_.value(kNotices).toString();
    return which == QLatin1String("mine") || which == QLatin1String("none") ? which : QStringLiteral("all");
}

void Settings::setNotices(const QString& which) {
    put(kNotices, which);
}

bool Settings::tray() const {
    return file_.value(kTray, true).toBool();
}

void Settings::setTray(bool on) {
    put(kTray, on);
}

QString Settings::receiverUrl() const {
    return file_.value(kReceiver).toString();
}

void Settings::setReceiverUrl(const QString& url) {
    put(kReceiver, url.trimmed());
}

std::optional<bool> Settings::desktopWasDark() const {
    const QVariant dark = file_.value(kDesktopDark);
    return dark.isValid() ? std::optional(dark.toBool()) : std::nullopt;
}

void Settings::setDesktopWasDark(bool dark) {
    // Nobody chose it: nothing has changed.
    if (desktopWasDark() != dark) file_.setValue(kDesktopDark, dark);
}

QByteArray Settings::shape(const QString& name) const {
    return file_.value(QStringLiteral("shape/") + name).toByteArray();
}

void Settings::setShape(const QString& name, const QByteArray& shape) {
    file_.setValue(QStringLiteral("shape/") + name, shape);
}

}  // namespace cerebral::ui
