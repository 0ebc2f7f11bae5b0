#include "ui/models/segment_tip.h"

#include <QStringList>

#include "ui/models/format.h"

namespace cerebral::ui {

using journey::Stage;
using journey::StageStatus;

namespace {

QString momentLine(const QString& what, const journey::Moment& moment) {
    QString line = what + QLatin1Char(' ') + formatAbsolute(moment.at);
    if (!moment.field.empty()) line += QStringLiteral("  (%1)").arg(fromUtf8(moment.field));
    return line;
}

}  // namespace

QString stageTip(const journey::ServiceJourney& journey, Stage stage, const StageMedians& medians) {
    const StageStatus& status = journey.stage(stage);
    QStringList lines;
    lines << QStringLiteral("%1 of %2: %3")
                 .arg(fromUtf8(journey::toString(stage)), fromUtf8(journey.service),
                      fromUtf8(journey::toString(status.state)));
    if (status.start) lines << momentLine(QStringLiteral("from"), *status.start);
    if (status.end) lines << momentLine(QStringLiteral("to"), *status.end);
    if (const auto duration = status.duration()) lines << QStringLiteral("took %1").arg(formatDuration(*duration));
    if (const auto median = medians.medianMs(journey.service, stage)) {
        lines << QStringLiteral("median of the last: %1").arg(formatDuration(Millis(*median)));
    }
    if (stage == Stage::Image && !journey.digest.empty()) {
        lines << fromUtf8(journey.image) + QLatin1Char('@') + fromUtf8(journey.digest);
    }
    if (!status.reason.empty()) lines << fromUtf8(status.reason);
    if (!status.detail.empty()) lines << fromUtf8(status.detail);
    if (!status.object.empty()) {
        lines << QStringLiteral("%1 %2/%3")
                     .arg(fromUtf8(status.object.kind()), fromUtf8(status.object.ns()),
                          fromUtf8(status.object.name()));
    }
    return lines.join(QLatin1Char('\n'));
}

QString stageTip(const journey::Push& push, Stage stage) {
    QStringList lines;
    for (const journey::ServiceJourney& journey : push.services) {
        const StageStatus& status = journey.stage(stage);
        QString line =
            QStringLiteral("%1: %2").arg(fromUtf8(journey.service), fromUtf8(journey::toString(status.state)));
        if (const auto duration = status.duration()) line += QStringLiteral(", %1").arg(formatDuration(*duration));
        if (!status.reason.empty()) line += QStringLiteral(", ") + fromUtf8(status.reason);
        lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace cerebral::ui
