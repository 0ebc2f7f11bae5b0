#include "ui/widgets/run_table.h"

#include <QContextMenuEvent>
#include <QDataStream>
#include <QHeaderView>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <utility>

#include "ui/widgets/paint.h"
#include "ui/widgets/run_delegate.h"
#include "ui/widgets/table_header.h"

namespace cerebral::ui {
namespace {

constexpr double kRowHeight = 32;
constexpr double kSeparatorHeight = 24;
constexpr double kBranch = 168 + 12;
constexpr double kLeastReason = 100;
/// Around the tick box a click still means it.
constexpr int kMercy = 8;

}  // namespace

RunTable::RunTable(const Theme& theme, RunTableModel& model, QWidget* parent)
    : QTableView(parent), theme_(theme), model_(model), header_(new TableHeader(theme, this)) {
    setAccessibleName(QStringLiteral("Runs"));
    setHorizontalHeader(header_);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(theme_.px(kRowHeight));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setModel(&model_);
    setItemDelegate(new RunDelegate(theme_, *this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    verticalScrollBar()->setSingleStep(theme_.px(kRowHeight));

    header_->moveSection(header_->visualIndex(RunTableModel::Progress), header_->visualIndex(RunTableModel::Started));
    header_->hideSection(RunTableModel::State);
    header_->setCheckColumn(RunTableModel::Service);
    header_->setSortIndicator(RunTableModel::Started, Qt::DescendingOrder);
    setSortingEnabled(true);
    const std::pair<int, double> widths[] = {{RunTableModel::Service, 24 + 56 + 148 + 12},
                                             {RunTableModel::Branch, kBranch},
                                             {RunTableModel::Commit, 56 + 12},
                                             {RunTableModel::Trigger, 128 + 12},
                                             {RunTableModel::Progress, 80 + 12},
                                             {RunTableModel::Started, 64 + 12},
                                             {RunTableModel::Time, 48 + 12}};
    for (const auto& [column, width] : widths) setColumnWidth(column, theme_.px(width));

    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateHeaderCheck();
        emit ticksChanged();
    });
    connect(header_, &TableHeader::checkClicked, this, &RunTable::toggleAll);
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        if (const RunRow* row = model_.rowAt(index.row())) emit opened(row->uid);
    });
    connect(&model_, &QAbstractItemModel::layoutAboutToBeChanged, this,
            [this] { anchor_ = rowAtTop(verticalScrollBar()->value() > 0); });
    connect(&model_, &QAbstractItemModel::layoutChanged, this,
            [this](const auto&, QAbstractItemModel::LayoutChangeHint hint) {
                applyHeights(0, model_.rowCount() - 1);
                // Rows came in between; after sorting anew, the place stays instead.
                if (hint != QAbstractItemModel::VerticalSortHint) returnTo(anchor_);
            });
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] { currentChosen_ = false; });
    connect(&model_, &QAbstractItemModel::rowsRemoved, this, &RunTable::updateHeaderCheck);
    connect(&theme_, &Theme::changed, this, [this, scale = theme_.fontScale()]() mutable {
        const double grown = theme_.fontScale() / std::exchange(scale, theme_.fontScale());
        for (int column = 0; grown != 1 && column < model_.columnCount(); ++column) {
            // The last one takes what the others leave.
            if (column == RunTableModel::Reason) continue;
            // Only what is shown has a width; what is hidden now keeps its share for the time it is shown again.
            const bool hidden = isColumnHidden(column);
            setColumnHidden(column, false);
            setColumnWidth(column, qRound(columnWidth(column) * grown));
            setColumnHidden(column, hidden);
        }
        applyColumns();
        verticalHeader()->setDefaultSectionSize(theme_.px(kRowHeight));
        applyHeights(0, model_.rowCount() - 1);
        viewport()->update();
    });
    applyHeights(0, model_.rowCount() - 1);
}

void RunTable::applyHeights(int first, int last) {
    for (int row = first; row <= last; ++row) {
        const int wanted = theme_.px(model_.rowAt(row) == nullptr ? kSeparatorHeight : kRowHeight);
        if (verticalHeader()->sectionSize(row) != wanted) verticalHeader()->resizeSection(row, wanted);
    }
}

