#pragma once
/// @file What a screen reader learns of a log view: the lines on screen, read-only.

namespace cerebral::ui {

/// Makes every LogView readable. As often as one likes.
void makeLogsAccessible();

}  // namespace cerebral::ui
