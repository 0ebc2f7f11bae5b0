#pragma once
/// @file One line of a log as a terminal would leave it: plain text, with its colours kept apart.
///
/// Logs come from outside, so nothing in them may act: of all escape sequences only SGR (colours, bold …) has
/// an effect, as spans beside the text. Every other sequence is dropped, OSC 8 and 52, window titles and
/// cursor movement included, and so are control characters. Carriage return and backspace overwrite what was
/// written before, as progress bars expect, and "erase in line" erases.
///
/// Sources: ECMA-48 (fifth edition) sections 5.4 and 8.3; xterm's control sequences. C1 controls are
/// recognised as U+0080 to U+009F, the way xterm does in UTF-8. A string sequence (OSC, DCS …) that does not
/// end on its line takes the rest of the line with it, never the next one. Text is valid UTF-8 afterwards: what
/// was not becomes U+FFFD. Cells are code points; wide characters count as one.
///
/// Pure functions; time and memory are linear in the length of the line.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cerebral::analysis {

struct AnsiColor {
    enum class Kind : std::uint8_t {
        Default,
        Palette,  ///< `red` is the index: 0–7 normal, 8–15 bright, 16–255 cube and greys
        Rgb,
    };
    Kind kind = Kind::Default;
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    static AnsiColor palette(std::uint8_t index) { return {Kind::Palette, index, 0, 0}; }
    static AnsiColor rgb(std::uint8_t r, std::uint8_t g, std::uint8_t b) { return {Kind::Rgb, r, g, b}; }
    bool operator==(const AnsiColor&) const = default;
};

struct AnsiStyle {
    AnsiColor foreground;
    AnsiColor background;
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool strike = false;
    bool inverse = false;

    bool operator==(const AnsiStyle&) const = default;
    [[nodiscard]] bool isPlain() const { return *this == AnsiStyle{}; }
};

/// Bytes [begin, end) of the text have this style; never plain, never empty, ascending, not overlapping.
struct StyleSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    AnsiStyle style;
    bool operator==(const StyleSpan&) const = default;
};

struct AnsiLine {
    std::string text;
    std::vector<StyleSpan> spans;
};

/// `line` without its line feed. `carried` is the style at the line's beginning and, afterwards, at its end:
/// pass the same object for the lines of one stream.
[[nodiscard]] AnsiLine parseAnsiLine(std::string_view line, AnsiStyle& carried);
/// The text alone.
[[nodiscard]] std::string plainText(std::string_view line);

}  // namespace cerebral::analysis
