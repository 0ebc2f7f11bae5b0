#include "ui/models/run_table_model.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

/// Each span of inserted rows costs every view some work; more gaps than these are filled in one go.
constexpr std::size_t kMostSpans = 48;
/// Ticks come each second while the rows are shown.
constexpr qint64 kMostBetweenTicksMs = 1500;

}  // namespace

RunTableModel::RunTableModel(RunSet& runs, const Clock& clock, QObject* parent)
    : QAbstractTableModel(parent), runs_(runs), clock_(clock) {
    connect(&runs_, &RunSet::changed, this, &RunTableModel::apply);
    connect(&runs_, &RunSet::cleared, this, &RunTableModel::reset);
    RunBatch present;
    runs_.forEach([&](const RunRow& row) { present.added.push_back(&row); });
    apply(present);
}

// ---- shape --------------------------------------------------------------------------------------

int RunTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(entries_.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const {
    return rowAt(index.row()) != nullptr ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                                         : Qt::NoItemFlags;
}

const RunRow* RunTableModel::rowAt(int row) const {
    return row >= 0 && row < rowCount() ? entries_[static_cast<std::size_t>(row)].row : nullptr;
}

int RunTableModel::indexOf(const RunRow* row) const {
    const auto it = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.row == row; });
    return row == nullptr || it == entries_.end() ? -1 : static_cast<int>(it - entries_.begin());
}

qint64 RunTableModel::nowMs() const {
    if (held_ && heldSinceMs_ != 0) return heldSinceMs_;
    // Between two ticks all that is painted, whenever that is, says the second of the last one.
    const qint64 now = toMillis(clock_.now());
    return now >= tickedMs_ && now - tickedMs_ < kMostBetweenTicksMs ? tickedMs_ : now;
}

// ---- order --------------------------------------------------------------------------------------

RunTableModel::Entry RunTableModel::entryFor(const RunRow& row) {
    Entry entry;
    entry.row = &row;
    entry.created = row.createdMs;
    switch (sortColumn_) {
        case Started:
            entry.day = days_.julianDay(row.createdMs);
            break;
        case State:
            entry.number = static_cast<qint64>(row.state);
            break;
        // What runs sorts by its start: a key that ticks would move rows every second.
        case Time:
            entry.number = row.finished() ? row.durationMs(0) : row.startedMs;
            break;
        case Progress:
            entry.number = std::count(row.cells.begin(), row.cells.end(), CellState::Done);
            break;
        default:
            entry.text = text(row, sortColumn_);
    }
    return entry;
}

bool RunTableModel::before(const Entry& a, const Entry& b) const {
    const bool descending = sortOrder_ == Qt::DescendingOrder;
    if (a.day != b.day) return descending ? a.day > b.day : a.day < b.day;
    if ((a.row == nullptr) != (b.row == nullptr)) return a.row == nullptr;
    if (a.row == nullptr) return false;
    if (a.number != b.number) return descending ? a.number > b.number : a.number < b.number;
    if (!a.text.isEmpty() || !b.text.isEmpty()) {
        const int order = a.text.compare(b.text, Qt::CaseInsensitive);
        if (order != 0) return descending ? order > 0 : order < 0;
    }
    const bool newestFirst = separated() ? descending : true;
    if (a.created != b.created) return newestFirst ? a.created > b.created : a.created < b.created;
    return a.row->uid < b.row->uid;
}

template <class Arrange>
void RunTableModel::rearrange(LayoutChangeHint hint, Arrange arrange) {
    emit layoutAboutToBeChanged({}, hint);
    const QModelIndexList held = persistentIndexList();
    std::vector<std::pair<const RunRow*, qint64>> heldRows;  // separators by their day
    heldRows.reserve(static_cast<std::size_t>(held.size()));
    for (const QModelIndex& index : held) {
        const Entry& entry = entries_[static_cast<std::size_t>(index.row())];
        heldRows.emplace_back(entry.row, entry.row == nullptr ? entry.day : 0);
    }
    arrange();
    if (!held.isEmpty()) {
        QHash<std::pair<const RunRow*, qint64>, int> positions;
        positions.reserve(rowCount());
        for (int row = 0; row < rowCount(); ++row) {
            const Entry& entry = entries_[static_cast<std::size_t>(row)];
            positions.insert({entry.row, entry.row == nullptr ? entry.day : 0}, row);
        }
        QModelIndexList moved;
        for (qsizetype i = 0; i < held.size(); ++i) {
            moved.append(index(positions.value(heldRows[static_cast<std::size_t>(i)], -1), held[i].column()));
        }
        changePersistentIndexList(held, moved);
    }
    emit layoutChanged({}, hint);
}

void RunTableModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= ColumnCount || (column == sortColumn_ && order == sortOrder_)) return;
    if (separated()) {
        for (int row = rowCount() - 1; row >= 0; --row) {
            if (rowAt(row) == nullptr) {
                beginRemoveRows({}, row, row);
                entries_.erase(entries_.begin() + row);
                endRemoveRows();
            }
        }
        perDay_.clear();
    }
    days_.forget();
    rearrange(QAbstractItemModel::VerticalSortHint, [&] {
        sortColumn_ = column;
        sortOrder_ = order;
        for (Entry& entry : entries_) entry = entryFor(*entry.row);
        std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) { return before(a, b); });
    });
    if (!separated()) return;
    std::vector<Entry> separators;
    for (const Entry& entry : entries_) {
        if (perDay_[entry.day]++ == 0) separators.push_back({nullptr, entry.day, 0, {}, 0});
    }
    insert(std::move(separators));
}

// ---- changes ------------------------------------------------------------------------------------

void RunTableModel::removeAt(int first, int last) {
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        const Entry& entry = entries_[static_cast<std::size_t>(row)];
        if (entry.row != nullptr) --shown_;
        if (entry.row != nullptr && separated()) --perDay_[entry.day];
    }
    entries_.erase(entries_.begin() + first, entries_.begin() + last + 1);
    endRemoveRows();
}

void RunTableModel::removeMissing(const QSet<const RunRow*>& gone) {
    if (gone.isEmpty()) return;
    // A separator goes with the last run of its day.
    QHash<qint64, int> leaving;
    if (separated()) {
        for (const Entry& entry : entries_) {
            if (entry.row != nullptr && gone.contains(entry.row)) ++leaving[entry.day];
        }
    }
    const auto goes = [&](const Entry& entry) {
        if (entry.row != nullptr) return gone.contains(entry.row);
        return leaving.value(entry.day) > 0 && perDay_.value(entry.day) == leaving.value(entry.day);
    };
    std::vector<std::pair<int, int>> spans;
    for (int row = 0; row < rowCount(); ++row) {
        if (!goes(entries_[static_cast<std::size_t>(row)])) continue;
        if (!spans.empty() && spans.back().second == row - 1) {
            spans.back().second = row;
        } else {
            spans.emplace_back(row, row);
        }
    }
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) removeAt(span->first, span->second);
}

void RunTableModel::insert(std::vector<Entry> entries) {
    const auto less = [this](const Entry& a, const Entry& b) { return before(a, b); };
    if (separated()) {
        const std::size_t runs = entries.size();
        for (std::size_t i = 0; i < runs; ++i) {
            const qint64 day = entries[i].day;
            if (entries[i].row != nullptr && perDay_[day]++ == 0) entries.push_back({nullptr, day, 0, {}, 0});
        }
    }
    std::sort(entries.begin(), entries.end(), less);
    if (gapsFor(entries) > kMostSpans) return merge(std::move(entries));
    // From the end, so that positions found earlier stay true; what lands in one gap is one span.
    auto end = entries.end();
    while (end != entries.begin()) {
        const auto at = std::upper_bound(entries_.begin(), entries_.end(), *std::prev(end), less);
        auto begin = std::prev(end);
        while (begin != entries.begin() && (at == entries_.begin() || !less(*std::prev(begin), *std::prev(at)))) {
            --begin;
        }
        const int first = static_cast<int>(at - entries_.begin());
        beginInsertRows({}, first, first + static_cast<int>(end - begin) - 1);
        shown_ += static_cast<int>(std::count_if(begin, end, [](const Entry& e) { return e.row != nullptr; }));
        entries_.insert(at, begin, end);
        endInsertRows();
        end = begin;
    }
}

std::size_t RunTableModel::gapsFor(const std::vector<Entry>& entries) const {
    const auto less = [this](const Entry& a, const Entry& b) { return before(a, b); };
    std::size_t gaps = 0;
    auto at = entries_.begin();
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        const auto next = std::upper_bound(at, entries_.end(), *entry, less);
        if (next != at || entry == entries.begin()) ++gaps;
        at = next;
    }
    return gaps;
}

