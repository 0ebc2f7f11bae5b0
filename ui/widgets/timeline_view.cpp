#include "ui/widgets/timeline_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextDocument>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/models/format.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/roles.h"
#include "ui/widgets/run_words.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/timeline_metrics.h"

namespace cerebral::ui {
namespace {
constexpr qint64 kLeastSpan = 1000;
}

TimelineView::TimelineView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), theme_(theme) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRole(*this, QAccessible::Chart);
    setAccessibleName(QStringLiteral("Timeline"));
    viewport()->setMouseTracking(true);
    connect(&theme_, &Theme::changed, this, &TimelineView::relayout);
}

void TimelineView::setTimeline(Timeline timeline) {
    int task = -1;
    int step = -1;
    if (selected_ >= 0 && selected_ < static_cast<int>(timeline_.rows.size())) {
        task = timeline_.rows[static_cast<std::size_t>(selected_)].task;
        step = timeline_.rows[static_cast<std::size_t>(selected_)].step;
    }
    timeline_ = std::move(timeline);
    mark(task, step);
    relayout();
}

void TimelineView::setProblem(const QString& why) {
    if (std::exchange(problem_, why) != why) viewport()->update();
}

void TimelineView::select(int task, int step) {
    const int before = selected_;
    mark(task, step);
    // Chosen elsewhere; who has scrolled away since is left alone.
    if (selected_ >= 0 && selected_ != before) bringInSight(selected_);
}

void TimelineView::mark(int task, int step) {
    selected_ = -1;
    for (std::size_t i = 0; i < timeline_.rows.size(); ++i) {
        if (timeline_.rows[i].task == task && timeline_.rows[i].step == step) selected_ = static_cast<int>(i);
    }
    setAccessibleDescription(selected_ >= 0 ? describe(selected_) : QString());
    viewport()->update();
}

int TimelineView::contentHeight() const {
    return theme_.px(kTimelineAxis) + static_cast<int>(timeline_.rows.size()) * theme_.px(kTimelineRow) + 4;
}

int TimelineView::wholeRows(int room) const {
    const int row = theme_.px(kTimelineRow);
    const int axis = theme_.px(kTimelineAxis);
    const int rows = std::max(1, (room - axis + row / 2) / row);
    return rows >= static_cast<int>(timeline_.rows.size()) ? contentHeight() : axis + rows * row;
}

