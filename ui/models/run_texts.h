#pragma once
/// @file What the run page writes: the header, params and results, events. Pure.

#include <optional>
#include <vector>

#include "core/analysis/run_differences.h"
#include "core/history/history_reader.h"
#include "ui/models/push_context.h"
#include "ui/models/run_detail.h"
#include "ui/models/text_table_model.h"

namespace cerebral::ui {

/// "Running · build", "Failed · build", "Stuck · build"; `held`: "Was running · build".
[[nodiscard]] QString stateAndPlace(const RunDetail& run, bool held = false);
/// Params, then results, under headings where there are both, each with its value in the last green run where that
/// differs.
[[nodiscard]] std::vector<TextRow> paramRows(const RunDetail& run, const tekton::PipelineRun* green);
/// Newest first.
[[nodiscard]] std::vector<TextRow> eventRows(const RunDetail& run);

struct RunFact {
    QString label;
    QString value;
    bool mono = false;
    std::optional<tekton::RunState> state;  ///< coloured as this state's word
    QString tip{};                          ///< a time with its date and zone
};
/// `live`: what is in the pods instead of a failed run's image. `held`: how it goes on is not known, no end is
/// promised.
[[nodiscard]] std::vector<RunFact> runFacts(const RunDetail& run, const history::DurationProfile* profile,
                                            qint64 nowMs, const LiveImage& live = {}, bool held = false);

}  // namespace cerebral::ui
