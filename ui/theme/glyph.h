#pragma once
/// @file Status glyphs: a state is never told by colour alone; each has a shape of its own.
///
/// Geometry on a 16 × 16 grid, scaled to the rectangle asked for (12 in text, 14 in trees, 16 in
/// rows, 20 and 24 in headings).

#include <QPainter>
#include <QString>
#include <cstdint>

#include "ui/theme/colors.h"

namespace cerebral::ui {

enum class Status : std::uint8_t {
    Running,
    Live,       ///< succeeded and serving: full strength
    Succeeded,  ///< succeeded, in lists: quiet
    Failed,
    TimedOut,
    Stuck,
    Cancelled,
    Cancelling,
    Pending,
    Skipped,
    Held,       ///< running when last seen, not known now
    HeldStuck,  ///< stuck when last seen, not known now
};

/// Whether it may have changed since it was seen last.
[[nodiscard]] constexpr bool isHeld(Status status) noexcept {
    return status == Status::Held || status == Status::HeldStuck;
}

[[nodiscard]] const StateColors& stateColors(const Colors& colors, Status status);
/// Solid colour of the glyph; weak ones step up on the selected ground.
[[nodiscard]] QColor glyphColor(const Colors& colors, Status status, bool onSelected = false);
/// Colour for the word that stands beside the glyph.
[[nodiscard]] QColor stateTextColor(const Colors& colors, Status status);

struct GlyphStyle {
    /// 0…1 of the ring's arc, for Running; below 0: unknown, shown as a quarter.
    double progress = -1;
    bool onSelected = false;
    /// What lies beneath; the inner stroke takes it. Invalid: the canvas.
    QColor ground;
};

void drawGlyph(QPainter& painter, const QRectF& rect, Status status, const Colors& colors,
               const GlyphStyle& style = {});

}  // namespace cerebral::ui
