#include "ui/desktop/desktop_notifier.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>
#include <algorithm>

namespace cerebral::ui {
namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kIcon = QStringLiteral("com.baerautotech.CerebralDesk");
const QString kOpen = QStringLiteral("default");
const QString kCopy = QStringLiteral("copy");
constexpr int kAnswerMs = 5000;
constexpr uchar kNormal = 1;
constexpr uchar kCritical = 2;
constexpr int kDaemonsChoice = -1;
constexpr int kMostText = 400;

QDBusMessage call(const QString& method) {
    return QDBusMessage::createMethodCall(kService, kPath, kService, method);
}

}  // namespace

DesktopNotifier::DesktopNotifier(const QDBusConnection& bus, QObject* parent) : QObject(parent), bus_(bus) {
    if (!bus_.isConnected()) return;
    bus_.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
    bus_.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this, SLOT(onClosed(uint, uint)));
}

DesktopNotifier::~DesktopNotifier() = default;

void DesktopNotifier::askCapabilities() {
    capabilities_ = Capabilities::Asked;
    auto* watcher =
        new QDBusPendingCallWatcher(bus_.asyncCall(call(QStringLiteral("GetCapabilities")), kAnswerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QStringList> reply = *done;
        if (reply.isValid()) markup_ = reply.value().contains(QStringLiteral("body-markup"));
        done->deleteLater();
        capabilities_ = Capabilities::Known;
        for (const PushNotice& notice : std::exchange(early_, {})) show(notice);
    });
}

QString DesktopNotifier::written(const QString& text) const {
    const QString cut = text.left(kMostText);
    return markup_ ? cut.toHtmlEscaped() : cut;
}

void DesktopNotifier::show(const PushNotice& notice) {
    if (!bus_.isConnected()) {
        emit undelivered(notice);
        return;
    }
    if (capabilities_ == Capabilities::Unknown) askCapabilities();
    if (capabilities_ != Capabilities::Known) {
        early_.push_back(notice);
        return;
    }
    Shown& shown = shown_[notice.key];
    if (shown.sending) {
        shown.next = notice;
        return;
    }
    send(notice);
}

void DesktopNotifier::send(const PushNotice& notice) {
    Shown& shown = shown_[notice.key];
    shown.sending = true;
    shown.error = notice.error;
    QStringList actions{kOpen, QStringLiteral("Open")};
    if (!notice.error.isEmpty()) actions << kCopy << QStringLiteral("Copy error");
    QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(notice.urgent ? kCritical : kNormal)},
                      {QStringLiteral("desktop-entry"), kIcon},
                      {QStringLiteral("category"), QStringLiteral("transfer")}};
    QDBusMessage message = call(QStringLiteral("Notify"));
    message << QStringLiteral("Cerebral Desk") << shown.id << kIcon << notice.title.left(kMostText)
            << written(notice.body) << actions << hints << kDaemonsChoice;
    auto* watcher = new QDBusPendingCallWatcher(bus_.asyncCall(message, kAnswerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, notice](QDBusPendingCallWatcher* done) {
        answered(notice, done->reply());
        done->deleteLater();
    });
}

void DesktopNotifier::answered(const PushNotice& notice, const QDBusMessage& reply) {
    const auto it = shown_.find(notice.key);
    if (it == shown_.end()) return;
    Shown& shown = it->second;
    shown.sending = false;
    const bool delivered = reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty();
    shown.id = delivered ? reply.arguments().constFirst().toUInt() : 0;
    if (!delivered) emit undelivered(notice);
    if (!shown.next) return;
    const PushNotice next = *std::exchange(shown.next, std::nullopt);
    send(next);
}

std::unordered_map<std::string, DesktopNotifier::Shown>::iterator DesktopNotifier::findId(uint id) {
    if (id == 0) return shown_.end();
    return std::find_if(shown_.begin(), shown_.end(), [&](const auto& entry) { return entry.second.id == id; });
}

void DesktopNotifier::onAction(uint id, const QString& action) {
    const auto it = findId(id);
    if (it == shown_.end()) return;
    const std::string key = it->first;
    if (action == kCopy) {
        emit copyWanted(it->second.error);
    } else {
        emit opened(key);
    }
}

void DesktopNotifier::onClosed(uint id, uint /*reason*/) {
    const auto it = findId(id);
    if (it == shown_.end()) return;
    if (it->second.sending) {
        it->second.id = 0;
    } else {
        shown_.erase(it);
    }
}

}  // namespace cerebral::ui
