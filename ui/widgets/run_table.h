#pragma once
/// @file RunTable: the table of runs.
///
/// A plain click or arrow makes a row current; ticks are made with the box, Ctrl or Shift, T or Ctrl+Space.
/// Selection, scroll position and current row stay with the run, not with the row number. When rows arrive above
/// while the list is scrolled away from the top or the pointer is in it, what is on screen does not move, and a bar
/// says how many are new.

#include <QTableView>

#include "ui/models/run_table_model.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class NewRowsBar;
class RunColumns;
class TableHeader;

class RunTable : public QTableView {
    Q_OBJECT
public:
    RunTable(const Theme& theme, RunTableModel& model, QWidget* parent = nullptr);

    [[nodiscard]] const RunTableModel& runModel() const noexcept { return model_; }
    [[nodiscard]] int hoveredRow() const noexcept { return hovered_; }
    /// The current row is marked once it was chosen, and while it stays.
    [[nodiscard]] bool showsCurrent() const noexcept { return currentChosen_; }
    [[nodiscard]] const RunRow* currentRun() const;
    [[nodiscard]] std::vector<const RunRow*> tickedRuns() const;
    void clearTicks();
    void makeCurrent(const RunRow* row);
    /// The current row, below its day; without one the first.
    void showCurrent();

    [[nodiscard]] RunColumns& columns() noexcept { return *columns_; }

signals:
    void opened(const QString& uid);
    /// Another row is the current one, or none is.
    void currentRunChanged();
    /// Space on the current row.
    void peekWanted();
    void ticksChanged();
    void contextMenuWanted(const QPoint& globalPos);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;
    void verticalScrollbarValueChanged(int value) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index,
                                                         const QEvent* event) const override;

private:
    /// The uppermost run and where it stands; no run where rows may move.
    struct Anchor {
        const RunRow* run = nullptr;
        int position = 0;
    };
    /// What must not move.
    [[nodiscard]] Anchor anchorNow() const;
    void returnTo(const Anchor& anchor);
    /// Some of the current row is, in so much of the height.
    [[nodiscard]] bool currentInSight(int height) const;
    void noteNewest(int first, int last);
    /// Above what is in sight, of the rows there are now: what a filter hides is not announced.
    void countNew();
    void applyHeights(int first, int last);
    void setHovered(int row);
    /// The current row counts from now on.
    void choose();
    void chooseFirst();
    void updateHeaderCheck();
    void toggleAll();

    const Theme& theme_;
    RunTableModel& model_;
    RunColumns* columns_ = nullptr;
    TableHeader* header_;
    Anchor anchor_;  ///< while the layout changes
    NewRowsBar* newRows_;
    qint64 newestMs_ = 0;      ///< creation of the newest run there is
    qint64 newestSeenMs_ = 0;  ///< of the newest one when the top was last in sight
    bool pointerIn_ = false;
    bool heldForPointer_ = false;  ///< away from the top only so that nothing moves under the pointer
    bool returning_ = false;
    int hovered_ = -1;
    bool currentChosen_ = false;
};

}  // namespace cerebral::ui
