#include "ui/widgets/opening.h"

#include <algorithm>
#include <array>

#include "ui/widgets/paint.h"
#include "ui/widgets/push_places.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr int kBar = 48;       ///< the top bar; the rail's head
constexpr int kPageHead = 56;  ///< title and filters
constexpr int kListHead = 32;
constexpr double kLabelLine = 14.6;  ///< of small text
constexpr int kBelowBox = 16;
constexpr std::array<int, 3> kEntries{44, 30, 52};  ///< widths of the pages' names, Settings last
constexpr std::array<int, 4> kChips{64, 116, 108, 114};

class Opening {
public:
    Opening(QPainter& painter, const QRect& window, const Theme& theme) : p_(painter), all_(window), theme_(theme) {}

    void rail(bool narrow) {
        const int width = Rail::widthFor(theme_, narrow);
        p_.fillRect(QRect(0, 0, width, all_.height()), c_.bgChrome);
        p_.fillRect(QRect(width - 1, 0, 1, all_.height()), c_.lineSubtle);
        const int item = theme_.px(narrow ? 48 : 32);
        const int icon = theme_.px(16);
        const int head = theme_.px(kBar);
        bar(narrow ? (width - icon) / 2 : 16, head / 2.0, icon, icon);
        if (!narrow) bar(24 + icon, head / 2.0, theme_.px(88), theme_.px(10));
        for (std::size_t i = 0; i < kEntries.size(); ++i) {
            const bool last = i + 1 == kEntries.size();
            const int top = last ? all_.height() - 8 - item : head + static_cast<int>(i) * (item + 2);
            if (i == 0) {
                const int side = narrow ? 4 : 8;
                drawBox(p_, QRectF(side, top, width - 1 - 2 * side, item), 6, c_.bgSelected);
                p_.fillRect(QRect(0, top + 8, 2, item - 16), c_.accent);
            }
            bar(narrow ? (width - 1 - icon) / 2.0 : 16, top + (narrow ? theme_.px(15) : item / 2.0), icon, icon);
            if (!narrow) bar(16 + icon + theme_.px(10), top + item / 2.0, theme_.px(kEntries[i]), theme_.px(8));
        }
        all_.setLeft(width);
    }

    void topBar() {
        const int height = theme_.px(kBar);
        const QRect box(all_.left(), 0, all_.width(), height);
        p_.fillRect(box, c_.bgChrome);
        drawBottomLine(p_, box, c_.lineSubtle);
        const double middle = height / 2.0;
        bar(box.left() + 24, middle, theme_.px(16), theme_.px(16));
        bar(box.left() + 30 + theme_.px(16), middle, theme_.px(96), theme_.px(10));
        const int search = theme_.px(240);
        bar(box.center().x() - search / 2.0, middle, search, theme_.px(10));
        bar(box.right() - 36 - theme_.px(64), middle, theme_.px(64), theme_.px(10));
        all_.setTop(height);
    }

    void pageHead() {
        const int height = theme_.px(kPageHead);
        const double middle = all_.top() + height / 2.0;
        bar(all_.left() + kPushMargin, middle, theme_.px(52), theme_.px(12));
        double right = all_.left() + all_.width() - kPushMargin;
        for (auto chip = kChips.rbegin(); chip != kChips.rend(); ++chip) {
            const int width = theme_.px(*chip);
            right -= width;
            bar(right, middle, width, theme_.px(10));
            right -= 8;
        }
        all_.setTop(all_.top() + height);
        if (!isLargeText(theme_)) return;
        const int counts = theme_.px(kCountsLine);
        bar(all_.left() + kPushMargin, all_.top() + counts / 2.0, theme_.px(240), theme_.px(8));
        all_.setTop(all_.top() + counts + kBelowCounts);
    }

    void commitBox() {
        const int label = theme_.px(kLabelLine);
        const int field = theme_.px(32);
        const QRect box(all_.left() + 24, all_.top(), all_.width() - 48, 13 + label + 4 + field + 15);
        drawBox(p_, box, 6, c_.bgRaised, c_.lineDefault);
        bar(box.left() + 17, box.top() + 13 + label / 2.0, theme_.px(104), theme_.px(8));
        const QRect edit(box.left() + 17, box.top() + 13 + label + 4, theme_.px(272), field);
        drawBox(p_, edit, 6, {}, c_.lineControl);
        p_.fillRect(QRect(edit.left() + edit.width() + 24, box.top() + 16, 1, box.height() - 32), c_.lineDefault);
        bar(edit.left() + edit.width() + 49, box.center().y(), theme_.px(320), theme_.px(8));
        all_.setTop(box.top() + box.height() + kBelowBox);
    }

    void pushes(WidthClass width) {
        const QRect head(all_.left(), all_.top(), all_.width(), theme_.px(kListHead));
        drawBottomLine(p_, head, c_.lineDefault);
        const PushPlaces places =
            pushPlaces(theme_, all_.width() - kPushMargin, pushWidthClass(theme_, all_.width(), width));
        const double middle = head.top() + head.height() / 2.0;
        bar(head.left() + kPushMargin, middle, theme_.px(30), theme_.px(8));
        for (std::size_t at = 0; at < journey::kStageCount; ++at) {
            bar(head.left() + places.stripLeft + places.strip.left(at), middle,
                std::min<double>(theme_.px(44), places.strip.width(at)), theme_.px(8));
        }
        all_.setTop(head.top() + head.height());
        SkeletonRows::draw(p_, all_, pushSkeleton(places, theme_), c_);
    }

private:
    void bar(double left, double middle, double width, double height) {
        drawBox(p_, QRectF(left, middle - height / 2, width, height), std::min(4.0, height / 2), c_.bgTrack);
    }

    QPainter& p_;
    QRect all_;  ///< what is not drawn yet
    const Theme& theme_;
    const Colors& c_ = theme_.colors();
};

}  // namespace

void drawOpening(QPainter& painter, const QRect& window, const Theme& theme, bool narrowRail, WidthClass strips) {
    Opening opening(painter, window, theme);
    opening.rail(narrowRail);
    opening.topBar();
    opening.pageHead();
    opening.commitBox();
    opening.pushes(strips);
}

}  // namespace cerebral::ui
