#include "ui/widgets/strip.h"

#include <algorithm>

#include "ui/theme/bars.h"
#include "ui/theme/glyph.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {

constexpr double kGap = 4;
constexpr double kBar = 6;
constexpr double kThinBar = 4;
constexpr double kCellGap = 2;
constexpr double kBuildShare = 0.6;
constexpr double kDetailGap = 4;
/// Behind what a thin segment says, before the next one's bar.
constexpr double kThinGap = 4;
/// Of a stuck segment's reason that must stay for it to be cut in favour of the time.
constexpr double kLeastReason = 72;

BarKind kindOf(SegmentBar bar) {
    switch (bar) {
        case SegmentBar::Done:
            return BarKind::Done;
        case SegmentBar::Live:
            return BarKind::Live;
        case SegmentBar::Running:
            return BarKind::Running;
        case SegmentBar::Failed:
            return BarKind::Failed;
        case SegmentBar::Cancelled:
            return BarKind::Cancelled;
        case SegmentBar::Stuck:
            return BarKind::Stuck;
        case SegmentBar::Skipped:
            return BarKind::Skipped;
        case SegmentBar::Held:
            return BarKind::Held;
        case SegmentBar::Waiting:
            break;
    }
    return BarKind::Pending;
}

Status glyphOf(const Segment& segment) {
    switch (segment.bar) {
        case SegmentBar::Live:
            return Status::Live;
        case SegmentBar::Failed:
            return segment.timedOut ? Status::TimedOut : Status::Failed;
        case SegmentBar::Cancelled:
            return Status::Cancelled;
        case SegmentBar::Stuck:
            return Status::Stuck;
        case SegmentBar::Skipped:
            return Status::Skipped;
        case SegmentBar::Done:
            return Status::Succeeded;
        default:
            return Status::Pending;
    }
}

QColor inkOf(SegmentTone tone, const Colors& c) {
    switch (tone) {
        case SegmentTone::Quiet:
            return c.text3;
        case SegmentTone::Run:
            return c.run.text;
        case SegmentTone::Ok:
            return c.ok.text;
        case SegmentTone::Bad:
            return c.bad.text;
        case SegmentTone::Stuck:
            return c.stuck.text;
        case SegmentTone::Off:
            return c.off.text;
        case SegmentTone::Plain:
            break;
    }
    return c.text2;
}

bool loud(SegmentTone tone) {
    return tone == SegmentTone::Run || tone == SegmentTone::Ok || tone == SegmentTone::Bad ||
           tone == SegmentTone::Stuck;
}

void drawBars(QPainter& p, const QRectF& rect, const Segment& segment, bool selected, const Colors& c) {
    const auto one = [&](const QRectF& box, const Segment& part) {
        drawBar(p, box, {.kind = kindOf(part.bar), .fill = part.fill, .ghost = part.ghost, .onSelected = selected},
                c);
    };
    if (segment.cells.empty()) {
        one(rect, segment);
        return;
    }
    // Many short lines in a row would read as the dashes of what is skipped.
    const auto quiet = [&](const Segment& part) {
        return part.bar == segment.cells.front().bar &&
               (part.bar == SegmentBar::Waiting || part.bar == SegmentBar::Skipped);
    };
    if (std::all_of(segment.cells.begin(), segment.cells.end(), quiet)) {
        one(rect, segment.cells.front());
        return;
    }
    std::vector<std::pair<Segment, int>> parts;
    if (segment.cells.size() >= kFoldedFrom) {
        parts = foldedCells(segment.cells);
    } else {
        for (const Segment& cell : segment.cells) parts.emplace_back(cell, 1);
    }
    const double room = rect.width() - kCellGap * static_cast<double>(parts.size() - 1);
    double x = rect.left();
    for (const auto& [cell, count] : parts) {
        const double width = room * count / static_cast<double>(segment.cells.size());
        one(QRectF(x, rect.top(), std::max(1.0, width), rect.height()), cell);
        x += width + kCellGap;
    }
}

}  // namespace

StripLayout::StripLayout(WidthClass width, double scale, double extra) {
    static constexpr std::array<std::array<double, journey::kStageCount>, 3> kWidths{
        {{84, 64, 216, 136, 104, 72}, {84, 56, 192, 128, 88, 64}, {60, 40, 128, 88, 64, 56}}};
    const auto& tokens = kWidths[static_cast<std::size_t>(width)];
    double x = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        lefts_[i] = x;
        widths_[i] = tokens[i] * scale;
        if (i == journey::indexOf(journey::Stage::Build)) widths_[i] += kBuildShare * extra;
        if (i == journey::indexOf(journey::Stage::Image)) widths_[i] += (1 - kBuildShare) * extra;
        x += widths_[i] + kGap;
    }
    total_ = x - kGap;
}

