#include "ui/widgets/stuck_bar.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/theme/bars.h"
#include "ui/theme/glyph.h"
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
    p.fillRect(rect(), c.stuck.tint);
    drawHatch(p, QRectF(0, 0, 6, height()), c.stuck.solid, c.stuck.tint, 4, 2, 0);
    drawBottomLine(p, rect(), c.lineDefault);
    const double line = theme_.px(32);
    drawGlyph(p, markAt(theme_, kLeft, 2 + line / 2, 16), Status::Stuck, c, {-1, false, c.stuck.tint});
    drawText(p, QRectF(textBox().left(), 2, width() - kLeft - textBox().left(), line), theme_.fonts().section,
             c.stuck.text, title_);
    p.setFont(theme_.fonts().small);
    p.setPen(c.text2);
    p.drawText(textBox(), Qt::AlignLeft | Qt::TextWordWrap, text_);
}

}  // namespace cerebral::ui
