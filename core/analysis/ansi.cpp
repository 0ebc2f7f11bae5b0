#include "core/analysis/ansi.h"

#include <algorithm>
#include <array>

#include "core/analysis/sgr.h"
#include "core/analysis/utf8.h"

namespace cerebral::analysis {
namespace {

constexpr char kEscape = '\x1b';
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// What a terminal's line holds: cells that can be overwritten.
class CellLine {
public:
    void write(std::string_view bytes, const AnsiStyle& style) {
        if (styles_.empty() || styles_.back() != style) styles_.push_back(style);
        Cell cell;
        cell.length = static_cast<std::uint8_t>(bytes.size());
        std::copy(bytes.begin(), bytes.end(), cell.bytes.begin());
        cell.style = static_cast<std::uint32_t>(styles_.size() - 1);
        if (cursor_ > cells_.size()) cells_.resize(cursor_, blank());
        if (cursor_ == cells_.size()) {
            cells_.push_back(cell);
        } else {
            cells_[cursor_] = cell;
        }
        ++cursor_;
    }

    void carriageReturn() { cursor_ = 0; }
    void backspace() {
        if (cursor_ > 0) --cursor_;
    }

    void eraseInLine(std::string_view parameters) {
        if (parameters == "2") {
            cells_.clear();
        } else if (parameters == "1") {
            const std::size_t end = std::min(cursor_ + 1, cells_.size());
            std::fill(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(end), blank());
        } else if (parameters.empty() || parameters == "0") {
            cells_.resize(std::min(cursor_, cells_.size()), blank());
        }
    }

    [[nodiscard]] AnsiLine finish() const {
        AnsiLine line;
        line.text.reserve(cells_.size());
        for (const Cell& cell : cells_) {
            const std::size_t begin = line.text.size();
            line.text.append(cell.bytes.data(), cell.length);
            if (cell.style == kNoStyle || styles_[cell.style].isPlain()) continue;
            const AnsiStyle& style = styles_[cell.style];
            if (!line.spans.empty() && line.spans.back().end == begin && line.spans.back().style == style) {
                line.spans.back().end = line.text.size();
            } else {
                line.spans.push_back({begin, line.text.size(), style});
            }
        }
        return line;
    }

private:
    static constexpr std::uint32_t kNoStyle = 0xFFFF'FFFF;
    struct Cell {
        std::array<char, 4> bytes{};
        std::uint8_t length = 0;
        std::uint32_t style = kNoStyle;
    };
    static Cell blank() {
        Cell cell;
        cell.bytes[0] = ' ';
        cell.length = 1;
        return cell;
    }

    std::vector<Cell> cells_;
    std::vector<AnsiStyle> styles_;
    std::size_t cursor_ = 0;
};

class LineParser {
public:
    LineParser(std::string_view line, AnsiStyle& style) : line_(line), style_(style) {}

    AnsiLine run() {
        while (at_ < line_.size()) step();
        return cells_.finish();
    }

private:
    void step() {
        const char byte = line_[at_];
        if (byte == kEscape) {
            ++at_;
            escape();
        } else if (byte == '\r') {
            ++at_;
            cells_.carriageReturn();
        } else if (byte == '\b') {
            ++at_;
            cells_.backspace();
        } else if ((static_cast<unsigned char>(byte) < 0x20 && byte != '\t') || byte == '\x7f') {
            ++at_;
        } else {
            character();
        }
    }

    void character() {
        const CodePoint point = decodeUtf8(line_, at_);
        const std::string_view bytes = point.valid ? line_.substr(at_, point.bytes) : kReplacement;
        at_ += point.bytes;
        if (point.valid && point.value >= 0x80 && point.value <= 0x9F) {
            control(static_cast<char>(point.value - 0x40));
        } else {
            cells_.write(bytes, style_);
        }
    }

    /// After ESC: two-character sequences, or the beginning of a longer one.
    void escape() {
        if (at_ >= line_.size()) return;
        const char next = line_[at_];
        if (next >= 0x40 && next <= 0x5F) {
            ++at_;
            control(next);
            return;
        }
        while (at_ < line_.size() && line_[at_] >= 0x20 && line_[at_] <= 0x2F) ++at_;
        if (at_ < line_.size() && line_[at_] >= 0x30 && line_[at_] <= 0x7E) ++at_;
    }

    /// `final`: what follows ESC in the 7-bit form of a C1 control.
    void control(char final) {
        if (final == '[') {
            controlSequence();
        } else if (final == ']' || final == 'P' || final == 'X' || final == '^' || final == '_') {
            skipString();
        }
    }

    void controlSequence() {
        const std::size_t begin = at_;
        while (at_ < line_.size() && line_[at_] >= 0x30 && line_[at_] <= 0x3F) ++at_;
        const std::string_view parameters = line_.substr(begin, at_ - begin);
        const std::size_t intermediates = at_;
        while (at_ < line_.size() && line_[at_] >= 0x20 && line_[at_] <= 0x2F) ++at_;
        // Anything else ends the sequence unfinished and is read as what it is.
        if (at_ >= line_.size() || line_[at_] < 0x40 || line_[at_] > 0x7E) return;
        const char final = line_[at_++];
        if (intermediates != at_ - 1) return;
        if (!parameters.empty() && parameters.front() >= '<') return;
        if (final == 'm') applySgr(parameters, style_);
        if (final == 'K') cells_.eraseInLine(parameters);
    }

    /// Up to BEL or ST; CAN and SUB cancel; ESC before anything else begins another sequence.
    void skipString() {
        for (; at_ < line_.size(); ++at_) {
            const char byte = line_[at_];
            if (byte == '\a' || byte == '\x18' || byte == '\x1a') {
                ++at_;
                return;
            }
            if (byte == kEscape) {
                if (at_ + 1 < line_.size() && line_[at_ + 1] == '\\') at_ += 2;
                return;
            }
            if (line_.substr(at_, 2) == "\xC2\x9C") {
                at_ += 2;
                return;
            }
        }
    }

    std::string_view line_;
    AnsiStyle& style_;
    std::size_t at_ = 0;
    CellLine cells_;
};

/// Most lines: printable ASCII and tabs, where the text is the line.
bool isSimple(std::string_view line) {
    return std::all_of(line.begin(), line.end(), [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; });
}

}  // namespace

AnsiLine parseAnsiLine(std::string_view line, AnsiStyle& carried) {
    if (!isSimple(line)) return LineParser(line, carried).run();
    AnsiLine result{std::string(line), {}};
    if (!line.empty() && !carried.isPlain()) result.spans.push_back({0, line.size(), carried});
    return result;
}

std::string plainText(std::string_view line) {
    AnsiStyle style;
    return parseAnsiLine(line, style).text;
}

}  // namespace cerebral::analysis
