#include "ui/widgets/graph_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/analysis/estimate.h"
#include "ui/models/format.h"
#include "ui/theme/glyph.h"
#include "ui/theme/held.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/roles.h"
#include "ui/widgets/run_words.h"

namespace cerebral::ui {
namespace {
constexpr int kLeastWidth = 168;
constexpr int kMostWidth = 240;
constexpr int kWidthStep = 8;
constexpr int kHead = 48;
constexpr int kStep = 22;
constexpr int kStepsPad = 5;
constexpr double kArrow = 5;
constexpr int kGapX = 56;
constexpr int kLeastGapX = 24;
constexpr int kGapY = 24;
constexpr int kMargin = 24;
constexpr const char* kNoTasks = "The pipeline is not known yet.";
}  // namespace

GraphView::GraphView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), theme_(theme) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setRole(*this, QAccessible::Chart);
    setAccessibleName(QStringLiteral("Graph of tasks"));
    connect(&theme_, &Theme::changed, this, &GraphView::relayout);
}

void GraphView::setRun(const RunDetail& run, const history::DurationProfile* usual, qint64 nowMs, bool held) {
    held_ = held;
    boxes_.clear();
    for (const TaskDetail& task : run.tasks) {
        Box box;
        box.name = task.name;
        box.state = task.state;
        box.finally = task.finally;
        box.after = task.after;
        box.note = taskWord(task.state);
        if (isHeld(shownAs(statusOf(task.state), held))) box.note = QStringLiteral("was ") + box.note.toLower();
        // In the words of the steps.
        if (run.row.finished() && task.state == tekton::TaskState::Waiting) box.note = QStringLiteral("not run");
        // What waits for its pod takes no time of its own yet.
        if (task.start && task.state != tekton::TaskState::Pending) {
            const qint64 end = task.end ? toMillis(*task.end) : nowMs;
            box.note += QStringLiteral(" · ") + formatTicking(Millis(end - toMillis(*task.start)));
        }
        if (task.stuck) box.note = fromUtf8(task.stuck->reason);
        box.why = task.skipReason;
        if (task.state != tekton::TaskState::Skipped && usual != nullptr &&
            usual->runs >= analysis::kRunsForEstimate) {
            for (const history::TaskProfile& profile : usual->tasks) {
                if (fromUtf8(profile.task) != task.name || profile.run.count == 0) continue;
                box.median = formatTicking(profile.run.median);
                // Earlier tries count on both sides.
                box.usual = QStringLiteral("~") + formatTicking(Millis(profile.run.median) + task.uncounted());
            }
        }
        for (const StepDetail& step : task.steps) {
            Line line{step.title(), {}, step.state};
            if (step.running) {
                const qint64 end = step.running->end ? toMillis(*step.running->end) : nowMs;
                line.time = formatTicking(Millis(std::max<qint64>(0, end - toMillis(step.running->start))));
            }
            box.steps.push_back(std::move(line));
        }
        boxes_.push_back(std::move(box));
    }
    if (boxes_.empty()) setAccessibleDescription(QString::fromUtf8(kNoTasks));
    place();
    relayout();
}

void GraphView::place() {
    // Longest path to each task; a circle, which Tekton refuses, ends after as many rounds as there are tasks.
    for (std::size_t round = 0; round < boxes_.size(); ++round) {
        for (Box& box : boxes_) {
            for (const std::size_t before : box.after) box.column = std::max(box.column, boxes_[before].column + 1);
        }
    }
    std::map<int, int> used;
    columns_ = rows_ = 0;
    for (Box& box : boxes_) {
        box.row = used[box.column]++;
        columns_ = std::max(columns_, box.column + 1);
        rows_ = std::max(rows_, box.row + 1);
    }
}

double GraphView::boxWidth() const {
    const Fonts& f = theme_.fonts();
    const auto pair = [&](const QString& left, const QString& right) {
        return tabularWidth(f.small, left) + (right.isEmpty() ? 0 : 8 + tabularWidth(f.small, right));
    };
    double text = 0;
    for (const Box& box : boxes_) {
        text = std::max({text, textWidth(f.strong, box.name), pair(box.note, box.usual)});
        for (const Line& line : box.steps) text = std::max(text, pair(line.name, line.time));
    }
    // In steps: a time that gains a digit does not move all boxes.
    const double step = theme_.px(kWidthStep);
    const double wanted = std::ceil((text + theme_.px(26) + 24 + 2) / step) * step;
    return std::clamp<double>(wanted, theme_.px(kLeastWidth), theme_.px(kMostWidth));
}

