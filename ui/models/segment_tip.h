#pragma once
/// @file What a segment says when the pointer rests on it: start, end, median, the object, its words.

#include <QString>

#include "core/journey/journey.h"
#include "ui/models/stage_medians.h"

namespace cerebral::ui {

/// Plain text, one fact a line.
[[nodiscard]] QString stageTip(const journey::ServiceJourney& journey, journey::Stage stage,
                               const StageMedians& medians);
/// Of a fan-out: one line for each service.
[[nodiscard]] QString stageTip(const journey::Push& push, journey::Stage stage);

}  // namespace cerebral::ui
