#include "ui/widgets/run_table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <utility>

#include "ui/widgets/new_rows_bar.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/rows_edge.h"
#include "ui/widgets/run_columns.h"
#include "ui/widgets/run_delegate.h"
#include "ui/widgets/table_header.h"

namespace cerebral::ui {
namespace {

constexpr double kRowHeight = 32;
constexpr double kSeparatorHeight = 24;
/// Around the tick box a click still means it.
constexpr int kMercy = 8;

}  // namespace

RunTable::RunTable(const Theme& theme, RunTableModel& model, QWidget* parent)
    : QTableView(parent),
      theme_(theme),
      model_(model),
      header_(new TableHeader(theme, this)),
      newRows_(new NewRowsBar(theme, *this, *header_)) {
    setAccessibleName(QStringLiteral("Runs"));
    setHorizontalHeader(header_);
    layBarOverRows(*this);
    connect(newRows_, &NewRowsBar::rowsMoved, this, [this](int pixels) {
        // The rows stand where they stood.
        const bool before = std::exchange(returning_, true);
        verticalScrollBar()->setValue(verticalScrollBar()->value() + pixels);
        returning_ = before;
    });
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
    columns_ = new RunColumns(theme_, *this);
    connect(header_, &QHeaderView::sortIndicatorChanged, columns_, &RunColumns::fit);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateHeaderCheck();
        emit ticksChanged();
    });
    connect(header_, &TableHeader::checkClicked, this, &RunTable::toggleAll);
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        if (const RunRow* row = model_.rowAt(index.row())) emit opened(row->uid);
    });
    connect(&model_, &QAbstractItemModel::layoutAboutToBeChanged, this, [this] { anchor_ = anchorNow(); });
    connect(&model_, &QAbstractItemModel::layoutChanged, this,
            [this](const auto&, QAbstractItemModel::LayoutChangeHint hint) {
                applyHeights(0, model_.rowCount() - 1);
                // Rows came in between; after sorting anew, the place stays instead.
                if (hint != QAbstractItemModel::VerticalSortHint) returnTo(anchor_);
            });
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
        currentChosen_ = false;
        emit currentRunChanged();
    });
    connect(&model_, &QAbstractItemModel::rowsRemoved, this, [this] {
        updateHeaderCheck();
        // What the filter hides is not announced.
        if (newRows_->count() > 0) countNew();
    });
    // What came after all were ticked is not ticked.
    const auto came = [this] {
        if (selectionModel()->hasSelection()) updateHeaderCheck();
    };
    connect(&model_, &QAbstractItemModel::rowsInserted, this, came);
    connect(&model_, &QAbstractItemModel::layoutChanged, this, came);
    connect(&theme_, &Theme::changed, this, [this] {
        const bool seen = currentInSight(viewport()->height());
        verticalHeader()->setDefaultSectionSize(theme_.px(kRowHeight));
        applyHeights(0, model_.rowCount() - 1);
        if (seen) scrollTo(currentIndex());
        viewport()->update();
    });
    applyHeights(0, model_.rowCount() - 1);
    noteNewest(0, model_.rowCount() - 1);
}

void RunTable::applyHeights(int first, int last) {
    for (int row = first; row <= last; ++row) {
        const int wanted = theme_.px(model_.rowAt(row) == nullptr ? kSeparatorHeight : kRowHeight);
        if (verticalHeader()->sectionSize(row) != wanted) verticalHeader()->resizeSection(row, wanted);
    }
}

// ---- what does not move --------------------------------------------------------------------------

RunTable::Anchor RunTable::anchorNow() const {
    if (verticalScrollBar()->value() == 0 && !pointerIn_) return {};
    for (int row = rowAt(0); row >= 0 && row < model_.rowCount(); ++row) {
        if (const RunRow* run = model_.rowAt(row)) return {run, rowViewportPosition(row)};
    }
    return {};
}

void RunTable::returnTo(const Anchor& anchor) {
    const int row = model_.indexOf(anchor.run);
    if (row < 0) return;
    updateGeometries();
    const bool atTop = verticalScrollBar()->value() == 0;
    const bool before = std::exchange(returning_, true);
    verticalScrollBar()->setValue(verticalHeader()->sectionPosition(row) - anchor.position);
    returning_ = before;
    if (atTop && verticalScrollBar()->value() > 0) heldForPointer_ = true;
}

