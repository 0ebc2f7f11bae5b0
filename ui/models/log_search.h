#pragma once
/// @file LogSearch: which lines of a LogBuffer match, and which of them is the current one.
///
/// A text is found at once (a million lines in a tenth of a second). Expressions are slower: each call of
/// `advance` works for a few milliseconds, so that a screen is never kept waiting. Lines that arrive later
/// are picked up by further calls.

#include <QRegularExpression>
#include <QString>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "ui/models/log_buffer.h"

namespace cerebral::ui {

class LogSearch {
public:
    /// `buffer` must outlive the search.
    explicit LogSearch(const LogBuffer& buffer) : buffer_(buffer) {}

    /// Empty ends the search. False when the expression is invalid: everything stays as it was.
    [[nodiscard]] bool begin(const QString& text, bool regex);
    void clear();
    /// True when there is more to do.
    bool advance(std::chrono::milliseconds patience = std::chrono::milliseconds(10));

    [[nodiscard]] bool active() const noexcept { return !needle_.isEmpty(); }
    [[nodiscard]] bool complete() const noexcept { return searched_ == buffer_.size(); }
    /// Ascending line numbers, 0-based.
    [[nodiscard]] const std::vector<std::uint32_t>& hits() const noexcept { return hits_; }
    /// Index into `hits`; -1: none chosen.
    [[nodiscard]] int current() const noexcept { return current_; }
    [[nodiscard]] std::optional<std::size_t> currentLine() const;
    /// The first hit at or behind `line`, else the first of all.
    void chooseFrom(std::size_t line);
    void step(bool forward);
    /// [begin, end) of each match in a line's text, at most a few hundred.
    [[nodiscard]] std::vector<std::pair<qsizetype, qsizetype>> matchesIn(const QString& line) const;

private:
    const LogBuffer& buffer_;
    QString needle_;
    std::optional<QRegularExpression> regex_;
    std::vector<std::uint32_t> hits_;
    std::size_t searched_ = 0;
    int current_ = -1;
};

}  // namespace cerebral::ui
