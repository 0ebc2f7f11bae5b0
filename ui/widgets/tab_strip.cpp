#include "ui/widgets/tab_strip.h"

#include <QPainter>

#include "ui/theme/tabular.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {

TabStrip::TabStrip(const Theme& theme, QWidget* parent) : QTabBar(parent), theme_(theme) {
    setDrawBase(false);
    setExpanding(false);
    setFocusPolicy(Qt::TabFocus);
    setUsesScrollButtons(false);
    setMouseTracking(true);
    setAccessibleName(QStringLiteral("Views of this run"));
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void TabStrip::setCount(int tab, std::optional<int> count) {
    const int known = count.value_or(-1) + 1;  // 0 is what an untouched tab has
    if (tabData(tab).toInt() == known) return;
    setTabData(tab, known);
    setTabText(tab, tabText(tab));  // of what the bar does not know it makes no room
    updateGeometry();
    resize(sizeHint());
    update();
}

QSize TabStrip::tabSizeHint(int index) const {
    int width = qRound(textWidth(theme_.fonts().strong, tabText(index))) + 16;
    if (const int count = tabData(index).toInt() - 1; count >= 0)
        width += 6 + qRound(tabularWidth(theme_.fonts().tiny, QString::number(count)));
    return {width + 4, theme_.px(40)};
}

void TabStrip::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgCanvas);
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i).adjusted(0, 0, -4, 0);
        const bool on = i == currentIndex();
        const bool hover = tab.contains(mapFromGlobal(QCursor::pos())) && underMouse();
        const double used = drawText(p, QRectF(tab).adjusted(8, 0, 0, 0), theme_.fonts().strong,
                                     on || hover ? c.text1 : c.text2, tabText(i), Qt::AlignLeft, Qt::ElideNone);
        if (const int count = tabData(i).toInt() - 1; count >= 0) {
            p.setPen(c.text3);
            drawTabular(p, QRectF(tab.left() + 8 + used + 6, 0, 60, tab.height()), Qt::AlignLeft, theme_.fonts().tiny,
                        QString::number(count));
        }
        if (on) p.fillRect(QRect(tab.left() + 8, tab.bottom() - 1, tab.width() - 16, 2), c.accent);
        if (on && hasFocus()) drawFocusRing(p, QRectF(tab).adjusted(1, 5, -1, -5), 6, theme_);
    }
}

}  // namespace cerebral::ui
