#pragma once
/// @file Sizes that follow the size of the text: set now and again whenever it changes.

#include <QWidget>

#include "ui/theme/theme.h"

namespace cerebral::ui {

/// Less fits beside each other, and below: parts that only help give way.
inline bool isLargeText(const Theme& theme) {
    return theme.fontScale() >= 1.25;
}

/// `fit` sets sizes of `widget` from the theme.
template <class Fit>
void keepScaled(const Theme& theme, QWidget* widget, Fit fit) {
    QObject::connect(&theme, &Theme::changed, widget, fit);
    fit();
}

/// Fixed at `token` px, scaled.
inline void keepHeight(const Theme& theme, QWidget* widget, double token) {
    keepScaled(theme, widget, [&theme, widget, token] { widget->setFixedHeight(theme.px(token)); });
}
inline void keepWidth(const Theme& theme, QWidget* widget, double token) {
    keepScaled(theme, widget, [&theme, widget, token] { widget->setFixedWidth(theme.px(token)); });
}
inline void keepMostWidth(const Theme& theme, QWidget* widget, double token) {
    keepScaled(theme, widget, [&theme, widget, token] { widget->setMaximumWidth(theme.px(token)); });
}

}  // namespace cerebral::ui
