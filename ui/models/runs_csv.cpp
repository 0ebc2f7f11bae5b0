#include "ui/models/runs_csv.h"

#include <QDateTime>
#include <QStringList>
#include <algorithm>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

QString timeOf(qint64 ms) {
    return ms == 0 ? QString() : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

QString line(QStringList fields) {
    for (QString& field : fields) field = csvField(std::move(field));
    return fields.join(QLatin1Char(',')) + QStringLiteral("\r\n");
}

}  // namespace

QString csvField(QString text) {
    static const QString kFormula = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && kFormula.contains(text.front())) text.prepend(QLatin1Char('\''));
    const auto special = [](QChar c) {
        return c == QLatin1Char('"') || c == QLatin1Char(',') || c == QLatin1Char('\n') || c == QLatin1Char('\r');
    };
    if (std::none_of(text.begin(), text.end(), special)) return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QByteArray runsCsv(const RunTableModel& model) {
    QString all =
        line({QStringLiteral("run"), QStringLiteral("namespace"), QStringLiteral("state"), QStringLiteral("service"),
              QStringLiteral("branch"), QStringLiteral("commit"), QStringLiteral("trigger"),
              QStringLiteral("created"), QStringLiteral("started"), QStringLiteral("completed"),
              QStringLiteral("seconds"), QStringLiteral("reason"), QStringLiteral("message")});
    for (int at = 0; at < model.rowCount(); ++at) {
        const RunRow* row = model.rowAt(at);
        if (row == nullptr) continue;
        const bool ended = row->startedMs != 0 && row->completedMs != 0;
        all += line({row->name(), fromUtf8(row->run->meta.ns), stateWord(row->state), row->service, row->branch,
                     row->commit(), row->trigger(), timeOf(row->createdMs), timeOf(row->startedMs),
                     timeOf(row->completedMs),
                     ended ? QString::number((row->completedMs - row->startedMs) / 1000) : QString(), row->reason,
                     row->message()});
    }
    return all.toUtf8();
}

}  // namespace cerebral::ui
