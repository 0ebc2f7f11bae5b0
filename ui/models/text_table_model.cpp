#include "ui/models/text_table_model.h"

#include <QSet>
#include <QTextDocument>
#include <algorithm>
#include <utility>

namespace cerebral::ui {

TextTableModel::TextTableModel(std::vector<Column> columns, QObject* parent)
    : QAbstractTableModel(parent), columns_(std::move(columns)) {}

void TextTableModel::setRows(const std::vector<TextRow>& rows) {
    QSet<QString> wanted;
    for (const TextRow& row : rows) wanted.insert(row.key);
    for (int i = static_cast<int>(rows_.size()) - 1; i >= 0; --i) {
        if (wanted.contains(rows_[static_cast<std::size_t>(i)].key)) continue;
        beginRemoveRows({}, i, i);
        rows_.erase(rows_.begin() + i);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int at = static_cast<int>(i);
        const auto found =
            std::find_if(rows_.begin() + at, rows_.end(), [&](const TextRow& row) { return row.key == rows[i].key; });
        if (found == rows_.end()) {
            beginInsertRows({}, at, at);
            rows_.insert(rows_.begin() + at, rows[i]);
            endInsertRows();
            continue;
        }
        if (const int from = static_cast<int>(found - rows_.begin()); from != at) {
            beginMoveRows({}, from, from, {}, at);
            std::rotate(rows_.begin() + at, found, found + 1);
            endMoveRows();
        }
        if (rows_[i] != rows[i]) {
            rows_[i] = rows[i];
            emit dataChanged(index(at, 0), index(at, columnCount() - 1));
        }
    }
}

void TextTableModel::setTitle(int column, const QString& title) {
    QString& known = columns_[static_cast<std::size_t>(column)].title;
    if (std::exchange(known, title) != title) emit headerDataChanged(Qt::Horizontal, column, column);
}

int TextTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int TextTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant TextTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const TextRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return row.cells.value(index.column());
        case Qt::ToolTipRole:
            return Qt::convertFromPlainText(row.tips.value(index.column(), row.cells.value(index.column())));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                Qt::Alignment((column(index.column()).right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
        case LevelRole:
            return static_cast<int>(row.level);
        case MarkedRole:
            return row.marked;
        case HeadingRole:
            return row.heading;
        case WeakRole:
            return row.weak;
        default:
            return {};
    }
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    if (role == Qt::DisplayRole) return column(section).title;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(column(section).right ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

}  // namespace cerebral::ui
