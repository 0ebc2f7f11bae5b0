#include "ui/theme/desk_style.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFrame>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOptionSlider>

#include "ui/theme/style_fields.h"
#include "ui/theme/style_marks.h"
#include "ui/theme/style_menu.h"
#include "ui/theme/style_scroll_bar.h"
#include "ui/theme/style_shapes.h"

namespace cerebral::ui {
namespace {

constexpr int kTipMargin = 5;
constexpr double kMenuRadius = 6;
constexpr int kMarkGap = 8;

/// The box around an edit field that is part of another control draws its own frame.
bool isPartOfControl(const QWidget* field) {
    const auto* line = qobject_cast<const QLineEdit*>(field);
    if (line != nullptr && !line->hasFrame()) return true;  // whoever owns it draws what is around
    const QWidget* parent = field != nullptr ? field->parentWidget() : nullptr;
    return qobject_cast<const QComboBox*>(parent) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(parent) != nullptr;
}

bool isComboList(const QWidget* widget) {
    return widget != nullptr && widget->inherits("QComboBoxPrivateContainer");
}

bool liesInset(const QWidget* bar) {
    const QWidget* area = bar != nullptr ? bar->parentWidget() : nullptr;
    return area != nullptr && area->parentWidget() != nullptr && area->parentWidget()->property("inset").toBool();
}

bool liesOverRows(const QWidget* bar) {
    return bar != nullptr && bar->property("overRows").toBool();
}

void drawSplitter(const QStyleOption& option, QPainter& p, const Colors& c) {
    p.fillRect(option.rect, c.bgCanvas);
    QRect line = option.rect;
    if (line.width() > line.height()) {
        line = QRect(line.left(), line.center().y(), line.width(), 1);
    } else {
        line = QRect(line.center().x(), line.top(), 1, line.height());
    }
    p.fillRect(line, (option.state & QStyle::State_MouseOver) != 0 ? c.lineStrong : c.lineDefault);
}

}  // namespace

DeskStyle::DeskStyle(const Theme& theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), theme_(theme) {}

void DeskStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (auto* box = qobject_cast<QComboBox*>(widget)) {
        box->setItemDelegate(makeComboRows(theme_, box));
        box->setAttribute(Qt::WA_Hover);
    } else if (qobject_cast<QAbstractSpinBox*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_Hover);
    } else if (qobject_cast<QMenu*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_TranslucentBackground);  // for its round corners
    }
}

void DeskStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    const Colors& c = theme_.colors();
    switch (element) {
        case PE_PanelLineEdit:
            if (!isPartOfControl(widget)) drawField(*option, *painter, widget, theme_);
            return;
        case PE_FrameFocusRect:
            return;  // controls paint their own ring, rows their accent edge
        case PE_PanelMenu:
            drawFrame(*painter, option->rect, c.lineControl, c.bgRaised, kMenuRadius);
            return;
        case PE_PanelTipLabel:
            drawFrame(*painter, option->rect, c.lineControl, c.bgRaised, 0);
            return;
        case PE_FrameMenu:
            return;
        case PE_PanelScrollAreaCorner:
            painter->fillRect(option->rect, c.bgCanvas);
            return;
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck:
            drawCheckMark(*option, *painter, theme_);
            return;
        case PE_IndicatorRadioButton:
            drawRadioMark(*option, *painter, theme_);
            return;
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void DeskStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                            const QWidget* widget) const {
    switch (element) {
        case CE_MenuItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
                drawMenuItem(*item, *painter, widget, theme_);
            }
            return;
        case CE_MenuEmptyArea:
            return;  // the panel has filled it, and left its corners round
        case CE_Splitter:
            drawSplitter(*option, *painter, theme_.colors());
            return;
        case CE_ComboBoxLabel:
            if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
                drawComboLabel(*box, *painter, theme_);
            }
            return;
        case CE_CheckBoxLabel:
        case CE_RadioButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
                drawMarkLabel(*button, *painter, theme_);
            }
            return;
        case CE_ShapedFrame:
            if (isComboList(widget)) {
                drawFrame(*painter, option->rect, theme_.colors().lineControl, theme_.colors().bgRaised, 0);
                return;
            }
            break;
        default:
            break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void DeskStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                   const QWidget* widget) const {
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar) {
        if (!liesOverRows(widget)) {
            painter->fillRect(bar->rect, liesInset(widget) ? theme_.colors().bgInset : theme_.colors().bgCanvas);
        }
        drawScrollBar(*bar, *painter, theme_);
    } else if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option); box) {
        drawComboBox(*box, *painter, theme_);
    } else if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option); spin) {
        drawSpinBox(*spin, *painter, theme_);
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect DeskStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                                const QWidget* widget) const {
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar) {
        return scrollBarPart(*bar, sub);
    }
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option)) return comboPart(*box, sub);
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) return spinPart(*spin, sub);
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

int DeskStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_ScrollBarExtent:
            return kScrollBarWidth;
        case PM_ScrollView_ScrollBarOverlap:
            return liesOverRows(widget) ? kScrollBarWidth : 0;
        case PM_ScrollBarSliderMin:
            return kLeastThumb;
        case PM_MenuPanelWidth:
            return 1;
        case PM_MenuVMargin:
            return 4;
        case PM_MenuHMargin:
            return 0;
        case PM_DefaultFrameWidth:
            return 0;
        case PM_ToolTipLabelFrameWidth:
            return kTipMargin;
        case PM_SplitterWidth:
            return 5;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
            return theme_.px(16) + 4;  // the mark and its focus ring
        case PM_CheckBoxLabelSpacing:
        case PM_RadioButtonLabelSpacing:
            return kMarkGap - 2;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int DeskStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* returnData) const {
    switch (hint) {
        case SH_ToolTip_WakeUpDelay:
            return 500;
        case SH_ComboBox_PopupFrameStyle:
            return static_cast<int>(QFrame::Box) | static_cast<int>(QFrame::Plain);
        case SH_ToolTipLabel_Opacity:
            return 255;
        case SH_EtchDisabledText:
        case SH_ScrollBar_LeftClickAbsolutePosition:
        case SH_ScrollBar_Transient:
        case SH_Widget_Animate:
        case SH_ComboBox_Popup:  // the list opens below its box
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize DeskStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                  const QWidget* widget) const {
    switch (type) {
        case CT_MenuItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
                return menuItemSize(*item, theme_);
            }
            break;
        case CT_ComboBox:
            return {size.width() + kFieldSide + kArrowColumn + 4, theme_.px(28)};
        case CT_SpinBox:
            return {size.width() + kFieldSide + kSpinColumn, theme_.px(28)};
        case CT_LineEdit:
            return {size.width() + 2 * kFieldSide, std::max(theme_.px(28), size.height())};
        case CT_CheckBox:
        case CT_RadioButton: {
            const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
            return {base.width() + 2, std::max(theme_.px(28), base.height())};
        }
        default:
            break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

}  // namespace cerebral::ui
