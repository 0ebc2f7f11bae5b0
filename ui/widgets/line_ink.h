#pragma once
/// @file What colour a line of a log has of itself, wherever it is shown: that of its level. Pure.

#include <QColor>
#include <string_view>

#include "core/analysis/line_level.h"
#include "core/analysis/utf8.h"
#include "ui/theme/colors.h"

namespace cerebral::ui {

/// `firstError`: it is what the run failed of, whatever its level.
[[nodiscard]] inline QColor lineInk(std::string_view line, bool firstError, const Colors& c) {
    // A level stands at the beginning; of a line of megabytes the rest is not looked at.
    constexpr std::size_t kLookedAt = 4096;
    const auto level =
        firstError ? analysis::LineLevel::Error : analysis::lineLevel(analysis::cutUtf8(line, kLookedAt));
    return level == analysis::LineLevel::Error     ? c.bad.text
           : level == analysis::LineLevel::Warning ? c.stuck.text
                                                   : c.text1;
}

}  // namespace cerebral::ui
