#pragma once
/// @file LinkText: a word that opens something, in the colour of links; by keyboard like a button.

#include <QAbstractButton>
#include <QPainter>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {

class LinkText : public QAbstractButton {
public:
    LinkText(const Theme& theme, QFont Fonts::*font, QWidget* parent)
        : QAbstractButton(parent), theme_(theme), font_(font) {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
    }
    [[nodiscard]] QSize sizeHint() const override {
        return {qRound(textWidth(theme_.fonts().*font_, text()) + 2), theme_.px(24)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        const Colors& c = theme_.colors();
        const double used =
            drawText(p, contentsRect(), theme_.fonts().*font_, c.accentText, text(), Qt::AlignLeft, Qt::ElideMiddle);
        const int line = std::min(height() - 3, height() / 2 + theme_.px(8));
        if (underMouse()) p.fillRect(QRectF(0, line, used, 1), c.accentText);
        if (hasFocus()) drawFocusRing(p, rect(), 4, theme_);
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    const Theme& theme_;
    QFont Fonts::*font_;
};

}  // namespace cerebral::ui