void RunTable::rowsInserted(const QModelIndex& parent, int start, int end) {
    const int scrolled = verticalScrollBar()->value();
    const int anchor = scrolled > 0 ? rowAt(0) : -1;
    const int offset = anchor >= 0 ? rowViewportPosition(anchor) : 0;
    QTableView::rowsInserted(parent, start, end);
    applyHeights(start, end);
    if (anchor < 0 || start > anchor) return;
    updateGeometries();
    verticalScrollBar()->setValue(verticalHeader()->sectionPosition(anchor + end - start + 1) - offset);
}

RunTable::Anchor RunTable::rowAtTop(bool scrolled) const {
    int row = scrolled ? rowAt(0) : -1;
    while (row >= 0 && row < model_.rowCount() && model_.rowAt(row) == nullptr) ++row;
    const RunRow* run = model_.rowAt(row);
    return {run, run != nullptr ? rowViewportPosition(row) : 0};
}

void RunTable::returnTo(const Anchor& anchor) {
    const int row = model_.indexOf(anchor.run);
    if (row < 0) return;
    updateGeometries();
    verticalScrollBar()->setValue(verticalHeader()->sectionPosition(row) - anchor.position);
}

const RunRow* RunTable::currentRun() const {
    return currentChosen_ ? model_.rowAt(currentIndex().row()) : nullptr;
}

std::vector<const RunRow*> RunTable::tickedRuns() const {
    std::vector<const RunRow*> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows()) {
        if (const RunRow* row = model_.rowAt(index.row())) rows.push_back(row);
    }
    return rows;
}

void RunTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    laidOut_ = true;
    applyColumns();
}

void RunTable::clearTicks() {
    selectionModel()->clearSelection();
}

void RunTable::makeCurrent(const RunRow* row) {
    const int at = model_.indexOf(row);
    if (at < 0) return;
    currentChosen_ = true;
    selectionModel()->setCurrentIndex(model_.index(at, 0), QItemSelectionModel::NoUpdate);
    scrollTo(model_.index(at, 0));
    viewport()->update();
}

void RunTable::toggleAll() {
    if (selectionModel()->hasSelection()) {
        clearTicks();
    } else {
        selectAll();
    }
}

void RunTable::updateHeaderCheck() {
    const auto ticked = selectionModel()->selectedRows().size();
    header_->setCheckState(ticked == 0                    ? Qt::Unchecked
                           : ticked >= model_.shownRuns() ? Qt::Checked
                                                          : Qt::PartiallyChecked);
    header_->viewport()->update();
}

QItemSelectionModel::SelectionFlags RunTable::selectionCommand(const QModelIndex& index, const QEvent* event) const {
    constexpr auto kToggle = QItemSelectionModel::Toggle | QItemSelectionModel::Rows;
    if (!index.isValid() || model_.rowAt(index.row()) == nullptr) return QItemSelectionModel::NoUpdate;
    if (event == nullptr) return QItemSelectionModel::NoUpdate;
    if (event->type() == QEvent::MouseButtonPress) {
        const auto* mouse = static_cast<const QMouseEvent*>(event);
        if (mouse->button() != Qt::LeftButton) return QItemSelectionModel::NoUpdate;
        const double x = mouse->position().x() - columnViewportPosition(RunTableModel::Service);
        const CheckColumn places(theme_);
        if (x >= places.box - kMercy && x <= places.glyph - kMercy / 2.0) return kToggle;
        if (mouse->modifiers() & Qt::ControlModifier) return kToggle;
        if (mouse->modifiers() & Qt::ShiftModifier)
            return QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows;
        return QItemSelectionModel::NoUpdate;
    }
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<const QKeyEvent*>(event);
        if (key->modifiers() & Qt::ShiftModifier)
            return QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows;
    }
    return QItemSelectionModel::NoUpdate;
}

void RunTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    viewport()->update();
    emit currentRunChanged();
}

void RunTable::setHovered(int row) {
    if (row == hovered_) return;
    hovered_ = row;
    viewport()->update();
}

void RunTable::mouseMoveEvent(QMouseEvent* event) {
    setHovered(rowAt(static_cast<int>(event->position().y())));
    QTableView::mouseMoveEvent(event);
}

void RunTable::mousePressEvent(QMouseEvent* event) {
    if (model_.rowAt(rowAt(static_cast<int>(event->position().y()))) != nullptr) currentChosen_ = true;
    QTableView::mousePressEvent(event);
}

void RunTable::leaveEvent(QEvent* event) {
    setHovered(-1);
    QTableView::leaveEvent(event);
}