double GraphView::gap() const {
    if (columns_ < 2) return kGapX;
    const double room = viewport()->width() - 2 * kMargin - columns_ * boxWidth();
    return std::clamp<double>(std::floor(room / (columns_ - 1)), kLeastGapX, kGapX);
}

double GraphView::rowHeight(int row) const {
    std::size_t steps = 0;
    for (const Box& box : boxes_) {
        if (box.row == row) steps = std::max(steps, box.steps.size());
    }
    return theme_.px(kHead) + (steps == 0 ? 0 : static_cast<double>(steps) * theme_.px(kStep) + 2 * kStepsPad);
}

QSizeF GraphView::contentSize() const {
    double height = 0;
    for (int row = 0; row < rows_; ++row) height += rowHeight(row) + (row > 0 ? kGapY : 0);
    return {columns_ * boxWidth() + std::max(0, columns_ - 1) * gap(), height};
}

QRectF GraphView::boxOf(int task) const {
    const Box& box = boxes_[static_cast<std::size_t>(task)];
    const double w = boxWidth();
    // A small pipeline stands in the middle of the page, nearer to its head than to its foot.
    const QSizeF content = contentSize();
    const double left = std::max<double>(kMargin, std::floor((viewport()->width() - content.width()) / 2));
    double top = std::max<double>(kMargin, std::floor((viewport()->height() - content.height()) / 3));
    for (int row = 0; row < box.row; ++row) top += rowHeight(row) + kGapY;
    const double steps = static_cast<double>(box.steps.size());
    return {left + box.column * (w + gap()), top, w,
            theme_.px(kHead) + (steps == 0 ? 0 : steps * theme_.px(kStep) + 2 * kStepsPad)};
}

QPointF GraphView::origin() const {
    return {-static_cast<double>(horizontalScrollBar()->value()), -static_cast<double>(verticalScrollBar()->value())};
}

void GraphView::relayout() {
    const QSizeF content = contentSize();
    const int width = 2 * kMargin + static_cast<int>(content.width());
    const int height = 2 * kMargin + static_cast<int>(content.height());
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    viewport()->update();
}

void GraphView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void GraphView::scrollContentsBy(int, int) {
    viewport()->update();
}

void GraphView::paintEvent(QPaintEvent*) {
    QPainter p(viewport());
    p.fillRect(viewport()->rect(), theme_.colors().bgCanvas);
    if (boxes_.empty()) {
        drawText(p, QRectF(kMargin, kMargin, viewport()->width() - 2 * kMargin, theme_.px(kStep)),
                 theme_.fonts().body, theme_.colors().text3, QString::fromUtf8(kNoTasks));
    }
    p.translate(origin());
    paintEdges(p);
    for (int i = 0; i < boxCount(); ++i) paintBox(p, i);
}

void GraphView::paintEdges(QPainter& p) const {
    const Colors& c = theme_.colors();
    const double head = theme_.px(kHead) / 2.0;
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
        const QRectF to = boxOf(static_cast<int>(i));
        for (const std::size_t before : boxes_[i].after) {
            // An edge that a longer way makes plain is left out.
            const bool longer = std::any_of(boxes_[i].after.begin(), boxes_[i].after.end(), [&](std::size_t other) {
                const auto& after = boxes_[other].after;
                return std::find(after.begin(), after.end(), before) != after.end();
            });
            if (longer) continue;
            const QRectF from = boxOf(static_cast<int>(before));
            const double x1 = from.right();
            const double x2 = to.left();
            const double mid = std::round(x2 - gap() / 2) + 0.5;
            const double y1 = std::round(from.top() + head) + 0.5;
            const double y2 = std::round(to.top() + head) + 0.5;
            QPen pen(c.lineStrong, 1);
            if (boxes_[i].finally) pen.setDashPattern({3, 3});
            p.setPen(pen);
            if (y1 == y2) {
                p.drawLine(QPointF(x1, y1), QPointF(x2 - 1, y1));
            } else {
                p.drawLine(QPointF(x1, y1), QPointF(mid, y1));
                p.drawLine(QPointF(mid, y1), QPointF(mid, y2));
                p.drawLine(QPointF(mid, y2), QPointF(x2 - 1, y2));
            }
            p.setPen(QPen(c.lineStrong, 1.5));
            p.drawLine(QPointF(x2 - 1 - kArrow, y2 - kArrow), QPointF(x2 - 1, y2));
            p.drawLine(QPointF(x2 - 1 - kArrow, y2 + kArrow), QPointF(x2 - 1, y2));
        }
    }
}

