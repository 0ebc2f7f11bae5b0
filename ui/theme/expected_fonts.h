#pragma once
/// @file The fonts of the type scale by name, without looking at what is installed.
///
/// Whoever is the first to look loads the list of all fonts, which takes longer than a first frame has. Where a font
/// is missing Qt takes the next of its names; `makeFonts` knows better.

#include "ui/theme/fonts.h"

namespace cerebral::ui {

[[nodiscard]] Fonts expectedFonts(double scale);

}  // namespace cerebral::ui