void RunTable::keyPressEvent(QKeyEvent* event) {
    const bool letters = event->modifiers() == Qt::NoModifier;
    int key = event->key();
    if (letters && key == Qt::Key_J) key = Qt::Key_Down;
    if (letters && key == Qt::Key_K) key = Qt::Key_Up;
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        if (const RunRow* row = currentRun()) emit opened(row->uid);
        return;
    }
    if (letters && key == Qt::Key_T && currentRun() != nullptr) {
        selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        return;
    }
    if (key == Qt::Key_Space || key == Qt::Key_Escape ||
        (letters && event->text().size() == 1 && event->text()[0].isLetter())) {
        if (key == event->key()) {
            event->ignore();
            return;
        }
    }
    const bool moves = key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_Home || key == Qt::Key_End ||
                       key == Qt::Key_PageDown || key == Qt::Key_PageUp;
    if (moves && !currentChosen_ && model_.shownRuns() > 0) {
        currentChosen_ = true;
        int first = 0;
        while (model_.rowAt(first) == nullptr) ++first;
        selectionModel()->setCurrentIndex(model_.index(first, 0), QItemSelectionModel::NoUpdate);
        return;
    }
    // Everything else is the window's: the view would search by letters and copy a cell.
    if (!moves && !event->matches(QKeySequence::SelectAll)) {
        event->ignore();
        return;
    }
    if (key == event->key()) {
        QTableView::keyPressEvent(event);
        return;
    }
    QKeyEvent translated(event->type(), key, event->modifiers());
    QTableView::keyPressEvent(&translated);
}

void RunTable::contextMenuEvent(QContextMenuEvent* event) {
    if (currentRun() != nullptr) emit contextMenuWanted(event->globalPos());
}

void RunTable::setNarrow(bool narrow) {
    narrow_ = narrow;
    applyColumns();
}

void RunTable::setColumnWanted(int column, bool wanted) {
    if (wanted) {
        unwanted_.remove(column);
    } else {
        unwanted_.insert(column);
    }
    applyColumns();
}

bool RunTable::isCrowded() const {
    // Without Branch, then: why a run failed stays in sight.
    int taken = theme_.px(kLeastReason);
    for (const int column : {RunTableModel::Service, RunTableModel::Branch, RunTableModel::Commit,
                             RunTableModel::Progress, RunTableModel::Time}) {
        if (!columnWanted(column)) continue;
        // What is hidden has no width; and a Branch that somebody has made wide is meant to be seen.
        taken += column == RunTableModel::Branch ? theme_.px(kBranch) : columnWidth(column);
    }
    return laidOut_ && narrow_ && columnWanted(RunTableModel::Reason) && taken > viewport()->width();
}

void RunTable::applyColumns() {
    const bool crowdedOut = isCrowded();
    for (int column = 0; column < model_.columnCount(); ++column) {
        const bool crowded = (narrow_ && (column == RunTableModel::Trigger || column == RunTableModel::Started)) ||
                             (crowdedOut && column == RunTableModel::Branch);
        setColumnHidden(column, column == RunTableModel::State || crowded || !columnWanted(column));
    }
}

QByteArray RunTable::saveColumns() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << header_->saveState() << unwanted_;
    return state;
}

void RunTable::restoreColumns(const QByteArray& state) {
    QByteArray header;
    QDataStream stream(state);
    stream >> header >> unwanted_;
    if (stream.status() != QDataStream::Ok || !header_->restoreState(header)) unwanted_.clear();
    unwanted_.remove(RunTableModel::Service);
    applyColumns();
}

void RunTable::paintEvent(QPaintEvent* event) {
    {
        QPainter p(viewport());
        p.fillRect(event->rect(), theme_.colors().bgCanvas);
    }
    QTableView::paintEvent(event);
    // The day's name runs across all columns.
    QPainter p(viewport());
    const int first = rowAt(0);
    if (first < 0) return;
    for (int row = first; row < model_.rowCount() && rowViewportPosition(row) < viewport()->height(); ++row) {
        if (model_.rowAt(row) != nullptr) continue;
        const QRectF box(24, rowViewportPosition(row), viewport()->width() - 48, rowHeight(row) - 1);
        drawText(p, box, theme_.fonts().smallStrong, theme_.colors().text3,
                 model_.index(row, RunTableModel::Service).data(Qt::DisplayRole).toString());
    }
}

}  // namespace cerebral::ui
