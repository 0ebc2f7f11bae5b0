#include "ui/widgets/state_pill.h"

#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr double kHeight = 20;
constexpr double kGlyph = 12;
}  // namespace

double statePillWidth(const Theme& theme, const QString& word) {
    return textWidth(theme.fonts().smallStrong, word) + theme.px(kGlyph) + 20;
}

double drawStatePill(QPainter& p, double left, double middle, Status status, const QString& word,
                     const Theme& theme) {
    const Colors& c = theme.colors();
    const double height = theme.px(kHeight);
    const QRectF pill(left, middle - height / 2, statePillWidth(theme, word), height);
    const QColor tint = stateColors(c, status).tint;
    const QColor ground = tint.isValid() ? tint : c.bgTrack;
    drawBox(p, pill, 4, ground);
    drawGlyph(p, markAt(theme, pill.left() + 7, middle, kGlyph), status, c, {-1, false, ground});
    drawText(p, pill.adjusted(theme.px(kGlyph) + 12, 0, 0, 0), theme.fonts().smallStrong, stateTextColor(c, status),
             word, Qt::AlignLeft, Qt::ElideNone);
    return pill.right();
}

}  // namespace cerebral::ui
