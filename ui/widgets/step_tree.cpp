#include "ui/widgets/step_tree.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include "ui/theme/glyph.h"
#include "ui/theme/held.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/run_words.h"

namespace cerebral::ui {
namespace {

enum Role : int { KeyRole = Qt::UserRole, StatusRole, NoteRole, WeakRole };
constexpr int kRow = 28;
constexpr double kLeft = 10;  ///< of the arrow
constexpr double kRight = 12;
constexpr double kStep = 22;  ///< from arrow to glyph, from glyph to text

class RowHeight final : public QStyledItemDelegate {
public:
    RowHeight(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {80, theme_.px(kRow)}; }

private:
    const Theme& theme_;
};

}  // namespace

StepTree::StepTree(const Theme& theme, QWidget* parent) : QTreeWidget(parent), theme_(theme) {
    setAccessibleName(QStringLiteral("Steps"));
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setIndentation(0);
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new RowHeight(theme_, this));
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item != nullptr) emit keyChosen(item->data(0, KeyRole).toString());
    });
    connect(&theme_, &Theme::changed, this, [this] {
        const bool seen = currentInSight(viewport()->height());
        scheduleDelayedItemsLayout();
        if (seen) scrollTo(currentIndex());
        viewport()->update();
    });
}

bool StepTree::currentInSight(int height) const {
    const QRect row = visualRect(currentIndex());
    return row.isValid() && row.bottom() >= 0 && row.top() < height;
}

void StepTree::resizeEvent(QResizeEvent* event) {
    const bool seen = currentInSight(event->oldSize().height());
    QTreeWidget::resizeEvent(event);
    if (seen) scrollTo(currentIndex());
}

QString StepTree::taskKey(const QString& task) {
    return QStringLiteral("task:") + task;
}

QTreeWidgetItem* StepTree::itemFor(const QString& key) const {
    for (QTreeWidgetItemIterator it(const_cast<StepTree*>(this)); *it != nullptr; ++it) {
        if ((*it)->data(0, KeyRole).toString() == key) return *it;
    }
    return nullptr;
}

void StepTree::prune(QTreeWidgetItem& parent, const QStringList& wanted) {
    for (int at = parent.childCount() - 1; at >= 0; --at) {
        if (!wanted.contains(parent.child(at)->data(0, KeyRole).toString())) delete parent.takeChild(at);
    }
}

QTreeWidgetItem* StepTree::place(QTreeWidgetItem& parent, int at, const QString& key) {
    for (int known = at; known < parent.childCount(); ++known) {
        QTreeWidgetItem* item = parent.child(known);
        if (item->data(0, KeyRole).toString() != key) continue;
        if (known == at) return item;
        // Taken out and put back it forgets what it looked like.
        const bool expanded = item->isExpanded();
        QTreeWidgetItem* const current = currentItem();
        parent.insertChild(at, parent.takeChild(known));
        item->setExpanded(expanded);
        if (currentItem() != current) setCurrentItem(current);
        return item;
    }
    auto* item = new QTreeWidgetItem;
    item->setData(0, KeyRole, key);
    parent.insertChild(at, item);
    return item;
}

void StepTree::clearRun() {
    // Row by row: who follows the tree is never told to begin anew.
    const QSignalBlocker quiet(this);
    while (topLevelItemCount() > 0) delete takeTopLevelItem(topLevelItemCount() - 1);
    run_.clear();
}

void StepTree::setRun(const RunDetail& run) {
    const QSignalBlocker quiet(this);
    if (run_ != run.row.uid) clearRun();
    run_ = run.row.uid;
    QTreeWidgetItem& root = *invisibleRootItem();
    QStringList wanted{kWhole};
    for (const TaskDetail& task : run.tasks) wanted << taskKey(task.name);
    prune(root, wanted);
    QTreeWidgetItem* whole = place(root, 0, kWhole);
    whole->setText(0, QStringLiteral("All steps"));
    whole->setData(0, StatusRole, -1);
    int at = 1;
    for (const TaskDetail& task : run.tasks) {
        QTreeWidgetItem* parent = place(root, at++, taskKey(task.name));
        const bool fresh = parent->text(0).isEmpty();
        parent->setText(0, task.name);
        parent->setData(0, StatusRole, static_cast<int>(statusOf(task.state)));
        parent->setToolTip(0, plainTip(QStringLiteral("%1: %2").arg(task.name, taskWord(task.state))));
        const bool none = task.steps.empty() && task.earlier.empty();
        parent->setData(
            0, WeakRole,
            none && (task.state == tekton::TaskState::Skipped || task.state == tekton::TaskState::Waiting));
        parent->setData(0, NoteRole,
                        none && task.state == tekton::TaskState::Skipped ? QStringLiteral("skipped")
                        : none && run.row.finished() && task.state == tekton::TaskState::Waiting
                            ? QStringLiteral("not run")
                            : QString());
        QStringList steps;
        for (const StepDetail& step : task.earlier) steps << step.key();
        for (const StepDetail& step : task.steps) steps << step.key();
        prune(*parent, steps);
        int child = 0;
        for (const auto* attempt : {&task.earlier, &task.steps}) {
            for (const StepDetail& step : *attempt) {
                QTreeWidgetItem* item = place(*parent, child++, step.key());
                item->setText(0, step.title());
                item->setData(0, StatusRole, static_cast<int>(statusOf(step.state)));
                item->setToolTip(0, plainTip(QStringLiteral("%1: %2").arg(step.title(), stepWord(step.state))));
                const bool notRun = !step.hasLog() || step.state == tekton::StepState::Skipped;
                item->setData(0, WeakRole, notRun);
                if (notRun && run.row.finished()) item->setData(0, NoteRole, QStringLiteral("not run"));
                // Nothing would read as none.
                if (!notRun && item->data(0, NoteRole).toString().isEmpty())
                    item->setData(0, NoteRole, QStringLiteral("–"));
            }
        }
        if (fresh) parent->setExpanded(true);
    }
    viewport()->update();
}

