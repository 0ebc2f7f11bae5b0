#pragma once
/// @file How the palette finds: substrings first, then initials of words. Pure.

#include <QString>
#include <optional>
#include <utility>
#include <vector>

namespace cerebral::ui {

struct PaletteMatch {
    int score = 0;  ///< lower is better
    /// What matched, to be set off: (start, length).
    std::vector<std::pair<qsizetype, qsizetype>> spans;
};

/// Every word of `query` must be found in `text`, as a piece of it or as initials ("rds" in "Rebuild
/// data-services"). An empty query matches everything with score 0.
[[nodiscard]] std::optional<PaletteMatch> paletteMatch(const QString& query, const QString& text);

}  // namespace cerebral::ui
