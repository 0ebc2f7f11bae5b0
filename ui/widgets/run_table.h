#pragma once
/// @file RunTable: the table of runs.
///
/// A plain click or arrow makes a row current; ticks are made with the box, Ctrl or Shift. Selection,
/// scroll position and current row stay with the run, not with the row number. When rows arrive above
/// while the list is scrolled away from the top, what is on screen does not move.

#include <QSet>
#include <QTableView>

#include "ui/models/run_table_model.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

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

    /// Hides what matters least first.
    void setNarrow(bool narrow);

    /// Somebody wants to see it; a narrow window may hide it all the same.
    [[nodiscard]] bool columnWanted(int column) const { return !unwanted_.contains(column); }
    void setColumnWanted(int column, bool wanted);
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

signals:
    void opened(const QString& uid);
    void currentRunChanged();
    void ticksChanged();
    void contextMenuWanted(const QPoint& globalPos);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index,
                                                         const QEvent* event) const override;

private:
    void applyColumns();
    [[nodiscard]] bool isCrowded() const;
    /// The uppermost run and where it stands; no run when the table is not scrolled.
    struct Anchor {
        const RunRow* run = nullptr;
        int position = 0;
    };
    [[nodiscard]] Anchor rowAtTop(bool scrolled) const;
    void returnTo(const Anchor& anchor);
    void applyHeights(int first, int last);
    void setHovered(int row);
    void updateHeaderCheck();
    void toggleAll();

    const Theme& theme_;
    RunTableModel& model_;
    bool narrow_ = false;
    bool laidOut_ = false;  ///< before it is shown its width says nothing
    QSet<int> unwanted_;    ///< columns somebody has hidden
    TableHeader* header_;
    Anchor anchor_;  ///< while the layout changes
    int hovered_ = -1;
    bool currentChosen_ = false;
};

}  // namespace cerebral::ui
