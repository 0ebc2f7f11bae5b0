#include "ui/widgets/switch.h"

#include <QPainter>

#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr int kTrack = 28;
constexpr int kKnob = 12;
constexpr int kGap = 8;
constexpr int kRing = 2;  ///< around the track, for the focus
}  // namespace

Switch::Switch(const Theme& theme, const QString& text, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, &QWidget::updateGeometry);
}

QSize Switch::sizeHint() const {
    const int words = text().isEmpty() ? 0 : kGap + qRound(textWidth(theme_.fonts().strong, text())) + 2;
    // Without words behind it the track ends where fields above and below it end.
    return {(words > 0 ? 2 : 1) * kRing + theme_.px(kTrack) + words, theme_.px(28)};
}

void Switch::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const double knob = theme_.px(kKnob);
    const double high = knob + 4;
    const QRectF track(kRing, (height() - high) / 2, theme_.px(kTrack), high);
    const QColor ground = !isEnabled() ? c.bgTrack : isChecked() ? c.accent : c.lineStrong;
    drawBox(p, track, high / 2, ground);
    const double x = isChecked() ? track.right() - knob - 2 : track.left() + 2;
    drawBox(p, QRectF(x, track.top() + 2, knob, knob), knob / 2, isEnabled() ? c.textInverse : c.textOff);
    drawText(p, QRectF(track.right() + kGap, 0, width() - track.right() - kGap, height()), theme_.fonts().strong,
             isEnabled() ? c.text1 : c.textOff, text(), Qt::AlignLeft, Qt::ElideNone);
    if (hasFocus())
        drawFocusRing(p, track.adjusted(-kRing, -kRing, text().isEmpty() ? 0 : kRing, kRing), high / 2 + 2, theme_);
}

}  // namespace cerebral::ui
