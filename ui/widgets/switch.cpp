#include "ui/widgets/switch.h"

#include <QPainter>

#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr int kTrack = 28;
constexpr int kKnob = 12;
constexpr int kGap = 8;
}  // namespace

Switch::Switch(const Theme& theme, const QString& text, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, &QWidget::updateGeometry);
}

QSize Switch::sizeHint() const {
    return {2 + kTrack + kGap + qRound(textWidth(theme_.fonts().strong, text())) + 4, theme_.px(28)};
}

void Switch::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QRectF track(2, (height() - 16) / 2.0, kTrack, 16);
    const QColor ground = !isEnabled() ? c.bgTrack : isChecked() ? c.accent : c.lineStrong;
    drawBox(p, track, 8, ground);
    const double x = isChecked() ? track.right() - kKnob - 2 : track.left() + 2;
    drawBox(p, QRectF(x, track.top() + 2, kKnob, kKnob), kKnob / 2.0, isEnabled() ? c.textInverse : c.textOff);
    drawText(p, QRectF(track.right() + kGap, 0, width() - track.right() - kGap, height()), theme_.fonts().strong,
             isEnabled() ? c.text1 : c.textOff, text(), Qt::AlignLeft, Qt::ElideNone);
    if (hasFocus()) drawFocusRing(p, track.adjusted(-2, -2, 2, 2), 10, theme_);
}

}  // namespace cerebral::ui
