#pragma once
/// @file Check boxes and radio buttons of DeskStyle: 16 px marks, the accent when on.

#include <QStyleOption>

#include "ui/theme/theme.h"

namespace cerebral::ui {

void drawCheckMark(const QStyleOption& option, QPainter& painter, const Theme& theme);
void drawRadioMark(const QStyleOption& option, QPainter& painter, const Theme& theme);
/// The words beside either.
void drawMarkLabel(const QStyleOptionButton& option, QPainter& painter, const Theme& theme);

}  // namespace cerebral::ui
