#pragma once
/// @file Scroll bars of DeskStyle: 12 wide, a rounded thumb, no arrows.

#include <QStyle>
#include <QStyleOptionSlider>

#include "ui/theme/theme.h"

namespace cerebral::ui {

constexpr int kScrollBarWidth = 12;
constexpr int kLeastThumb = 32;

[[nodiscard]] QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part);
/// The thumb; what lies behind it is the caller's.
void drawScrollBar(const QStyleOptionSlider& bar, QPainter& painter, const Theme& theme);

}  // namespace cerebral::ui