void GraphView::paintBox(QPainter& p, int task) const {
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    const Box& box = boxes_[static_cast<std::size_t>(task)];
    const QRectF rect = boxOf(task);
    const Status status = shownAs(statusOf(box.state), held_);
    const bool done =
        isHeld(status) || status == Status::Succeeded || status == Status::Pending || status == Status::Skipped;
    drawBox(p, rect, 6, c.bgRaised, done ? c.lineDefault : glyphColor(c, status));
    const double head = theme_.px(kHead);
    drawGlyph(p, markAt(theme_, rect.left() + 12, rect.top() + head / 2, 16), status, c, {-1, false, c.bgRaised});
    const QRectF text(rect.left() + theme_.px(26) + 12, rect.top() + 6, rect.width() - theme_.px(26) - 24, head - 12);
    drawText(p, QRectF(text.left(), text.top(), text.width(), text.height() / 2), f.strong, c.text1, box.name,
             Qt::AlignLeft, Qt::ElideMiddle);
    const QRectF second(text.left(), text.center().y(), text.width(), text.height() / 2);
    const double usual = tabularWidth(f.small, box.usual);
    p.setPen(c.text3);
    drawTabular(p, second, Qt::AlignRight, f.small, box.usual);
    drawText(p, second.adjusted(0, 0, -usual - 8, 0), f.small, done ? c.text3 : stateTextColor(c, status), box.note);
    if (!box.steps.empty()) p.fillRect(QRectF(rect.left() + 1, rect.top() + head, rect.width() - 2, 1), c.lineSubtle);
    double y = rect.top() + head + kStepsPad;
    for (const Line& line : box.steps) {
        const QRectF row(text.left(), y, text.width(), theme_.px(kStep));
        drawGlyph(p, markAt(theme_, rect.left() + 14, row.center().y(), 12), shownAs(statusOf(line.state), held_), c,
                  {-1, false, c.bgRaised});
        p.setPen(c.text2);
        drawTabular(p, row, Qt::AlignRight, f.small, line.time);
        drawText(p, row.adjusted(0, 0, -tabularWidth(f.small, line.time) - 8, 0), f.small, c.text2, line.name,
                 Qt::AlignLeft, Qt::ElideMiddle);
        y += row.height();
    }
    if (task == chosen_ && hasFocus()) drawFocusRing(p, rect.adjusted(-3, -3, 3, 3), 8, theme_);
}

void GraphView::choose(int task) {
    if (boxes_.empty()) return;
    chosen_ = std::clamp(task, 0, boxCount() - 1);
    setAccessibleDescription(describe(chosen_));
    const QRectF rect = boxOf(chosen_).translated(origin());
    if (rect.left() < 0 || rect.right() > viewport()->width())
        horizontalScrollBar()->setValue(static_cast<int>(boxOf(chosen_).left()) - kMargin);
    if (rect.top() < 0 || rect.bottom() > viewport()->height())
        verticalScrollBar()->setValue(static_cast<int>(boxOf(chosen_).top()) - kMargin);
    viewport()->update();
}

int GraphView::boxAt(const QPointF& pos) const {
    for (int i = 0; i < boxCount(); ++i) {
        if (boxOf(i).contains(pos - origin())) return i;
    }
    return -1;
}

QString GraphView::describe(int task) const {
    const Box& box = boxes_[static_cast<std::size_t>(task)];
    QStringList lines{QStringLiteral("%1: %2").arg(box.name, box.note)};
    if (!box.why.isEmpty()) lines << box.why;
    if (!box.median.isEmpty()) lines << QStringLiteral("median %1").arg(box.median);
    for (const Line& line : box.steps)
        lines << QStringLiteral("%1: %2 %3").arg(line.name, stepWord(line.state), line.time).trimmed();
    return lines.join(QLatin1Char('\n'));
}

bool GraphView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int box = boxAt(help->pos());
    box < 0 ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), plainTip(describe(box)), viewport());
    return true;
}

void GraphView::mousePressEvent(QMouseEvent* event) {
    if (const int box = boxAt(event->position()); box >= 0) choose(box);
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int box = boxAt(event->position()); box >= 0) emit activated(box);
}

void GraphView::keyPressEvent(QKeyEvent* event) {
    // With Ctrl they are the window's commands.
    if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0) return event->ignore();
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Up:
            return choose(chosen_ - 1);
        case Qt::Key_Right:
        case Qt::Key_Down:
            return choose(chosen_ + 1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!boxes_.empty()) emit activated(chosen_);
            return;
        default:
            event->ignore();
    }
}

}  // namespace cerebral::ui
