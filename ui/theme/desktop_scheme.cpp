#include "ui/theme/desktop_scheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

namespace cerebral::ui {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kNamespace = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");
constexpr uint kPreferDark = 1;
constexpr uint kPreferLight = 2;

uint unwrap(QVariant value) {
    while (value.metaType() == QMetaType::fromType<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value.toUInt();
}

}  // namespace

DesktopScheme::DesktopScheme(QObject* parent)
    : QObject(parent),
      paletteDark_(QGuiApplication::palette().color(QPalette::Window).lightness() < 128),
      dark_(paletteDark_) {}

void DesktopScheme::assume(bool dark) {
    take(dark);
}

void DesktopScheme::follow() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return apply(0);
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    read << kNamespace << kKey;
    auto* pending = new QDBusPendingCallWatcher(bus.asyncCall(read, 2000), this);
    connect(pending, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* call) {
        const QDBusPendingReply<QDBusVariant> reply = *call;
        apply(reply.isValid() ? unwrap(QVariant::fromValue(reply.value())) : 0);
        call->deleteLater();
    });
}

void DesktopScheme::onSettingChanged(const QString& ns, const QString& key, const QDBusVariant& value) {
    if (ns == kNamespace && key == kKey) apply(unwrap(value.variant()));
}

void DesktopScheme::apply(uint scheme) {
    const bool dark = scheme == kPreferDark || (scheme != kPreferLight && paletteDark_);
    take(dark);
    emit known(dark);
}

void DesktopScheme::take(bool dark) {
    if (dark == dark_) return;
    dark_ = dark;
    emit changed(dark_);
}

}  // namespace cerebral::ui
