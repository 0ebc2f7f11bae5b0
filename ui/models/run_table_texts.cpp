// What the cells of RunTableModel say.
#include <QDateTime>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/models/run_table_model.h"

namespace cerebral::ui {

QString RunTableModel::text(const RunRow& row, int column) const {
    switch (column) {
        case Service:
            return row.service;
        case Branch:
            return row.branch;
        case Commit:
            return shortSha(row.commit());
        case Trigger:
            return row.trigger();
        case Started: {
            const qint64 ms = row.startedMs != 0 ? row.startedMs : row.createdMs;
            if (ms == 0) return {};
            return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("HH:mm"));
        }
        case State:
            return stateWord(row.state);
        case Progress: {
            if (row.cells.empty()) return QStringLiteral("parts unknown");
            const auto done = std::count_if(row.cells.begin(), row.cells.end(), [](CellState c) {
                return c == CellState::Done || c == CellState::Skipped;
            });
            return QStringLiteral("%1 of %2 tasks").arg(done).arg(row.cells.size());
        }
        case Time: {
            const qint64 ms = row.durationMs(nowMs());
            return ms < 0 ? QStringLiteral("–") : formatTicking(Millis(ms));
        }
        case Reason:
            if (held_ && !row.finished())
                return QStringLiteral("unknown since ") + formatClockSeconds(fromMillis(nowMs()));
            return row.reason;
        default:
            return {};
    }
}

QString RunTableModel::tip(const RunRow& row, int column) const {
    switch (column) {
        case Service: {
            const QString message = row.message();
            return message.isEmpty() ? row.name() : row.name() + QLatin1Char('\n') + message;
        }
        case Commit:
            return row.commit();
        case Started: {
            const qint64 ms = row.startedMs != 0 ? row.startedMs : row.createdMs;
            return ms == 0 ? QString() : formatAbsolute(fromMillis(ms));
        }
        case Reason:
            return fromUtf8(row.run->message);
        default:
            return text(row, column);
    }
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Entry& entry = entries_[static_cast<std::size_t>(index.row())];
    if (role == SeparatorRole) return entry.row == nullptr;
    if (role == RowRole) return QVariant::fromValue(entry.row);
    if (entry.row == nullptr) {
        if (role != Qt::DisplayRole || index.column() != Service) return {};
        const QDateTime noon(QDate::fromJulianDay(entry.day), QTime(12, 0));
        return formatDay(fromMillis(noon.toMSecsSinceEpoch()), clock_.now());
    }
    switch (role) {
        case Qt::DisplayRole:
            return text(*entry.row, index.column());
        case Qt::ToolTipRole:
            return tip(*entry.row, index.column()).toHtmlEscaped();
        case Qt::AccessibleTextRole:
            return text(*entry.row, index.column());
        default:
            return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue((section == Started || section == Time ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Service:
            return QStringLiteral("Service");
        case Branch:
            return QStringLiteral("Branch");
        case Commit:
            return QStringLiteral("Commit");
        case Trigger:
            return QStringLiteral("Trigger");
        case Started:
            return QStringLiteral("Started");
        case Progress:
            return QStringLiteral("Progress");
        case Time:
            return QStringLiteral("Time");
        case Reason:
            return QStringLiteral("Reason");
        default:
            return {};
    }
}

}  // namespace cerebral::ui
