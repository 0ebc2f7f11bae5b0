#pragma once
/// @file DeskStyle: Fusion with our own scroll bars, menus, fields, marks, tips and focus rings.
///
/// Hands each control to the file that draws it (style_*.h).
/// Flat fills and 1 px lines only. Widgets with a look of their own (buttons, chips, rows) paint
/// themselves from the Theme; this style covers what Qt builds.

#include <QProxyStyle>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class DeskStyle : public QProxyStyle {
    Q_OBJECT
public:
    /// `theme` must outlive the style.
    explicit DeskStyle(const Theme& theme);

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                         const QWidget* widget) const override;

private:
    const Theme& theme_;
};

}  // namespace cerebral::ui