void RunTable::rowsInserted(const QModelIndex& parent, int start, int end) {
    // The view still counts rows as they were.
    const int count = end - start + 1;
    const auto runAt = [&](int row) { return model_.rowAt(row < start ? row : row + count); };
    int row = verticalScrollBar()->value() > 0 || pointerIn_ ? rowAt(0) : -1;
    while (row >= 0 && row < model_.rowCount() - count && runAt(row) == nullptr) ++row;
    const Anchor anchor{row < 0 ? nullptr : runAt(row), row < 0 ? 0 : rowViewportPosition(row)};
    QTableView::rowsInserted(parent, start, end);
    applyHeights(start, end);
    if (model_.indexOf(anchor.run) > end) {
        returnTo(anchor);
        if (hovered_ >= start) hovered_ += count;
    }
    noteNewest(start, end);
}

void RunTable::noteNewest(int first, int last) {
    for (int row = first; row <= last; ++row) {
        if (const RunRow* run = model_.rowAt(row)) newestMs_ = std::max(newestMs_, run->createdMs);
    }
    countNew();
}

void RunTable::countNew() {
    const bool newestFirst = header_->sortIndicatorSection() == RunTableModel::Started &&
                             header_->sortIndicatorOrder() == Qt::DescendingOrder;
    if (verticalScrollBar()->value() == 0) {
        newestSeenMs_ = newestMs_;
    } else if (newestFirst) {
        int count = 0;
        for (int row = rowAt(0); row >= 0; --row) {
            if (rowViewportPosition(row) >= 0) continue;
            const RunRow* run = model_.rowAt(row);
            count += run != nullptr && run->createdMs > newestSeenMs_ ? 1 : 0;
        }
        newRows_->setCount(count);
    }
}

void RunTable::verticalScrollbarValueChanged(int value) {
    QTableView::verticalScrollbarValueChanged(value);
    if (!returning_) heldForPointer_ = false;
    if (value > 0) return;
    newestSeenMs_ = newestMs_;
    newRows_->setCount(0);
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
    const bool seen = currentInSight(event->oldSize().height());
    QTableView::resizeEvent(event);
    if (seen) scrollTo(currentIndex());
    // As with a scroll bar: nothing moves when it comes.
    columns_->setRoom(width() - verticalScrollBar()->sizeHint().width());
}

bool RunTable::currentInSight(int height) const {
    if (currentRun() == nullptr) return false;
    const int top = rowViewportPosition(currentIndex().row());
    return top + rowHeight(currentIndex().row()) > 0 && top < height;
}

void RunTable::clearTicks() {
    selectionModel()->clearSelection();
}

void RunTable::makeCurrent(const RunRow* row) {
    const int at = model_.indexOf(row);
    if (at < 0) return;
    choose();
    selectionModel()->setCurrentIndex(model_.index(at, 0), QItemSelectionModel::NoUpdate);
    scrollTo(model_.index(at, 0));
    viewport()->update();
}

void RunTable::showCurrent() {
    updateGeometries();
    scrollToTop();
    if (currentRun() == nullptr) return;
    const QModelIndex current = currentIndex();
    // With the day above it.
    if (current.row() > 0 && model_.rowAt(current.row() - 1) == nullptr)
        scrollTo(model_.index(current.row() - 1, current.column()));
    scrollTo(current);
}

void RunTable::choose() {
    if (!std::exchange(currentChosen_, true)) emit currentRunChanged();
}

void RunTable::chooseFirst() {
    if (model_.shownRuns() == 0) return;
    int first = 0;
    while (model_.rowAt(first) == nullptr) ++first;
    selectionModel()->setCurrentIndex(model_.index(first, 0), QItemSelectionModel::NoUpdate);
    choose();
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
    const bool onRun = model_.rowAt(rowAt(static_cast<int>(event->position().y()))) != nullptr;
    QTableView::mousePressEvent(event);
    if (onRun) choose();
}

void RunTable::enterEvent(QEnterEvent* event) {
    pointerIn_ = true;
    QTableView::enterEvent(event);
}

void RunTable::leaveEvent(QEvent* event) {
    pointerIn_ = false;
    setHovered(-1);
    if (heldForPointer_) scrollToTop();
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
    if (letters && key == Qt::Key_Space) {
        if (currentRun() == nullptr) chooseFirst();
        emit peekWanted();
        return;
    }
    const bool ticks =
        (letters && key == Qt::Key_T) || (event->modifiers() == Qt::ControlModifier && key == Qt::Key_Space);
    if (ticks && currentRun() != nullptr) {
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
        chooseFirst();
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