void RunTableModel::merge(std::vector<Entry> entries) {
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    shown_ += static_cast<int>(
        std::count_if(entries.begin(), entries.end(), [](const Entry& entry) { return entry.row != nullptr; }));
    entries_.insert(entries_.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    endInsertRows();
    rearrange(QAbstractItemModel::NoLayoutChangeHint, [&] {
        std::inplace_merge(entries_.begin(), entries_.begin() + first, entries_.end(),
                           [this](const Entry& a, const Entry& b) { return before(a, b); });
    });
}

void RunTableModel::moveTo(int from, const Entry& entry) {
    const auto less = [this](const Entry& a, const Entry& b) { return before(a, b); };
    // The stored keys are sorted with the old key in place, so the search may skip over it.
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), entry, less);
    const int to = static_cast<int>(at - entries_.begin());
    if (to == from || to == from + 1) {
        entries_[static_cast<std::size_t>(from)] = entry;
        return;
    }
    beginMoveRows({}, from, from, {}, to);
    entries_.erase(entries_.begin() + from);
    entries_.insert(entries_.begin() + (to > from ? to - 1 : to), entry);
    endMoveRows();
}

void RunTableModel::applyUpdates(const std::vector<const RunRow*>& updated, std::vector<Entry>& toInsert) {
    QHash<const RunRow*, int> positions;
    const QSet<const RunRow*> wanted(updated.begin(), updated.end());
    for (int row = 0; row < rowCount() && !updated.empty(); ++row) {
        const RunRow* held = rowAt(row);
        if (held != nullptr && wanted.contains(held)) positions.insert(held, row);
    }
    QSet<const RunRow*> leaving;
    QSet<const RunRow*> staying;
    std::vector<const RunRow*> moving;
    for (const RunRow* row : updated) {
        const bool accepted = filter_.accepts(*row);
        const auto position = positions.constFind(row);
        if (position == positions.cend()) {
            if (accepted) toInsert.push_back(entryFor(*row));
        } else if (!accepted) {
            leaving.insert(row);
        } else {
            staying.insert(row);
            const Entry& held = entries_[static_cast<std::size_t>(*position)];
            const Entry fresh = entryFor(*row);
            if (fresh.number != held.number || fresh.text != held.text) moving.push_back(row);
        }
    }
    removeMissing(leaving);
    for (const RunRow* row : moving) moveTo(indexOf(row), entryFor(*row));
    emitChanged(staying, Service, Reason);
}

void RunTableModel::apply(const RunBatch& batch) {
    days_.forget();
    removeMissing(QSet<const RunRow*>(batch.removed.begin(), batch.removed.end()));
    std::vector<Entry> toInsert;
    applyUpdates(batch.updated, toInsert);
    for (const RunRow* row : batch.added) {
        if (filter_.accepts(*row)) toInsert.push_back(entryFor(*row));
    }
    insert(std::move(toInsert));
}

void RunTableModel::setFilter(const RunFilter& filter) {
    filter_ = filter;
    days_.forget();
    QSet<const RunRow*> gone;
    QSet<const RunRow*> present;
    for (const Entry& entry : entries_) {
        if (entry.row == nullptr) continue;
        present.insert(entry.row);
        if (!filter_.accepts(*entry.row)) gone.insert(entry.row);
    }
    removeMissing(gone);
    std::vector<Entry> toInsert;
    runs_.forEach([&](const RunRow& row) {
        if (!present.contains(&row) && filter_.accepts(row)) toInsert.push_back(entryFor(row));
    });
    insert(std::move(toInsert));
}

void RunTableModel::reset() {
    beginResetModel();
    entries_.clear();
    perDay_.clear();
    shown_ = 0;
    endResetModel();
}

void RunTableModel::emitChanged(const QSet<const RunRow*>& rows, Column first, Column last) {
    if (rows.isEmpty()) return;
    int start = -1;
    const auto close = [&](int end) {
        if (start >= 0) emit dataChanged(index(start, first), index(end, last));
        start = -1;
    };
    for (int row = 0; row < rowCount(); ++row) {
        if (rows.contains(rowAt(row)) && rowAt(row) != nullptr) {
            if (start < 0) start = row;
        } else {
            close(row - 1);
        }
    }
    close(rowCount() - 1);
}

void RunTableModel::tick() {
    tickedMs_ = toMillis(clock_.now());
    QSet<const RunRow*> running;
    for (const Entry& entry : entries_) {
        if (entry.row != nullptr && !entry.row->finished()) running.insert(entry.row);
    }
    emitChanged(running, State, Reason);
}

void RunTableModel::setHeld(bool held, qint64 sinceMs) {
    if (held == held_ && sinceMs == heldSinceMs_) return;
    held_ = held;
    heldSinceMs_ = sinceMs;
    tick();
}

}  // namespace cerebral::ui
