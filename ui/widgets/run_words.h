#pragma once
/// @file Glyphs and words for the states of runs, tasks and steps.

#include <QString>

#include "core/tekton/task_state.h"
#include "ui/theme/glyph.h"

namespace cerebral::ui {

[[nodiscard]] Status statusOf(tekton::RunState state);
[[nodiscard]] Status statusOf(tekton::TaskState state);
[[nodiscard]] Status statusOf(tekton::StepState state);
/// "running", "timed out"
[[nodiscard]] QString taskWord(tekton::TaskState state);
[[nodiscard]] QString stepWord(tekton::StepState state);

}  // namespace cerebral::ui
