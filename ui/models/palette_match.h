#pragma once
/// @file How the palette finds: substrings first, then initials of words. Pure.

#include <QString>
#include <QStringList>
#include <optional>
#include <utility>
#include <vector>

namespace cerebral::ui {

/// What matched, to be set off: (start, length).
using PaletteSpans = std::vector<std::pair<qsizetype, qsizetype>>;

struct PaletteMatch {
    int score = 0;  ///< lower is better
    PaletteSpans spans;
};

/// Every word of `query` must be found in `text`, as a piece of it or as initials ("rds" in "Rebuild
/// data-services"). An empty query matches everything with score 0.
[[nodiscard]] std::optional<PaletteMatch> paletteMatch(const QString& query, const QString& text);
/// Where those of `words` stand that are pieces of `text`; in its order.
[[nodiscard]] PaletteSpans wordsIn(const QStringList& words, const QString& text);

}  // namespace cerebral::ui
