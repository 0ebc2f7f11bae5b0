#include "ui/widgets/push_delegate.h"

#include <QPainter>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/models/push_text.h"
#include "ui/theme/bars.h"
#include "ui/theme/held.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/push_places.h"
#include "ui/widgets/push_view.h"

namespace cerebral::ui {
namespace {

using journey::Push;
using journey::PushState;
using journey::ServiceJourney;
using journey::Stage;
using journey::StageState;

constexpr double kAvatar = 24;
constexpr double kThinRow = 24;
constexpr double kThinName = 22;   ///< above its strip where the two do not fit side by side
constexpr double kThinBelow = 16;  ///< from the top of its name's line to its own: the two belong together
constexpr double kThinEnd = 8;     ///< below the last service
constexpr double kTagPadding = 6;
constexpr double kTextGap = 8;  ///< between what two segments say

/// How far along, for the ring: stages that are over, of those there are.
double progressOf(const ServiceJourney& journey) {
    const auto over = std::count_if(journey.stages.begin(), journey.stages.end(),
                                    [](const journey::StageStatus& stage) { return isOver(stage.state); });
    return static_cast<double>(over) / static_cast<double>(journey::kStageCount);
}

double progressOf(const Push& push) {
    if (push.services.empty()) return -1;
    double sum = 0;
    for (const ServiceJourney& journey : push.services) sum += progressOf(journey);
    return sum / static_cast<double>(push.services.size());
}

bool hasEnded(PushState state) {
    return state == PushState::Ignored || state == PushState::Superseded || state == PushState::Cancelled;
}

}  // namespace

Status statusOf(PushState state, bool held) {
    switch (state) {
        case PushState::Underway:
            return shownAs(Status::Running, held);
        case PushState::Stuck:
            return shownAs(Status::Stuck, held);
        case PushState::Failed:
            return Status::Failed;
        case PushState::Live:
        case PushState::Built:
        case PushState::Replaced:
            return Status::Succeeded;
        case PushState::Superseded:
        case PushState::Cancelled:
            return Status::Cancelled;
        case PushState::Ignored:
            return Status::Skipped;
        case PushState::Unknown:
            break;
    }
    return Status::Pending;
}

Status statusOf(const journey::Push& push, bool held) {
    const PushState state = push.state();
    const auto failed = [](const ServiceJourney& journey) {
        const auto stopped = journey.stoppedIn();
        return stopped && journey.stage(*stopped).state == StageState::Failed;
    };
    const bool late =
        state == PushState::Failed && std::any_of(push.services.begin(), push.services.end(), hasTimedOut) &&
        std::all_of(push.services.begin(), push.services.end(),
                    [&](const ServiceJourney& journey) { return !failed(journey) || hasTimedOut(journey); });
    return late ? Status::TimedOut : statusOf(state, held);
}

Status statusOf(const ServiceJourney& journey, bool held) {
    if (const auto stopped = journey.stoppedIn()) {
        switch (journey.stage(*stopped).state) {
            case StageState::Failed:
                return hasTimedOut(journey) ? Status::TimedOut : Status::Failed;
            case StageState::Stuck:
                return shownAs(Status::Stuck, held);
            default:
                return Status::Cancelled;
        }
    }
    if (journey.isOver()) return Status::Succeeded;
    if (journey.runState == tekton::RunState::Pending) return Status::Pending;
    return shownAs(Status::Running, held);
}

PushDelegate::PushDelegate(const Theme& theme, PushView& view)
    : QStyledItemDelegate(&view), theme_(theme), view_(view) {}

QSize PushDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    if (!index.parent().isValid()) {
        return {0, theme_.px(kPushRow) + (view_.stacked() ? theme_.px(kPushStackedRow) : 0)};
    }
    const bool last = index.row() == view_.pushModel().rowCount(index.parent()) - 1;
    return {0, theme_.px(kThinRow) + (view_.stacked() ? theme_.px(kThinName) : 0) + (last ? theme_.px(kThinEnd) : 0)};
}

double PushDelegate::textRight(const QRectF& row, const PushPlaces& places) const {
    return places.stacked ? std::min(row.right(), view_.contentRight()) : places.stripLeft - kPushMargin;
}

void PushDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QPainter& p = *painter;
    const Colors& c = theme_.colors();
    const journey::PushPtr push = view_.pushModel().pushAt(index);
    if (!push) return;
    Look look{QRectF(0, option.rect.top(), view_.viewport()->width(), option.rect.height()), view_.places(), {}};
    const bool current = view_.showsCurrent() && index == view_.currentIndex();
    look.selected = current;
    look.ground = current ? c.bgSelected : index == view_.hovered() ? c.bgHover : c.bgCanvas;
    p.fillRect(look.row, look.ground);
    if (current) p.fillRect(QRectF(0, look.row.top(), 2, look.row.height()), c.accent);
    const ServiceJourney* service = view_.pushModel().serviceAt(index);
    const bool last = service == nullptr ? !(view_.isExpanded(index) && push->isFanOut())
                                         : index.row() == static_cast<int>(push->services.size()) - 1;
    if (last) drawBottomLine(p, look.row.toRect(), c.lineSubtle);
    p.save();
    p.setClipRect(look.row);
    if (service != nullptr) {
        paintService(p, look, *service);
    } else {
        paintPush(p, look, index, *push);
    }
    p.restore();
}

