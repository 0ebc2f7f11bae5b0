#pragma once
/// @file The state of a run as a pill: glyph and word on the state's tint.

#include <QPainter>

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

[[nodiscard]] double statePillWidth(const Theme& theme, const QString& word);
/// From `left` on, with its centre at `middle`. Returns where it ends.
double drawStatePill(QPainter& painter, double left, double middle, Status status, const QString& word,
                     const Theme& theme);

}  // namespace cerebral::ui
