#include "ui/theme/style_marks.h"

#include <QPainter>

#include "ui/theme/style_shapes.h"

namespace cerebral::ui {
namespace {

constexpr double kMark = 16;

QRect markRect(const QStyleOption& option, const Theme& theme) {
    const int size = theme.px(kMark);
    return {option.rect.left() + (option.rect.width() - size) / 2,
            option.rect.top() + (option.rect.height() - size) / 2, size, size};
}

}  // namespace

void drawCheckMark(const QStyleOption& option, QPainter& p, const Theme& theme) {
    const Colors& c = theme.colors();
    const QRect box = markRect(option, theme);
    const bool enabled = (option.state & QStyle::State_Enabled) != 0;
    const bool partly = (option.state & QStyle::State_NoChange) != 0;
    const bool on = partly || (option.state & QStyle::State_On) != 0;
    const bool hover = enabled && (option.state & QStyle::State_MouseOver) != 0;
    const QColor line = !enabled ? c.lineControl : on ? c.accent : c.lineStrong;
    const QColor ground = !on ? (hover ? c.bgHover : c.bgCanvas) : enabled ? c.accent : c.lineControl;
    drawFrame(p, box, line, ground, 4);
    if (partly) {
        p.fillRect(QRect(box.left() + 4, box.center().y(), box.width() - 8, 2), c.textInverse);
    } else if (on) {
        theme.icons().draw(p, QRectF(box).adjusted(2, 2, -2, -2), QStringLiteral("check"), c.textInverse);
    }
    if ((option.state & QStyle::State_HasFocus) != 0)
        drawFrame(p, box.adjusted(-2, -2, 2, 2), c.focus, Qt::transparent, 6, 2);
}

void drawRadioMark(const QStyleOption& option, QPainter& p, const Theme& theme) {
    const Colors& c = theme.colors();
    const QRectF box(markRect(option, theme));
    const bool enabled = (option.state & QStyle::State_Enabled) != 0;
    const bool on = (option.state & QStyle::State_On) != 0;
    const bool hover = enabled && (option.state & QStyle::State_MouseOver) != 0;
    const double ring = box.width() * 5 / kMark;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setBrush(hover && !on ? c.bgHover : c.bgCanvas);
    p.setPen(QPen(!enabled ? c.lineControl : on ? c.accent : c.lineStrong, on ? ring : 1));
    const double inset = on ? ring / 2 : 0.5;
    p.drawEllipse(box.adjusted(inset, inset, -inset, -inset));
    p.restore();
    if ((option.state & QStyle::State_HasFocus) != 0) {
        drawFrame(p, box.toRect().adjusted(-2, -2, 2, 2), c.focus, Qt::transparent, box.width() / 2 + 2, 2);
    }
}

void drawMarkLabel(const QStyleOptionButton& option, QPainter& p, const Theme& theme) {
    const Colors& c = theme.colors();
    p.setFont(theme.fonts().body);
    p.setPen((option.state & QStyle::State_Enabled) != 0 ? c.text1 : c.textOff);
    p.drawText(option.rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextSingleLine,
               option.text);
}

}  // namespace cerebral::ui