void StepTree::setHeld(bool held) {
    held_ = held;
    viewport()->update();
}

void StepTree::setNote(const QString& key, const QString& note) {
    if (QTreeWidgetItem* item = itemFor(key)) item->setData(0, NoteRole, note);
}

void StepTree::selectKey(const QString& key) {
    const QSignalBlocker quiet(this);
    if (QTreeWidgetItem* item = itemFor(key)) {
        setCurrentItem(item);
        scrollToItem(item);
    }
    viewport()->update();
}

QString StepTree::selectedKey() const {
    return currentItem() == nullptr ? QString() : currentItem()->data(0, KeyRole).toString();
}

void StepTree::mousePressEvent(QMouseEvent* event) {
    QTreeWidgetItem* item = itemAt(event->pos());
    if (item != nullptr && item->childCount() > 0 && event->pos().x() < kLeft + theme_.px(kStep)) {
        item->setExpanded(!item->isExpanded());
        return;
    }
    QTreeWidget::mousePressEvent(event);
}

void StepTree::keyPressEvent(QKeyEvent* event) {
    // Letters are the page's; type-ahead would swallow them.
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space) {
        event->ignore();
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

bool StepTree::noteShown(const QString& key) const {
    QTreeWidgetItem* item = itemFor(key);
    return item != nullptr && !item->data(0, NoteRole).toString().isEmpty() && notesBeside(indexFromItem(item));
}

/// What the word of a row that did not run says its glyph does too: of the two the name is read whole. A count
/// nothing else tells.
bool StepTree::notesBeside(const QModelIndex& index) const {
    if (!index.data(WeakRole).toBool()) return true;
    const Fonts& f = theme_.fonts();
    const double room = viewport()->width() - kRight - kLeft - 2 * theme_.px(kStep);
    const double name = textWidth(index.parent().isValid() ? f.body : f.strong, index.data().toString());
    return name <= room - tabularWidth(f.small, index.data(NoteRole).toString()) - 8;
}

void StepTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QPainter& p = *painter;
    const Colors& c = theme_.colors();
    const QRectF row(0, option.rect.top(), viewport()->width(), option.rect.height());
    const bool current = index == currentIndex();
    const bool hover = indexAt(viewport()->mapFromGlobal(QCursor::pos())) == index && viewport()->underMouse();
    if (current) {
        p.fillRect(row, c.bgSelected);
        if (hasFocus()) p.fillRect(QRectF(0, row.top(), 2, row.height()), c.accent);
    } else if (hover) {
        p.fillRect(row, c.bgHover);
    }
    const bool child = index.parent().isValid();
    const bool weak = index.data(WeakRole).toBool();
    const double middle = row.center().y();
    double x = kLeft;
    if (!child && model()->hasChildren(index)) {
        theme_.icons().draw(p, markAt(theme_, x, middle, 16),
                            isExpanded(index) ? QStringLiteral("down") : QStringLiteral("right"), c.text2);
    }
    x += theme_.px(kStep);
    if (const int status = index.data(StatusRole).toInt(); status >= 0) {
        drawGlyph(p, markAt(theme_, x, middle, 14), shownAs(static_cast<Status>(status), held_), c,
                  {-1, current, current ? c.bgSelected : c.bgCanvas});
    } else {
        theme_.icons().draw(p, markAt(theme_, x - 1, middle, 16), QStringLiteral("lines"), c.text2);
    }
    x += theme_.px(kStep);
    const QString note = index.data(NoteRole).toString();
    const double right = row.width() - kRight;
    double room = right - x;
    const QFont& font = child ? theme_.fonts().body : theme_.fonts().strong;
    if (!note.isEmpty() && notesBeside(index)) {
        p.setPen(c.text3);
        drawTabular(p, QRectF(x, row.top(), room, row.height()), Qt::AlignRight, theme_.fonts().small, note);
        room -= tabularWidth(theme_.fonts().small, note) + 8;
    }
    drawText(p, QRectF(x, row.top(), room, row.height()), font,
             child && weak                 ? c.text3
             : (child || weak) && !current ? c.text2
                                           : c.text1,
             index.data().toString(), Qt::AlignLeft, Qt::ElideMiddle);
}

}  // namespace cerebral::ui
