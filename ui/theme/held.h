#pragma once
/// @file What is shown of a state while the connection is lost.

#include "ui/theme/glyph.h"

namespace cerebral::ui {

/// `held`: how it went on since it was seen last is not known. What ran or was stuck may be over: both are grey, each
/// in its shape. What had ended stays what it was.
[[nodiscard]] constexpr Status shownAs(Status status, bool held) noexcept {
    if (held && status == Status::Running) return Status::Held;
    if (held && status == Status::Stuck) return Status::HeldStuck;
    return status;
}

/// Of a run that had not ended when it was seen last: what waited to begin may be over, too.
[[nodiscard]] constexpr Status heldRun(Status seen) noexcept {
    return seen == Status::Stuck ? Status::HeldStuck : Status::Held;
}

}  // namespace cerebral::ui
