#pragma once
/// @file Where a glyph or icon stands in a row: it grows with the text beside it.

#include <QRectF>

#include "ui/theme/theme.h"

namespace cerebral::ui {

/// The square of a mark of `token` px, scaled, from `left` on with its centre at `middle`.
[[nodiscard]] inline QRectF markAt(const Theme& theme, double left, double middle, double token) {
    const double size = theme.px(token);
    return {left, middle - size / 2, size, size};
}

}  // namespace cerebral::ui
