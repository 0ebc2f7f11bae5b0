#include "ui/widgets/stuck_bar.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/models/format.h"
#include "ui/theme/bars.h"
#include "ui/theme/held.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr int kLeft = 24;
}

StuckBar::StuckBar(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    fit();
    connect(&theme_, &Theme::changed, this, &StuckBar::fit);
}

void StuckBar::setTexts(const QString& title, const QString& text) {
    title_ = title;
    text_ = asSentence(text);
    setAccessibleName(title_);
    setAccessibleDescription(text_);
    fit();
    update();
}

void StuckBar::setHeld(bool held) {
    if (std::exchange(held_, held) != held) update();
}

QSize StuckBar::sizeHint() const {
    return {400, height()};
}

QRect StuckBar::textBox() const {
    const int left = kLeft + theme_.px(26);
    const QRect room(left, theme_.px(32), std::max(100, width() - left - kLeft), 10'000);
    return QFontMetrics(theme_.fonts().small).boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, text_);
}

void StuckBar::fit() {
    // The whole sentence: what it asks for often stands at its end.
    const int most = theme_.px(32) + 6 * theme_.px(16);
    setFixedHeight(std::min(most, textBox().bottom() + theme_.px(10)));
}

void StuckBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void StuckBar::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QColor ground = held_ ? c.bgRaised : c.stuck.tint;
    p.fillRect(rect(), ground);
    drawHatch(p, QRectF(0, 0, 6, height()), held_ ? c.lineStrong : c.stuck.solid, ground, 4, 2, 0);
    drawBottomLine(p, rect(), c.lineDefault);
    const double line = theme_.px(32);
    drawGlyph(p, markAt(theme_, kLeft, 2 + line / 2, 16), shownAs(Status::Stuck, held_), c, {-1, false, ground});
    drawText(p, QRectF(textBox().left(), 2, width() - kLeft - textBox().left(), line), theme_.fonts().section,
             held_ ? c.text1 : c.stuck.text, title_);
    p.setFont(theme_.fonts().small);
    p.setPen(c.text2);
    p.drawText(textBox(), Qt::AlignLeft | Qt::TextWordWrap, text_);
}

}  // namespace cerebral::ui