void TimelineView::relayout() {
    verticalScrollBar()->setRange(0, std::max(0, contentHeight() - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(theme_.px(kTimelineRow));
    viewport()->update();
}

qint64 TimelineView::fitSpan() const {
    return std::max<qint64>(timeline_.end, kLeastSpan);
}

double TimelineView::labelWidth() const {
    if (!isLargeText(theme_)) return theme_.px(kTimelineLabels);
    // Of large text bars need more room than names.
    double widest = theme_.px(kTimelineLeastLabels);
    for (const TimelineRow& row : timeline_.rows) {
        const bool task = row.step < 0;
        const double left = task ? 24 + theme_.px(22) : theme_.px(48);
        widest =
            std::max(widest, left + textWidth(task ? theme_.fonts().strong : theme_.fonts().small, row.name) + 20);
    }
    return std::min<double>(std::ceil(widest), theme_.px(kTimelineLabels));
}

TimelineView::Scale TimelineView::scale() const {
    Scale s;
    s.left = labelWidth();
    s.right = viewport()->width() - theme_.px(kTimelineFigures) - 12;
    const double room = std::max(50.0, s.right - s.left);
    if (viewSpan_ > 0) {
        s.from = viewFrom_;
        s.perMs = room / static_cast<double>(viewSpan_);
        s.tick = tickDistance(s.perMs);
        return s;
    }
    // Grows in steps, to the next tick, so that bars do not creep.
    const qint64 span = fitSpan();
    s.tick = tickDistance(room / static_cast<double>(span));
    const qint64 end = (span + s.tick - 1) / s.tick * s.tick;
    s.perMs = room / static_cast<double>(end);
    return s;
}

double TimelineView::rowTop(int row) const {
    return theme_.px(kTimelineAxis) + static_cast<double>(row) * theme_.px(kTimelineRow) -
           verticalScrollBar()->value();
}

int TimelineView::rowAt(double y) const {
    if (y < theme_.px(kTimelineAxis)) return -1;
    const int row = static_cast<int>((y - rowTop(0)) / theme_.px(kTimelineRow));
    return row < static_cast<int>(timeline_.rows.size()) ? row : -1;
}

QString TimelineView::describe(int row) const {
    const TimelineRow& r = timeline_.rows[static_cast<std::size_t>(row)];
    QStringList lines;
    lines << (r.step < 0 ? QStringLiteral("%1: %2").arg(r.name, taskWord(r.taskState))
                         : QStringLiteral("%1: %2").arg(r.name, stepWord(r.stepState)));
    const auto clock = [this](qint64 ms) { return formatClockSeconds(fromMillis(timeline_.originMs + ms)); };
    int tries = 1;
    for (const TimelineBar& bar : r.bars) tries = std::max(tries, bar.tryNumber + 1);
    for (const TimelineBar& bar : r.bars) {
        const char* what = bar.kind == TimelineBar::Kind::Queue  ? "queued"
                           : bar.kind == TimelineBar::Kind::Pull ? "pulling and preparing"
                           : bar.kind == TimelineBar::Kind::Run  ? "running"
                           : bar.stepBegan                       ? "failed after"
                                                                 : "failed before its first step, after";
        const QString which =
            tries > 1 ? QStringLiteral("try %1: ").arg(bar.tryNumber > 0 ? bar.tryNumber : tries) : QString();
        lines << QStringLiteral("%1%2 %3, from %4 to %5")
                     .arg(which, QString::fromUtf8(what), formatDuration(Millis(bar.to - bar.from)), clock(bar.from),
                          r.running && &bar == &r.bars.back() ? QStringLiteral("now") : clock(bar.to));
    }
    if (r.expected) lines << QStringLiteral("expected at %1").arg(clock(r.expected->from));
    if (r.usual)
        lines << QStringLiteral("median %1 of the last %2")
                     .arg(formatDuration(Millis(*r.usual)))
                     .arg(timeline_.basedOn);
    if (r.whole && r.duration && !r.running) {
        const qint64 more = *r.duration - *r.whole;
        lines << QStringLiteral("%1 than the median")
                     .arg(more >= 0 ? formatDuration(Millis(more)) + QStringLiteral(" longer")
                                    : formatDuration(Millis(-more)) + QStringLiteral(" shorter"));
    }
    if (r.slack && *r.slack > 0)
        lines << QStringLiteral("could take %1 longer without delay").arg(formatDuration(Millis(*r.slack)));
    return lines.join(QLatin1Char('\n'));
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    const double top = selected_ < 0 ? -1 : rowTop(selected_);
    const bool seen = top >= theme_.px(kTimelineAxis) && top < event->oldSize().height();
    QAbstractScrollArea::resizeEvent(event);
    relayout();
    if (seen) bringInSight(selected_);
}

void TimelineView::scrollContentsBy(int, int) {
    viewport()->update();
}

void TimelineView::zoom(double factor, double atX) {
    const Scale s = scale();
    const double room = s.right - s.left;
    const double full = room / s.perMs;
    const double at = std::clamp((atX - s.left) / room, 0.0, 1.0);
    const double span = std::max<double>(kLeastSpan, full * factor);
    const double pivot = static_cast<double>(s.from) + at * full;
    if (span >= static_cast<double>(fitSpan())) {
        viewSpan_ = 0;
    } else {
        viewSpan_ = static_cast<qint64>(span);
        viewFrom_ = std::max<qint64>(0, static_cast<qint64>(pivot - at * span));
    }
    viewport()->update();
}

void TimelineView::pan(qint64 ms) {
    if (viewSpan_ == 0) return;
    viewFrom_ = std::clamp<qint64>(viewFrom_ + ms, 0, std::max<qint64>(0, fitSpan() - viewSpan_));
    viewport()->update();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (event->modifiers() & Qt::ControlModifier) {
        zoom(std::pow(0.8, delta / 120.0), event->position().x());
    } else if (event->modifiers() & Qt::ShiftModifier) {
        pan(static_cast<qint64>(-delta / scale().perMs));
    } else {
        QAbstractScrollArea::wheelEvent(event);
    }
}

void TimelineView::bringInSight(int row) {
    const double top = rowTop(row);
    QScrollBar* bar = verticalScrollBar();
    if (top < theme_.px(kTimelineAxis))
        bar->setValue(bar->value() + static_cast<int>(top) - theme_.px(kTimelineAxis));
    const double below = top + theme_.px(kTimelineRow) - viewport()->height();
    if (below > 0) bar->setValue(bar->value() + static_cast<int>(below));
}

void TimelineView::move(int row) {
    if (timeline_.rows.empty()) return;
    selected_ = std::clamp(row, 0, static_cast<int>(timeline_.rows.size()) - 1);
    bringInSight(selected_);
    const TimelineRow& r = timeline_.rows[static_cast<std::size_t>(selected_)];
    setAccessibleDescription(describe(selected_));
    viewport()->update();
    emit chosen(r.task, r.step);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    setFocus();
    dragFrom_ = event->position();
    dragging_ = event->button() == Qt::LeftButton;
    if (const int row = rowAt(event->position().y()); row >= 0) move(row);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    const int row = rowAt(event->position().y());
    if (row < 0) return;
    emit activated(timeline_.rows[static_cast<std::size_t>(row)].task,
                   timeline_.rows[static_cast<std::size_t>(row)].step);
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (dragging_ && (event->buttons() & Qt::LeftButton)) {
        pan(static_cast<qint64>((dragFrom_.x() - event->position().x()) / scale().perMs));
        dragFrom_ = event->position();
    }
    hovered_ = rowAt(event->position().y());
    pointer_ = event->position().x();
    viewport()->update();
}

void TimelineView::leaveEvent(QEvent* event) {
    hovered_ = -1;
    pointer_ = -1;
    viewport()->update();
    QAbstractScrollArea::leaveEvent(event);
}

bool TimelineView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos().y());
        if (row >= 0) {
            QToolTip::showText(help->globalPos(), Qt::convertFromPlainText(describe(row)), viewport());
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    // With Ctrl they are the window's commands.
    if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0) return event->ignore();
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_K:
            return move(selected_ - 1);
        case Qt::Key_Down:
        case Qt::Key_J:
            return move(selected_ + 1);
        case Qt::Key_Home:
            return move(0);
        case Qt::Key_End:
            return move(static_cast<int>(timeline_.rows.size()) - 1);
        case Qt::Key_Left:
            return pan(-viewSpan_ / 8);
        case Qt::Key_Right:
            return pan(viewSpan_ / 8);
        case Qt::Key_Plus:
            return zoom(0.8, viewport()->width() / 2.0);
        case Qt::Key_Minus:
            return zoom(1.25, viewport()->width() / 2.0);
        case Qt::Key_0:
            viewSpan_ = 0;
            return viewport()->update();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (selected_ >= 0) {
                const TimelineRow& r = timeline_.rows[static_cast<std::size_t>(selected_)];
                emit activated(r.task, r.step);
            }
            return;
        default:
            event->ignore();
    }
}

}  // namespace cerebral::ui
