#include "ui/models/format.h"

#include <QDateTime>
#include <QLocale>

namespace cerebral::ui {
namespace {

QString minutesSeconds(qint64 seconds) {
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString hoursMinutes(qint64 seconds) {
    return QStringLiteral("%1 h %2").arg(seconds / 3600).arg(seconds % 3600 / 60, 2, 10, QLatin1Char('0'));
}

/// Words are English throughout the interface, whatever the system's language.
const QLocale& words() {
    static const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    return locale;
}

QDateTime local(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(toMillis(time));
}

}  // namespace

QString formatDuration(Millis duration) {
    const qint64 ms = duration.count();
    if (ms <= 0) return QStringLiteral("<1 s");
    if (ms < 1000) return QStringLiteral("%1 ms").arg(ms);
    if (ms < 60'000) return QStringLiteral("%1 s").arg(ms / 1000);
    return formatTicking(duration);
}

QString formatTicking(Millis duration) {
    const qint64 seconds = std::max<qint64>(0, duration.count() / 1000);
    return seconds <= 3600 ? minutesSeconds(seconds) : hoursMinutes(seconds);
}

QString formatAge(Millis age) {
    const qint64 seconds = age.count() / 1000;
    if (seconds < 60) return QStringLiteral("now");
    if (seconds < 3600) return QStringLiteral("%1 min").arg(seconds / 60);
    if (seconds < 24 * 3600) return QStringLiteral("%1 h").arg(seconds / 3600);
    return QStringLiteral("%1 d").arg(seconds / 86400);
}

QString formatProofAge(Millis age) {
    const qint64 ms = std::max<qint64>(0, age.count());
    if (ms < 10'000) return QStringLiteral("%1 s").arg(static_cast<double>(ms) / 1000.0, 0, 'f', 1);
    if (ms < 60'000) return QStringLiteral("%1 s").arg(ms / 1000);
    return QStringLiteral("%1 min").arg(ms / 60'000);
}

QString formatClock(WallTime time, WallTime now) {
    const QDateTime when = local(time);
    if (when.date() == local(now).date()) return when.toString(QStringLiteral("HH:mm"));
    return words().toString(when, QStringLiteral("d MMM HH:mm"));
}

QString formatClockOrDay(WallTime time, WallTime now) {
    const QDateTime when = local(time);
    return when.date() == local(now).date() ? when.toString(QStringLiteral("HH:mm"))
                                            : words().toString(when, QStringLiteral("d MMM"));
}

QString formatClockSeconds(WallTime time) {
    return local(time).toString(QStringLiteral("HH:mm:ss"));
}

QString formatClockSeconds(WallTime time, WallTime now) {
    const QDateTime when = local(time);
    if (when.date() == local(now).date()) return when.toString(QStringLiteral("HH:mm:ss"));
    return words().toString(when, QStringLiteral("d MMM HH:mm:ss"));
}

QString formatAbsolute(WallTime time) {
    return words().toString(local(time), QStringLiteral("ddd d MMM yyyy, HH:mm:ss t"));
}

QString formatDay(WallTime day, WallTime now) {
    const QDate date = local(day).date();
    const QDate today = local(now).date();
    const QString plain = words().toString(date, QStringLiteral("d MMM"));
    if (date == today) return QStringLiteral("Today, ") + plain;
    if (date == today.addDays(-1)) return QStringLiteral("Yesterday, ") + plain;
    if (date.year() == today.year()) return words().toString(date, QStringLiteral("ddd, d MMM"));
    return words().toString(date, QStringLiteral("ddd, d MMM yyyy"));
}

qint64 toMillis(WallTime time) {
    return std::chrono::duration_cast<Millis>(time.time_since_epoch()).count();
}

WallTime fromMillis(qint64 ms) {
    return WallTime(std::chrono::duration_cast<WallTime::duration>(Millis(ms)));
}

QString fromUtf8(std::string_view text) {
    QString out = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (QChar& ch : out) {
        if (ch < QLatin1Char(' ') || ch == QChar(0x7F)) ch = QLatin1Char(' ');
    }
    return out;
}

QString shortSha(const QString& sha) {
    return sha.left(7);
}

QString shortDigest(std::string_view digest) {
    return shortSha(fromUtf8(digest.substr(digest.find(':') + 1)));
}

QString asSentence(QString text) {
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

}  // namespace cerebral::ui
