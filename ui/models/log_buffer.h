#pragma once
/// @file LogBuffer: the lines of one log as plain bytes and offsets, their colours beside them.
///
/// Text lies in chunks of 1 MiB that never move, so growing copies nothing and a million lines cost
/// 16 bytes each beside their own. Escape sequences are read once, on arrival: what is kept is what a
/// terminal would show (valid UTF-8, tabs as blanks), so that search, selection and copying see the
/// same text as people do. Not thread-safe.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/ansi.h"

namespace cerebral::ui {

/// Bytes [begin, end) of a line have a style of `LogBuffer::style`.
struct LogSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t style = 0;
};

class LogBuffer {
public:
    /// `line` as the container wrote it, without its line feed. `timeMs`: 0 when it has none.
    void append(std::int64_t timeMs, std::string_view line);
    /// One line of another buffer, colours and all.
    void appendFrom(const LogBuffer& other, std::size_t index);
    /// A heading, and behind it lines of a log whose first one has this number.
    void beginSection(std::string_view title, std::int64_t firstNumber);
    void clear();

    [[nodiscard]] std::size_t size() const noexcept { return starts_.size(); }
    [[nodiscard]] bool empty() const noexcept { return starts_.empty(); }
    [[nodiscard]] std::string_view line(std::size_t index) const;
    [[nodiscard]] std::int64_t timeMs(std::size_t index) const { return times_[index]; }
    [[nodiscard]] std::span<const LogSpan> spans(std::size_t index) const;
    [[nodiscard]] const analysis::AnsiStyle& style(std::uint32_t index) const { return styles_[index]; }
    /// In its section; none for a heading. Without sections: 1 for the first line.
    [[nodiscard]] std::optional<std::int64_t> numberOf(std::size_t index) const;
    /// Headings among the lines.
    [[nodiscard]] std::size_t sections() const noexcept { return sections_.size(); }
    /// Of text and line feeds.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    /// Length of the longest line, in cells of a fixed-width font.
    [[nodiscard]] std::size_t longest() const noexcept { return longest_; }

    /// Lines at or after `from` that contain `needle`, ASCII letters of either case alike. Ascending.
    [[nodiscard]] std::vector<std::uint32_t> find(std::string_view needle, std::size_t from = 0) const;

private:
    struct Chunk {
        std::unique_ptr<char[]> data;
        std::size_t used = 0;
        std::size_t capacity = 0;
        std::size_t firstLine = 0;
    };
    struct Decorated {
        std::uint32_t line = 0;
        std::uint32_t firstSpan = 0;
    };
    struct Section {
        std::size_t heading = 0;
        std::int64_t firstNumber = 1;
    };
    /// Text and colours alone, the usual case: nothing is copied twice. False: it takes more than that.
    bool appendColoured(std::int64_t timeMs, std::string_view line);
    void store(std::int64_t timeMs, std::string_view text);
    [[nodiscard]] std::uint32_t styleIndex(const analysis::AnsiStyle& style);

    std::vector<Chunk> chunks_;
    /// Chunk in the high bits, offset in the low 40.
    std::deque<std::uint64_t> starts_;
    std::deque<std::int64_t> times_;
    std::vector<LogSpan> spans_;
    std::vector<Decorated> decorated_;  ///< ascending by line
    std::vector<Section> sections_;     ///< ascending by heading
    std::vector<analysis::AnsiStyle> styles_;
    analysis::AnsiStyle carried_;
    std::string scratch_;
    std::size_t bytes_ = 0;
    std::size_t longest_ = 0;
};

}  // namespace cerebral::ui