void PushDelegate::paintHead(QPainter& p, const Look& look, const Push& push) const {
    const Colors& c = theme_.colors();
    const double middle = look.row.top() + theme_.px(kPushRow) / 2.0;
    drawGlyph(p, markAt(theme_, kPushMargin, middle, 16), statusOf(push, view_.pushModel().held()), c,
              {.progress = progressOf(push), .onSelected = look.selected, .ground = look.ground});
    const QString initials = initialsOf(pushPerson(push));
    const QRectF avatar = markAt(theme_, kPushMargin + theme_.px(28), middle, kAvatar);
    drawBox(p, avatar, avatar.width() / 2, look.selected ? c.bgCanvas : c.bgHover);
    if (initials.isEmpty()) {
        const double edge = avatar.width() / 4;
        theme_.icons().draw(p, avatar.adjusted(edge, edge, -edge, -edge), QStringLiteral("user"), c.text3);
    } else {
        drawText(p, avatar, theme_.fonts().initials, c.text2, initials, Qt::AlignHCenter);
    }
}

QRectF PushDelegate::chevronRect(const Push& push, const QRectF& row) const {
    if (!push.isFanOut()) return {};
    // From the tag to the end of the second line: what opens a fan-out is not a 12 px target.
    const PushPlaces places = view_.places();
    return {places.textLeft, row.top() + theme_.px(28), textRight(row, places) - places.textLeft - theme_.px(60),
            static_cast<double>(theme_.px(28))};
}

void PushDelegate::paintSecondLine(QPainter& p, const Look& look, const QRectF& line, const Push& push,
                                   bool expanded) const {
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    double x = line.left();
    const QString branch = pushBranch(push);
    if (!branch.isEmpty()) {
        // Both ends of a branch tell; the tag never takes more than half of the line.
        const double most = line.width() / 2 - theme_.px(16) - 8 - 2 * kTagPadding;
        const QString shown = QFontMetricsF(f.tiny).elidedText(branch, Qt::ElideMiddle, most);
        const double width = textWidth(f.tiny, shown) + theme_.px(16) + 2 * kTagPadding;
        const QRectF tag(x, line.center().y() - theme_.px(18) / 2.0, width, theme_.px(18));
        drawBox(p, tag, 4, look.selected ? c.bgCanvas : QColor(), c.lineDefault);
        theme_.icons().draw(
            p, markAt(theme_, tag.left() + kTagPadding, tag.center().y(), 12),
            branch.startsWith(QLatin1String("refs/tags/")) ? QStringLiteral("tag") : QStringLiteral("branch"),
            c.text2);
        drawText(p, tag.adjusted(kTagPadding + theme_.px(16), 0, 0, 0), f.tiny, c.text2, shown);
        x = tag.right() + 8;
    }
    if (!push.commit.empty()) {
        x += drawText(p, QRectF(x, line.top(), line.right() - x, line.height()), f.mono, c.text2,
                      shortSha(fromUtf8(push.commit))) +
             8;
    }
    if (push.isFanOut()) {
        theme_.icons().draw(p, markAt(theme_, x, line.center().y(), 12),
                            expanded ? QStringLiteral("down") : QStringLiteral("right"), c.text2);
        x += theme_.px(16);
    }
    x += drawText(p, QRectF(x, line.top(), line.right() - x, line.height()), f.small, c.text2, pushScope(push));
    // Whose initials those are, where nothing else needs the room.
    const QString person = pushPerson(push);
    if (line.right() - x - theme_.px(24) > textWidth(f.small, person))
        drawText(p, QRectF(x, line.top(), line.right() - x, line.height()), f.small, c.text3, person, Qt::AlignRight);
}

void PushDelegate::paintPush(QPainter& p, const Look& look, const QModelIndex& index, const Push& push) const {
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    paintHead(p, look, push);
    const double right = textRight(look.row, look.places);
    const double left = look.places.textLeft;
    const QRectF first(left, look.row.top() + theme_.px(8), right - left, theme_.px(20));
    const QString age = formatAge(Millis(std::max<qint64>(0, view_.pushModel().nowMs() - toMillis(push.begunAt))));
    const double ageWidth = tabularWidth(f.small, age);
    p.setPen(c.text3);
    drawTabular(p, first, Qt::AlignRight, f.small, age);
    drawText(p, first.adjusted(0, 0, -ageWidth - 16, 0), f.strong, hasEnded(push.state()) ? c.text2 : c.text1,
             pushTitle(push));
    const QRectF second(left, look.row.top() + theme_.px(29), right - left, theme_.px(18));
    paintSecondLine(p, look, second, push, view_.isExpanded(index));
    paintStrip(p, look, push);
}

