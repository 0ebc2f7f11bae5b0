#pragma once
/// @file Where a failed step went wrong: its first error line, with the lines around it.
///
/// Rule: the first line of level error (line_level.h), else the last line before the exit. Refinements:
/// a Python traceback counts by its exception line, not by its header; of lines which only announce an error ("npm
/// error code E404", pip's "ERROR: Exception:") the telling one right behind them counts; lines that only
/// repeat the exit code ("Step exited with code 1") are never the answer.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/log_text.h"

namespace cerebral::analysis {

struct FirstError {
    std::size_t index = 0;  ///< into the lines given
    bool byLevel = false;   ///< false: it is just the last line before the exit
};
/// `lines`: plain text. Empty only when every line is blank.
[[nodiscard]] std::optional<FirstError> findFirstError(std::span<const std::string> lines);

/// A window of a log, numbered as the whole log is.
struct Excerpt {
    std::size_t firstNumber = 1;  ///< 1-based number of the first line shown
    std::size_t errorNumber = 1;
    std::size_t totalLines = 0;
    std::vector<std::string> lines;  ///< each at most 4 KiB, longer ones end with "…"

    [[nodiscard]] const std::string& errorLine() const { return lines[errorNumber - firstNumber]; }
};
/// The line at `index` with `around` lines around it, half before and half behind; what one side lacks the
/// other gives. `firstNumber`: number of lines[0] in the whole log (a tail begins later than 1).
[[nodiscard]] Excerpt excerptAround(std::span<const std::string> lines, std::size_t index, std::size_t around = 10,
                                    std::size_t firstNumber = 1);

/// All of it for one step, from the bytes of its log.
struct StepError {
    Excerpt excerpt;
    bool byLevel = false;
    std::string normalised;  ///< of the error line, see fingerprint.h
    std::string fingerprint;
};
/// Empty when the log has no line that says anything.
[[nodiscard]] std::optional<StepError> analyseStepLog(std::string_view log, Timestamps timestamps,
                                                      std::size_t firstNumber = 1);

}  // namespace cerebral::analysis
