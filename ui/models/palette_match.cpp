#include "ui/models/palette_match.h"

#include <QStringList>
#include <algorithm>

namespace cerebral::ui {
namespace {

constexpr int kStart = 0;
constexpr int kWordStart = 1;
constexpr int kInside = 2;
constexpr int kInitials = 3;

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

std::optional<PaletteMatch> initials(const QString& word, const QString& text) {
    PaletteMatch match;
    match.score = kInitials;
    qsizetype next = 0;
    for (qsizetype at = 0; at < text.size() && next < word.size(); ++at) {
        if (!startsWord(text, at) || text[at].toLower() != word[next].toLower()) continue;
        match.spans.emplace_back(at, 1);
        ++next;
    }
    if (next < word.size() || word.size() < 2) return std::nullopt;
    return match;
}

/// The word as it is: at the beginning, else of another word, else inside of one.
std::optional<PaletteMatch> pieceOf(const QString& word, const QString& text) {
    std::optional<PaletteMatch> best;
    for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const int score = at == 0 ? kStart : startsWord(text, at) ? kWordStart : kInside;
        if (!best || score < best->score) best = PaletteMatch{score, {{at, word.size()}}};
    }
    return best;
}

std::optional<PaletteMatch> matchWord(const QString& word, const QString& text) {
    const auto piece = pieceOf(word, text);
    return piece ? piece : initials(word, text);
}

}  // namespace

std::optional<PaletteMatch> paletteMatch(const QString& query, const QString& text) {
    PaletteMatch all;
    for (const QString& word : query.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        auto found = matchWord(word, text);
        if (!found) return std::nullopt;
        all.score += found->score;
        all.spans.insert(all.spans.end(), found->spans.begin(), found->spans.end());
    }
    std::sort(all.spans.begin(), all.spans.end());
    return all;
}

PaletteSpans wordsIn(const QStringList& words, const QString& text) {
    PaletteSpans spans;
    for (const QString& word : words) {
        if (const auto found = pieceOf(word, text)) spans.push_back(found->spans.front());
    }
    std::sort(spans.begin(), spans.end());
    return spans;
}

}  // namespace cerebral::ui
