#pragma once
/// @file RunTableModel: the runs of a RunSet as a filtered, sorted table with day separators.
///
/// Filter and sort live here rather than in a QSortFilterProxyModel: a batch of changes is placed by
/// binary search on stored keys, as spans of inserted, removed and changed rows. Measured on 10,000
/// rows, a proxy sorts the whole table for each span. The model resets only with `RunSet::cleared`.
///
/// Separators exist while sorted by start: rows without flags whose first cell names the day.

#include <QAbstractTableModel>
#include <QSet>
#include <vector>

#include "core/base/clock.h"
#include "ui/models/local_days.h"
#include "ui/models/run_filter.h"
#include "ui/models/run_set.h"

namespace cerebral::ui {

class RunTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// What never changes comes first, so that a change of state touches one range of columns.
    enum Column : int { Service, Branch, Commit, Trigger, Started, State, Progress, Time, Reason, ColumnCount };
    enum Role : int {
        RowRole = Qt::UserRole,  ///< const RunRow*, null for a separator
        SeparatorRole,           ///< bool
    };

    /// Both must outlive the model.
    RunTableModel(RunSet& runs, const Clock& clock, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    void sort(int column, Qt::SortOrder order) override;

    void setFilter(const RunFilter& filter);
    [[nodiscard]] const RunFilter& filter() const noexcept { return filter_; }
    /// Once a second: what runs has grown older.
    void tick();
    /// The connection is lost: what ran may run no longer.
    /// `sinceMs`: when it was seen last; times stand still there.
    void setHeld(bool held, qint64 sinceMs = 0);
    [[nodiscard]] bool held() const noexcept { return held_; }

    [[nodiscard]] const RunRow* rowAt(int row) const;
    [[nodiscard]] int indexOf(const RunRow* row) const;
    [[nodiscard]] int shownRuns() const noexcept { return shown_; }
    [[nodiscard]] const RunSet& runs() const noexcept { return runs_; }
    /// Now, or the last moment that was seen.
    [[nodiscard]] qint64 nowMs() const;

private:
    struct Entry {
        const RunRow* row = nullptr;  ///< null: separator
        qint64 day = 0;
        qint64 number = 0;
        QString text;
        qint64 created = 0;
    };

    [[nodiscard]] Entry entryFor(const RunRow& row);
    [[nodiscard]] bool before(const Entry& a, const Entry& b) const;
    [[nodiscard]] bool separated() const noexcept { return sortColumn_ == Started; }
    void apply(const RunBatch& batch);
    void applyUpdates(const std::vector<const RunRow*>& updated, std::vector<Entry>& toInsert);
    void reset();
    void removeAt(int first, int last);
    void removeMissing(const QSet<const RunRow*>& gone);
    void insert(std::vector<Entry> entries);
    /// Into how many gaps of what is shown sorted `entries` would go.
    [[nodiscard]] std::size_t gapsFor(const std::vector<Entry>& entries) const;
    /// Adds sorted `entries` behind the others, then brings all into order: a change of layout, no reset.
    void merge(std::vector<Entry> entries);
    template <class Arrange>
    void rearrange(LayoutChangeHint hint, Arrange arrange);
    void moveTo(int from, const Entry& entry);
    void emitChanged(const QSet<const RunRow*>& rows, Column first, Column last);
    [[nodiscard]] QString text(const RunRow& row, int column) const;
    [[nodiscard]] QString tip(const RunRow& row, int column) const;

    RunSet& runs_;
    const Clock& clock_;
    std::vector<Entry> entries_;
    QHash<qint64, int> perDay_;
    LocalDays days_;
    RunFilter filter_;
    int sortColumn_ = Started;
    Qt::SortOrder sortOrder_ = Qt::DescendingOrder;
    int shown_ = 0;
    bool held_ = false;
    qint64 heldSinceMs_ = 0;
    qint64 tickedMs_ = 0;
};

}  // namespace cerebral::ui

Q_DECLARE_METATYPE(const cerebral::ui::RunRow*)
