#include "ui/theme/desk_style.h"

#include <QPainter>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOptionSlider>

namespace cerebral::ui {
namespace {

constexpr int kScrollBarWidth = 12;

void frame(QPainter& p, const QRect& rect, const QColor& line, const QColor& ground, double radius,
           double width = 1) {
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(line, width));
    p.setBrush(ground);
    const double inset = width / 2;
    p.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    p.restore();
}

}  // namespace

DeskStyle::DeskStyle(const Theme& theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), theme_(theme) {}

void DeskStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    const Colors& c = theme_.colors();
    switch (element) {
        case PE_PanelLineEdit: {
            const bool focused = (option->state & State_HasFocus) != 0;
            if (widget != nullptr && widget->property("bad").toBool()) {
                frame(*painter, option->rect, c.bad.solid, c.bgCanvas, 6, focused ? 2 : 1);
            } else {
                frame(*painter, option->rect, focused ? c.focus : c.lineControl, c.bgCanvas, 6, focused ? 2 : 1);
            }
            return;
        }
        case PE_FrameFocusRect:
            return;  // controls paint their own ring, rows their accent edge
        case PE_PanelMenu:
            frame(*painter, option->rect, c.lineControl, c.bgRaised, 0);
            return;
        case PE_FrameMenu:
            return;
        case PE_PanelTipLabel:
            frame(*painter, option->rect, c.lineControl, c.bgRaised, 0);
            return;
        case PE_PanelScrollAreaCorner:
            painter->fillRect(option->rect, c.bgCanvas);
            return;
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck: {
            const bool on = (option->state & (State_On | State_NoChange)) != 0;
            const QRect box(option->rect.center().x() - 7, option->rect.center().y() - 7, 16, 16);
            frame(*painter, box, on ? c.accent : c.lineStrong, on ? c.accent : c.bgCanvas, 4);
            if (on) theme_.icons().draw(*painter, box.adjusted(2, 2, -2, -2), QStringLiteral("check"), c.textInverse);
            if ((option->state & State_HasFocus) != 0) {
                frame(*painter, box.adjusted(-3, -3, 3, 3), c.focus, Qt::transparent, 6, 2);
            }
            return;
        }
        case PE_IndicatorRadioButton: {
            const bool on = (option->state & State_On) != 0;
            const QRectF box(option->rect.center().x() - 7, option->rect.center().y() - 7, 16, 16);
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setBrush(c.bgCanvas);
            painter->setPen(QPen(on ? c.accent : c.lineStrong, on ? 5 : 1));
            const double inset = on ? 2.5 : 0.5;
            painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
            painter->restore();
            return;
        }
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void DeskStyle::drawMenuItem(const QStyleOption* option, QPainter& p) const {
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    if (item == nullptr) return;
    const Colors& c = theme_.colors();
    p.fillRect(item->rect, c.bgRaised);
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        p.fillRect(QRect(item->rect.left(), item->rect.center().y(), item->rect.width(), 1), c.lineSubtle);
        return;
    }
    const bool enabled = (item->state & State_Enabled) != 0;
    if ((item->state & State_Selected) != 0 && enabled) {
        frame(p, item->rect.adjusted(4, 1, -4, -1), Qt::transparent, c.bgSelected, 4);
    }
    QRect inner = item->rect.adjusted(12, 0, -12, 0);
    const QRect mark(inner.left(), inner.center().y() - 7, 16, 16);
    if (item->checkType != QStyleOptionMenuItem::NotCheckable && item->checked) {
        theme_.icons().draw(p, mark, QStringLiteral("check"), c.accentText);
    } else if (!item->icon.isNull()) {
        item->icon.paint(&p, mark);
    }
    inner.setLeft(inner.left() + 24);
    const QStringList parts = item->text.split(QLatin1Char('\t'));
    p.setFont(theme_.fonts().body);
    p.setPen(enabled ? c.text1 : c.textOff);
    p.drawText(inner, Qt::AlignVCenter | Qt::TextShowMnemonic, parts.value(0));
    if (parts.size() > 1) {
        p.setFont(theme_.fonts().small);
        p.setPen(c.text3);
        p.drawText(inner, Qt::AlignVCenter | Qt::AlignRight, parts.value(1));
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        theme_.icons().draw(p, QRectF(item->rect.right() - 18, item->rect.center().y() - 6, 12, 12),
                            QStringLiteral("right"), c.text3);
    }
}

void DeskStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                            const QWidget* widget) const {
    switch (element) {
        case CE_MenuItem:
            drawMenuItem(option, *painter);
            return;
        case CE_MenuEmptyArea:
            painter->fillRect(option->rect, theme_.colors().bgRaised);
            return;
        case CE_Splitter: {
            const bool hover = (option->state & State_MouseOver) != 0;
            painter->fillRect(option->rect, theme_.colors().bgCanvas);
            QRect line = option->rect;
            if (line.width() > line.height()) {
                line = QRect(line.left(), line.center().y(), line.width(), 1);
            } else {
                line = QRect(line.center().x(), line.top(), 1, line.height());
            }
            painter->fillRect(line, hover ? theme_.colors().lineStrong : theme_.colors().lineDefault);
            return;
        }
        default:
            QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void DeskStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                   const QWidget* widget) const {
    if (control != CC_ScrollBar) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    const Colors& c = theme_.colors();
    const QWidget* area = widget != nullptr ? widget->parentWidget() : nullptr;
    const bool inset =
        area != nullptr && area->parentWidget() != nullptr && area->parentWidget()->property("inset").toBool();
    painter->fillRect(option->rect, inset ? c.bgInset : c.bgCanvas);
    if (bar == nullptr || bar->maximum <= bar->minimum) return;
    QRect thumb = proxy()->subControlRect(control, option, SC_ScrollBarSlider, widget);
    thumb = bar->orientation == Qt::Vertical ? thumb.adjusted(3, 2, -3, -2) : thumb.adjusted(2, 3, -2, -3);
    const bool active = (bar->state & (State_Sunken | State_MouseOver)) != 0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? c.lineStrong : c.bgGhost);
    painter->drawRoundedRect(thumb, 3, 3);
    painter->restore();
}

QRect DeskStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                                const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control != CC_ScrollBar || bar == nullptr) return QProxyStyle::subControlRect(control, option, sub, widget);
    const bool vertical = bar->orientation == Qt::Vertical;
    const int length = vertical ? bar->rect.height() : bar->rect.width();
    const int range = bar->maximum - bar->minimum;
    int thumb = length;
    if (range > 0) {
        const qint64 span = static_cast<qint64>(range) + bar->pageStep;
        thumb = static_cast<int>(std::max<qint64>(32, static_cast<qint64>(bar->pageStep) * length / span));
    }
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              std::max(0, length - thumb), bar->upsideDown);
    const auto along = [&](int from, int size) {
        return vertical ? QRect(0, from, bar->rect.width(), size) : QRect(from, 0, size, bar->rect.height());
    };
    switch (sub) {
        case SC_ScrollBarSlider:
            return along(start, thumb);
        case SC_ScrollBarGroove:
            return bar->rect;
        case SC_ScrollBarSubPage:
            return along(0, start);
        case SC_ScrollBarAddPage:
            return along(start + thumb, std::max(0, length - start - thumb));
        default:
            return {};
    }
}

int DeskStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_ScrollBarExtent:
            return kScrollBarWidth;
        case PM_ScrollBarSliderMin:
            return 32;
        case PM_MenuPanelWidth:
            return 1;
        case PM_MenuVMargin:
            return 4;
        case PM_MenuHMargin:
            return 0;
        case PM_DefaultFrameWidth:
            return 0;
        case PM_SplitterWidth:
            return 5;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
            return 16;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int DeskStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* returnData) const {
    switch (hint) {
        case SH_ToolTip_WakeUpDelay:
            return 500;
        case SH_EtchDisabledText:
            return 0;
        case SH_ScrollBar_LeftClickAbsolutePosition:
            return 0;
        case SH_ScrollBar_Transient:
            return 0;
        case SH_Widget_Animate:
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize DeskStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                  const QWidget* widget) const {
    if (type == CT_MenuItem) {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item != nullptr && item->menuItemType == QStyleOptionMenuItem::Separator) return {size.width(), 9};
        const QFontMetrics metrics(theme_.fonts().body);
        QString text = item != nullptr ? item->text : QString();
        const int gap = text.contains(QLatin1Char('\t')) ? 32 : 0;
        return {metrics.horizontalAdvance(text.remove(QLatin1Char('\t'))) + 64 + gap, theme_.px(28)};
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

}  // namespace cerebral::ui
