#pragma once
/// @file Select Graphic Rendition (ECMA-48 section 8.3.117, ITU T.416 section 13.1.8 for colours).

#include <string_view>

#include "core/analysis/ansi.h"

namespace cerebral::analysis {

/// `parameters`: what stands between CSI and `m`. Unknown ones change nothing.
void applySgr(std::string_view parameters, AnsiStyle& style);

}  // namespace cerebral::analysis
