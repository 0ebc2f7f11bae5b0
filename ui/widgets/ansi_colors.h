#pragma once
/// @file From the colours a log asks for to those that stay readable on our grounds.

#include <QColor>
#include <optional>

#include "core/analysis/ansi.h"
#include "ui/theme/colors.h"

namespace cerebral::ui {

/// The eight names map to the theme's; everything else is pulled to a contrast of 4.5 on the log's ground.
[[nodiscard]] QColor ansiForeground(const analysis::AnsiStyle& style, const Colors& colors);
/// A tint of the same hue; empty for the default.
[[nodiscard]] std::optional<QColor> ansiBackground(const analysis::AnsiStyle& style, const Colors& colors);

/// WCAG 2.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

}  // namespace cerebral::ui