void PushDelegate::paintIgnored(QPainter& p, const Look& look, const QPointF& origin, const Push& push) const {
    const Colors& c = theme_.colors();
    const StripLayout& strip = look.places.strip;
    Segment received;
    received.bar = push.receivedAt ? SegmentBar::Done : SegmentBar::Waiting;
    if (push.receivedAt) {
        sayMoment(received, *push.receivedAt, view_.pushModel().nowMs());
    }
    drawSegment(p, origin, strip.width(0), strip.width(0), received, look.selected, look.ground, theme_);
    const double left = origin.x() + strip.left(1);
    const double width = strip.total() - strip.left(1);
    drawBar(p, QRectF(left, origin.y(), width, 6), {.kind = BarKind::Skipped, .onSelected = look.selected}, c);
    const QRectF line(left, origin.y() + 12, width, theme_.px(16));
    drawGlyph(p, markAt(theme_, left, line.center().y(), 12), Status::Skipped, c,
              {.onSelected = look.selected, .ground = look.ground});
    const QString why = push.ignoredReason.empty() ? QStringLiteral("Nothing was started; why is not known here")
                                                   : QStringLiteral("Ignored: ") + fromUtf8(push.ignoredReason);
    drawText(p, line.adjusted(theme_.px(16), 0, 0, 0), theme_.fonts().small, c.text2, why);
}

void PushDelegate::paintStrip(QPainter& p, const Look& look, const Push& push) const {
    const double top = look.row.top() + theme_.px(look.places.stacked ? kPushRow : kPushStripTop);
    const QPointF origin(look.places.stripLeft, top);
    if (push.services.empty()) {
        paintIgnored(p, look, origin, push);
        return;
    }
    const PushModel& model = view_.pushModel();
    const StripLayout& strip = look.places.strip;
    const SegmentContext context{model.medians(), model.nowMs(), model.held(),
                                 view_.widthClass() == WidthClass::Narrow, model.heldSinceMs()};
    double textEnd = strip.total();
    for (auto stage = journey::kStages.rbegin(); stage != journey::kStages.rend(); ++stage) {
        const std::size_t at = journey::indexOf(*stage);
        const Segment segment = segmentOf(push, *stage, context);
        drawSegment(p, origin + QPointF(strip.left(at), 0), strip.width(at), textEnd - strip.left(at), segment,
                    look.selected, look.ground, theme_);
        if (!isSilent(segment)) textEnd = strip.left(at) - kTextGap;
    }
}

void PushDelegate::paintService(QPainter& p, const Look& look, const ServiceJourney& journey) const {
    const Colors& c = theme_.colors();
    const PushModel& model = view_.pushModel();
    const bool stacked = look.places.stacked;
    const double height = theme_.px(kThinRow);
    const double left = look.places.stripLeft;
    const double top = look.row.top() + (stacked ? theme_.px(kThinBelow) : 0);
    const QRectF name(left, look.row.top(), look.row.width() - left, height);
    const double glyph = stacked ? left : left - kPushMargin - theme_.px(12);
    drawGlyph(p, markAt(theme_, glyph, name.center().y(), 12), statusOf(journey, model.held()), c,
              {.progress = progressOf(journey), .onSelected = look.selected, .ground = look.ground});
    const QRectF before(look.places.textLeft, name.top(), glyph - theme_.px(8) - look.places.textLeft, height);
    drawText(p, stacked ? name.adjusted(theme_.px(20), 0, 0, 0) : before, theme_.fonts().small, c.text2,
             fromUtf8(journey.service), stacked ? Qt::AlignLeft : Qt::AlignRight);
    const StripLayout& strip = look.places.strip;
    const SegmentContext context{model.medians(), model.nowMs(), model.held(), true, model.heldSinceMs()};
    for (const Stage stage : journey::kStages) {
        const std::size_t at = journey::indexOf(stage);
        const StageState state = journey.stage(stage).state;
        const bool worth = stage == Stage::Build || stage == Stage::Rollout || stage == Stage::Live ||
                           state == StageState::Running || state == StageState::Stuck || state == StageState::Failed;
        const ThinText text = !worth ? ThinText::None : stage == Stage::Live ? ThinText::Last : ThinText::Figure;
        drawThinSegment(p, QRectF(left + strip.left(at), top, strip.width(at), height),
                        segmentOf(journey, stage, context), text, look.selected, theme_);
    }
}

}  // namespace cerebral::ui
