// What the timeline looks like.
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/models/format.h"
#include "ui/models/unmeasured_fill.h"
#include "ui/theme/bars.h"
#include "ui/theme/glyph.h"
#include "ui/theme/held.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/run_bar.h"
#include "ui/widgets/run_words.h"
#include "ui/widgets/timeline_metrics.h"
#include "ui/widgets/timeline_view.h"

namespace cerebral::ui {

void TimelineView::paintEvent(QPaintEvent*) {
    QPainter p(viewport());
    const Colors& c = theme_.colors();
    p.fillRect(viewport()->rect(), c.bgCanvas);
    const Scale s = scale();
    const double axis = theme_.px(kTimelineAxis);
    p.save();
    p.setClipRect(QRectF(0, axis, viewport()->width(), viewport()->height() - axis));
    for (int row : {selected_, hovered_}) {
        if (row < 0) continue;
        const QRectF band(0, rowTop(row), viewport()->width(), theme_.px(kTimelineRow));
        p.fillRect(band, row == selected_ ? c.bgSelected : c.bgHover);
        if (row == selected_ && hasFocus()) p.fillRect(QRectF(0, band.top(), 2, band.height()), c.accent);
    }
    const bool unread = timesUnread();
    for (qint64 ms = s.from / s.tick * s.tick; !unread && s.x(ms) <= s.right + 1; ms += s.tick) {
        if (ms >= s.from) p.fillRect(QRectF(std::round(s.x(ms)), axis, 1, viewport()->height()), c.lineSubtle);
    }
    for (int row = 0; row < static_cast<int>(timeline_.rows.size()); ++row) {
        const double top = rowTop(row);
        if (top + theme_.px(kTimelineRow) > axis && top < viewport()->height()) paintRow(p, s, row);
    }
    p.setClipRect(QRectF(s.left - 2, axis, s.right - s.left + 4, viewport()->height() - axis), Qt::IntersectClip);
    paintLinks(p, s);
    p.restore();
    if (unread) {
        const QFont& font = theme_.fonts().small;
        const double room = s.right - s.left - 12;
        const QString words = timeline_.rows.empty() ? QStringLiteral("The pipeline is not known yet.") : problem_;
        const double width = std::min(room, textWidth(font, words) + 12);
        p.fillRect(QRectF(s.left + 6, rowTop(0) + 1, width, theme_.px(kTimelineRow) - 2), c.bgCanvas);
        drawText(p, QRectF(s.left + 12, rowTop(0), room, theme_.px(kTimelineRow)), font, c.text3, words);
    }
    paintLines(p, s);
    paintAxis(p, s);
}

/// A scale of times that may not be read would measure nothing.
bool TimelineView::timesUnread() const {
    if (timeline_.rows.empty()) return true;
    return !problem_.isEmpty() && std::all_of(timeline_.rows.begin(), timeline_.rows.end(),
                                              [](const TimelineRow& row) { return row.bars.empty(); });
}

void TimelineView::paintAxis(QPainter& p, const Scale& s) const {
    const Colors& c = theme_.colors();
    const double height = theme_.px(kTimelineAxis);
    p.fillRect(QRectF(0, 0, viewport()->width(), height), c.bgCanvas);
    const QFont& font = theme_.fonts().tinyPlain;
    // "now" and the estimate come first; a tick that would touch them stays silent.
    std::vector<QRectF> taken;
    const auto label = [&](double x, const QString& text, const QColor& ink, const QFont& face, bool aside = false) {
        const double width = tabularWidth(face, text);
        QRectF box(std::clamp(x - width / 2, 0.0, s.right + 40), 0, width, height);
        // Beside "now" rather than not at all.
        if (aside && !taken.empty() && taken.front().adjusted(-8, 0, 8, 0).intersects(box))
            box.moveLeft(taken.front().right() + 8);
        const bool free = std::none_of(taken.begin(), taken.end(), [&](const QRectF& other) {
            return other.adjusted(-8, 0, 8, 0).intersects(box);
        });
        if (!free) return;
        taken.push_back(box);
        p.setPen(ink);
        drawTabular(p, box, Qt::AlignLeft, face, text);
    };
    if (timeline_.now && s.x(*timeline_.now) >= s.left && s.x(*timeline_.now) <= s.right + 1)
        label(s.x(*timeline_.now),
              (timeline_.held ? QStringLiteral("seen %1") : QStringLiteral("now %1"))
                  .arg(formatTicking(Millis(*timeline_.now))),
              timeline_.held ? c.text3 : c.run.text, theme_.fonts().tiny);
    if (timeline_.eta && s.x(*timeline_.eta) >= s.left && s.x(*timeline_.eta) <= s.right + 1)
        label(s.x(*timeline_.eta), QStringLiteral("ETA %1").arg(formatTicking(Millis(*timeline_.eta))), c.text2, font,
              true);
    // Two labels of one time, at two places, would contradict each other.
    const QString marked = timeline_.now ? formatTicking(Millis(*timeline_.now)) : QString();
    for (qint64 ms = s.from / s.tick * s.tick; !timesUnread() && s.x(ms) <= s.right + 1; ms += s.tick) {
        const QString time = formatTicking(Millis(ms));
        if (ms >= s.from && time != marked) label(s.x(ms), time, c.text3, font);
    }
    p.fillRect(QRectF(0, 0, viewport()->width(), 1), c.lineDefault);
    if (pointer_ > s.left && pointer_ < s.right && hovered_ >= 0) {
        const qint64 ms = s.from + static_cast<qint64>((pointer_ - s.left) / s.perMs);
        label(pointer_, formatTicking(Millis(ms)), c.text1, font);
    }
}

void TimelineView::paintRow(QPainter& p, const Scale& s, int index) const {
    const Colors& c = theme_.colors();
    const TimelineRow& row = timeline_.rows[static_cast<std::size_t>(index)];
    const double top = rowTop(index);
    const double height = theme_.px(kTimelineRow);
    const bool selected = index == selected_;
    const bool task = row.step < 0;
    const double x = task ? 24 : theme_.px(48);
    if (task) {
        const bool measured = row.running && row.whole && row.duration;
        const double along =
            measured ? static_cast<double>(*row.duration) / barScaleMs(*row.whole, *row.duration) : -1;
        drawGlyph(p, markAt(theme_, x, top + height / 2, 14), shownAs(statusOf(row.taskState), timeline_.held), c,
                  {along, selected, selected ? c.bgSelected : c.bgCanvas});
    }
    const double nameLeft = task ? x + theme_.px(22) : x;
    drawText(p, QRectF(nameLeft, top, s.left - nameLeft - 12, height),
             task ? theme_.fonts().strong : theme_.fonts().small, task ? c.text1 : c.text2, row.name, Qt::AlignLeft,
             Qt::ElideMiddle);
    p.save();
    p.setClipRect(QRectF(s.left, top, s.right - s.left + 1, height), Qt::IntersectClip);
    paintBars(p, s, row, top, selected);
    p.restore();
    paintFigures(p, s, row, top);
}

void TimelineView::paintBars(QPainter& p, const Scale& s, const TimelineRow& row, double top, bool onSelected) const {
    const Colors& c = theme_.colors();
    const bool task = row.step < 0;
    const double f = theme_.fontScale();
    const QRectF lane(0, top + (task ? 3 : 4) * f, 0, (task ? 14 : 12) * f);
    const auto box = [&](qint64 from, qint64 to) {
        const double left = s.x(from);
        return QRectF(left, lane.top(), std::max(2.0, s.x(to) - left), lane.height());
    };
    if (row.ghost) {
        p.fillRect(QRectF(s.x(row.ghost->from), top + 19 * f,
                          std::max(2.0, s.x(row.ghost->to) - s.x(row.ghost->from)), 3 * f),
                   onSelected ? c.lineStrong : c.bgGhost);
    }
    if (row.expected) {
        p.save();
        QPen pen(c.lineStrong, 1);
        pen.setDashPattern({3, 3});
        p.setPen(pen);
        p.setBrush(Qt::NoBrush);
        p.drawRect(box(row.expected->from, row.expected->to).adjusted(0.5, 0.5, -0.5, -0.5));
        p.restore();
    }
    const Status status = shownAs(task ? statusOf(row.taskState) : statusOf(row.stepState), timeline_.held);
    for (const TimelineBar& bar : row.bars) {
        QRectF rect = box(bar.from, bar.to);
        // Earlier tries lie under the last one.
        const bool last = bar.tryNumber == 0;
        if (!last) rect = QRectF(rect.left(), lane.bottom() - 3 * f, rect.width(), 8 * f);
        switch (bar.kind) {
            case TimelineBar::Kind::Queue:
                if (status == Status::Stuck && last) {
                    drawHatch(p, rect, c.stuck.solid, c.stuck.tint, 4, 2);
                } else {
                    drawBox(p, rect, 2, QColor(), c.lineStrong);
                }
                break;
            case TimelineBar::Kind::Pull:
                if (status == Status::Stuck && last) {
                    drawHatch(p, rect, c.stuck.solid, c.stuck.tint, 4, 2);
                } else {
                    drawHatch(p, rect, c.lineStrong, onSelected ? c.bgSelected : c.bgCanvas, 2, 3);
                }
                break;
            case TimelineBar::Kind::Earlier:
                drawBox(p, rect, 2, c.bad.solid);
                break;
            case TimelineBar::Kind::Run:
                drawRunBar(p, rect, status, onSelected, c);
                break;
        }
    }
}

void TimelineView::paintFigures(QPainter& p, const Scale& s, const TimelineRow& row, double top) const {
    const Colors& c = theme_.colors();
    const bool task = row.step < 0;
    QRectF place(s.right + 12, top, viewport()->width() - s.right - 12 - 24, theme_.px(kTimelineRow));
    const QFont& font = task ? theme_.fonts().smallStrong : theme_.fonts().small;
    const auto put = [&](const QString& text, const QColor& ink, const QFont& face) {
        p.setPen(ink);
        drawTabular(p, place, Qt::AlignRight, face, text);
        place.setRight(place.right() - tabularWidth(face, text) - 4);
    };
    if (!row.duration) {
        if (row.usual && row.expected)
            put(QStringLiteral("~%1").arg(formatTicking(Millis(*row.usual))), c.text3, theme_.fonts().small);
        if (task && row.taskState == tekton::TaskState::Skipped)
            put(taskWord(row.taskState).toLower(), c.text3, theme_.fonts().small);
        return;
    }
    const QString took = formatTicking(Millis(*row.duration));
    // Earlier tries count on both sides.
    const std::optional<qint64> usual = row.whole;
    // What broke was not faster for it.
    const bool compared = row.taskState == tekton::TaskState::Succeeded || row.running;
    if (usual && row.running && *row.duration <= *usual) {
        put(QStringLiteral("of ~%1").arg(formatTicking(Millis(*usual))), c.text3, theme_.fonts().small);
    } else if (usual && task && compared) {
        const qint64 more = (*row.duration - *usual) / 1000;
        if (more != 0) {
            put(QStringLiteral("%1%2").arg(more > 0 ? QStringLiteral("+") : QStringLiteral("\u2212"),
                                           formatTicking(Millis(std::abs(more) * 1000))),
                more > 0 ? c.stuck.text : c.ok.text, theme_.fonts().small);
        }
    }
    const bool stuck = task && row.taskState == tekton::TaskState::Stuck && !timeline_.held;
    put(took,
        stuck         ? c.stuck.text
        : row.running ? (timeline_.held ? c.text2 : c.run.text)
        : task        ? c.text1
                      : c.text2,
        font);
}

void TimelineView::paintLinks(QPainter& p, const Scale& s) const {
    const double f = theme_.fontScale();
    for (const TimelineLink& link : timeline_.links) {
        QPen pen(theme_.colors().text2, 2);
        if (link.expected) pen.setDashPattern({1, 1.5});
        p.setPen(pen);
        const double x = std::round(s.x(link.from));
        const double to = std::round(s.x(link.to));
        const double y1 = rowTop(link.fromRow) + 10 * f;
        const double y2 = rowTop(link.toRow) + 10 * f;
        p.drawLine(QPointF(x, y1), QPointF(x, y2));
        if (to - x > 2) p.drawLine(QPointF(x, y2), QPointF(to, y2));
    }
}

void TimelineView::paintLines(QPainter& p, const Scale& s) const {
    const Colors& c = theme_.colors();
    const double axis = theme_.px(kTimelineAxis);
    const auto inside = [&](double x) { return x >= s.left && x <= s.right + 1; };
    if (timeline_.eta && inside(s.x(*timeline_.eta))) {
        QPen pen(c.lineStrong, 1);
        pen.setDashPattern({3, 3});
        p.setPen(pen);
        const double x = std::round(s.x(*timeline_.eta)) + 0.5;
        p.drawLine(QPointF(x, axis), QPointF(x, viewport()->height()));
    }
    if (timeline_.now && inside(s.x(*timeline_.now)))
        p.fillRect(QRectF(std::round(s.x(*timeline_.now)), axis - 6, 1, viewport()->height()),
                   timeline_.held ? c.lineStrong : c.run.solid);
    if (pointer_ > s.left && pointer_ < s.right && hovered_ >= 0)
        p.fillRect(QRectF(std::round(pointer_), axis, 1, viewport()->height()), c.lineStrong);
}

}  // namespace cerebral::ui
