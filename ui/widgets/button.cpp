#include "ui/widgets/button.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/widgets/paint.h"

namespace cerebral::ui {

Button::Button(const Theme& theme, const QString& icon, const QString& text, Kind kind, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), icon_(icon), kind_(kind) {
    setText(text);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Button::setSize(Size size) {
    size_ = size;
    updateGeometry();
}

void Button::setIconName(const QString& icon) {
    icon_ = icon;
    update();
}

void Button::setRefusal(const QString& why) {
    refusal_ = why;
    setToolTip(refusal_.isEmpty() ? hint_ : refusal_.toHtmlEscaped());
    setAccessibleDescription(refusal_);
    update();
}

void Button::setHint(const QString& hint) {
    hint_ = hint;
    if (refusal_.isEmpty()) setToolTip(hint_);
    if (text().isEmpty()) setAccessibleName(hint_);
}

QSize Button::sizeHint() const {
    const bool small = size_ == Size::Small;
    const int height = theme_.px(small ? 24 : 28);
    if (text().isEmpty()) return {height, height};
    const QFont& font = small ? theme_.fonts().smallStrong : theme_.fonts().strong;
    int width = qRound(textWidth(font, text())) + 2 * (small ? 8 : 10) + 2;
    if (!icon_.isEmpty()) width += theme_.px(16) + 6;
    return {width, height};
}

bool Button::hitButton(const QPoint& pos) const {
    return !refused() && QAbstractButton::hitButton(pos);
}

void Button::keyPressEvent(QKeyEvent* event) {
    // Ctrl+Enter is the dialog's, whichever of its buttons has the focus.
    const bool enter = (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
                       (event->modifiers() & Qt::ControlModifier) == 0;
    if (refused() && (enter || event->key() == Qt::Key_Space)) return;
    if (enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void Button::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void Button::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void Button::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QRectF box = rect();
    const bool off = refused() || !isEnabled();
    const bool hover = underMouse() && !off;
    QColor fill = c.bgRaised;
    QColor line = off ? c.lineDefault : c.lineControl;
    QColor ink = off ? c.textOff : c.text1;
    QColor iconInk = off ? c.textOff : c.text2;
    if (kind_ == Kind::Primary && !off) {
        fill = isDown() ? c.accent.darker(115) : hover ? c.accent.lighter(108) : c.accent;
        line = fill;
        ink = c.textInverse;
        iconInk = c.textInverse;
    } else if (kind_ == Kind::Danger && !off) {
        line = c.bad.solid;
        ink = iconInk = c.bad.text;
    } else if (kind_ == Kind::Ghost) {
        fill = QColor(Qt::transparent);
        line = QColor(Qt::transparent);
        ink = off ? c.textOff : c.text2;
    }
    if (isChecked()) {
        fill = c.bgSelected;
        line = c.lineControl;
        ink = iconInk = c.text1;
    }
    if (kind_ != Kind::Primary && isDown() && !off) {
        fill = c.bgTrack;
    } else if (kind_ != Kind::Primary && hover && !isChecked()) {
        fill = c.bgHover;
    }
    drawBox(p, box, 6, fill, line);
    const bool small = size_ == Size::Small;
    const QFont& font = small ? theme_.fonts().smallStrong : theme_.fonts().strong;
    const double icon = theme_.px(16);
    double x = small ? 9 : 11;
    if (text().isEmpty()) x = (box.width() - icon) / 2;
    if (!icon_.isEmpty()) {
        theme_.icons().draw(p, QRectF(x, (box.height() - icon) / 2, icon, icon), icon_, iconInk);
        x += icon + 6;
    }
    if (!text().isEmpty())
        drawText(p, QRectF(x, 0, box.width() - x, box.height()), font, ink, text(), Qt::AlignLeft, Qt::ElideNone);
    if (!hasFocus()) return;
    drawFocusRing(p, box, 6, theme_);
    // On its own colour the ring would not be seen.
    if (kind_ == Kind::Primary && !off) drawBox(p, box.adjusted(2, 2, -2, -2), 4, QColor(), c.bgRaised, 1.5);
}

}  // namespace cerebral::ui