int StripLayout::segmentAt(double x) const {
    for (std::size_t i = 0; i < lefts_.size(); ++i) {
        if (x >= lefts_[i] && x <= lefts_[i] + widths_[i]) return static_cast<int>(i);
    }
    return -1;
}

bool isSilent(const Segment& segment) {
    return segment.figure.isEmpty() && segment.details.isEmpty();
}

void drawSegment(QPainter& p, const QPointF& origin, double width, double textWidth, const Segment& segment,
                 bool selected, const QColor& ground, const Theme& theme) {
    const Colors& c = theme.colors();
    const Fonts& f = theme.fonts();
    drawBars(p, QRectF(origin.x(), origin.y(), width, kBar), segment, selected, c);
    if (isSilent(segment)) return;
    QRectF line(origin.x(), origin.y() + kBar + 6, textWidth, theme.px(16));
    if (segment.glyph) {
        drawGlyph(p, markAt(theme, line.left(), line.center().y(), 12), glyphOf(segment), c,
                  {.onSelected = selected, .ground = ground});
        line.setLeft(line.left() + theme.px(16));
    }
    const QFont& font = segment.mono ? f.monoTiny : loud(segment.tone) ? f.smallStrong : f.small;
    const QColor ink = inkOf(segment.tone, c);
    const double gap = theme.px(kDetailGap);
    double figureWidth = tabularWidth(font, segment.figure);
    if (segment.bar == SegmentBar::Stuck && !segment.details.isEmpty()) {
        // A time is never left out: the reason, whole in the tip, makes room.
        const double most = line.width() - gap - tabularWidth(f.small, segment.details.front());
        if (figureWidth > most && most >= theme.px(kLeastReason)) {
            const double used = drawText(p, QRectF(line.left(), line.top(), most, line.height()), font, ink,
                                         segment.figure, Qt::AlignLeft, Qt::ElideMiddle);
            line.setLeft(line.left() + used + gap);
            p.setPen(c.text3);
            drawTabular(p, line, Qt::AlignLeft, f.small, segment.details.front());
            return;
        }
    }
    QString figure = segment.figure;
    if (!segment.remark.isEmpty() && tabularWidth(font, segment.remark) <= line.width() &&
        figureWidth + gap + tabularWidth(f.small, segment.details.front()) > line.width()) {
        p.setPen(ink);
        drawTabular(p, line, Qt::AlignLeft, font, segment.remark);
        return;
    }
    if (figureWidth > line.width() && !segment.brief.isEmpty()) {
        figure = segment.brief;
        figureWidth = tabularWidth(font, figure);
    }
    if (figureWidth > line.width() || segment.mono) {
        drawText(p, line, font, ink, figure, Qt::AlignLeft, segment.mono ? Qt::ElideMiddle : Qt::ElideRight);
    } else {
        p.setPen(ink);
        drawTabular(p, line, Qt::AlignLeft, font, figure);
    }
    // What does not fit is left out from the end, never cut.
    line.setLeft(line.left() + figureWidth + gap);
    QString rest = segment.details.join(QStringLiteral(" · "));
    QStringList parts = segment.details;
    while (!parts.isEmpty() && tabularWidth(f.small, rest) > line.width()) {
        parts.removeLast();
        rest = parts.join(QStringLiteral(" · "));
    }
    p.setPen(c.text3);
    drawTabular(p, line, Qt::AlignLeft, f.small, rest);
}

void drawThinSegment(QPainter& p, const QRectF& rect, const Segment& segment, ThinText text, bool selected,
                     const Theme& theme) {
    const QFont font = loud(segment.tone) ? theme.fonts().tiny : theme.fonts().tinyPlain;
    QRectF bar(rect.left(), rect.center().y() - kThinBar / 2, rect.width(), kThinBar);
    if (text != ThinText::None && !segment.figure.isEmpty()) {
        const double after = text == ThinText::Last ? 0 : theme.px(kThinGap);
        const double most = rect.width() - after - 14;
        const bool fits = segment.brief.isEmpty() || tabularWidth(font, segment.figure) <= most;
        const QString& figure = fits ? segment.figure : segment.brief;
        const double width = std::min(tabularWidth(font, figure), most);
        bar.setWidth(rect.width() - after - width - 6);
        const QRectF box(rect.right() - after - width, rect.top(), width, rect.height());
        p.setPen(inkOf(segment.tone, theme.colors()));
        if (tabularWidth(font, figure) > width + 0.5) {
            drawText(p, box, font, inkOf(segment.tone, theme.colors()), figure);
        } else {
            drawTabular(p, box, Qt::AlignRight, font, figure);
        }
    }
    drawBars(p, bar, segment, selected, theme.colors());
}

}  // namespace cerebral::ui
