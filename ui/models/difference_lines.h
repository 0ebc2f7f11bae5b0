#pragma once
/// @file DifferenceLine: what changed since the last green run, line by line, as cards and panels show it. Pure.

#include <QString>
#include <vector>

#include "core/analysis/run_differences.h"

namespace cerebral::ui {

struct DifferenceLine {
    enum class Kind : std::uint8_t {
        Commits,  ///< from one commit to another
        Value,    ///< one value became another
        Param,    ///< so did a param
        Same,     ///< neither `before` nor `after` is set
    };
    QString label;
    Kind kind = Kind::Value;
    QString before;
    QString after;
    bool code = false;  ///< the values are hashes, images or params
};

/// Digests and commits are shortened. What neither run says is left out.
[[nodiscard]] std::vector<DifferenceLine> differenceLines(const analysis::RunDifferences& differences);

}  // namespace cerebral::ui
