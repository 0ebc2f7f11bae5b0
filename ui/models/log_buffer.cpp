#include "ui/models/log_buffer.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "ui/models/byte_finder.h"

namespace cerebral::ui {
namespace {

/// Cells of a fixed-width font that UTF-8 takes at most. What continues a character takes none; East Asian scripts
/// (U+1000 to U+1FFF, from U+3000 on) and pictures take two.
std::size_t cellsOf(std::string_view text) {
    std::size_t cells = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool continues = (byte & 0xC0U) == 0x80U;
        const bool wide = byte == 0xE1U || byte >= 0xE3U;
        cells += continues ? 0U : wide ? 2U : 1U;
    }
    return cells;
}

constexpr std::size_t kChunk = 1U << 20U;
constexpr unsigned kOffsetBits = 40;
constexpr std::uint64_t kOffsetMask = (1ULL << kOffsetBits) - 1;
constexpr std::size_t kTab = 8;

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x80 * kOnes;

/// Has a byte below 0x20, 0x7f, or one above ASCII; `word` holds eight.
std::uint64_t oddBytes(std::uint64_t word) {
    const std::uint64_t control = (word - 0x20 * kOnes) & ~word;
    const std::uint64_t erased = word ^ (0x7f * kOnes);
    return (word | control | ((erased - kOnes) & ~erased)) & kHighs;
}

/// Printable ASCII, which most lines are: eight bytes at a time.
bool isSimple(std::string_view line) {
    std::uint64_t odd = 0;
    std::size_t i = 0;
    for (; i + 8 <= line.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, line.data() + i, 8);
        odd |= oddBytes(word);
    }
    std::uint64_t rest = 0x20 * kOnes;
    if (i < line.size()) std::memcpy(&rest, line.data() + i, line.size() - i);
    return (odd | oddBytes(rest)) == 0;
}

/// Length of the SGR sequence at the beginning of `text`; 0: none, or one that wants the careful way.
std::size_t colourSequence(std::string_view text) {
    if (!text.starts_with("\x1b[")) return 0;
    const std::size_t end = text.find_first_not_of("0123456789;", 2);
    return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

/// Tabs become blanks up to the next stop of eight columns; spans move along.
void expandTabs(analysis::AnsiLine& line) {
    if (line.text.find('\t') == std::string::npos) return;
    std::string text;
    std::size_t column = 0;
    std::vector<std::size_t> moved(line.text.size() + 1);
    for (std::size_t i = 0; i < line.text.size(); ++i) {
        moved[i] = text.size();
        const char c = line.text[i];
        if (c == '\t') {
            const std::size_t blanks = kTab - column % kTab;
            text.append(blanks, ' ');
            column += blanks;
        } else {
            text.push_back(c);
            if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column;
        }
    }
    moved.back() = text.size();
    for (analysis::StyleSpan& span : line.spans) {
        span.begin = moved[span.begin];
        span.end = moved[span.end];
    }
    line.text = std::move(text);
}

}  // namespace

void LogBuffer::append(std::int64_t timeMs, std::string_view line) {
    if (carried_.isPlain() && isSimple(line)) return store(timeMs, line);
    if (appendColoured(timeMs, line)) return;
    analysis::AnsiLine ansi = analysis::parseAnsiLine(line, carried_);
    expandTabs(ansi);
    if (!ansi.spans.empty()) {
        decorated_.push_back({static_cast<std::uint32_t>(starts_.size()), static_cast<std::uint32_t>(spans_.size())});
        for (const analysis::StyleSpan& span : ansi.spans) {
            spans_.push_back({static_cast<std::uint32_t>(span.begin), static_cast<std::uint32_t>(span.end),
                              styleIndex(span.style)});
        }
    }
    store(timeMs, ansi.text);
}

bool LogBuffer::appendColoured(std::int64_t timeMs, std::string_view line) {
    scratch_.clear();
    const std::size_t spansBefore = spans_.size();
    analysis::AnsiStyle style = carried_;
    const auto give = [&](std::string_view piece) {
        const auto begin = static_cast<std::uint32_t>(scratch_.size());
        scratch_.append(piece);
        if (!style.isPlain() && !piece.empty())
            spans_.push_back({begin, static_cast<std::uint32_t>(scratch_.size()), styleIndex(style)});
    };
    for (std::string_view rest = line; !rest.empty();) {
        const std::string_view piece = rest.substr(0, rest.find('\x1b'));
        rest.remove_prefix(piece.size());
        const std::size_t sequence = rest.empty() ? 0 : colourSequence(rest);
        if (!isSimple(piece) || (!rest.empty() && sequence == 0)) {
            spans_.resize(spansBefore);
            return false;
        }
        give(piece);
        if (sequence > 0) static_cast<void>(analysis::parseAnsiLine(rest.substr(0, sequence), style));
        rest.remove_prefix(sequence);
    }
    if (spans_.size() > spansBefore)
        decorated_.push_back({static_cast<std::uint32_t>(starts_.size()), static_cast<std::uint32_t>(spansBefore)});
    carried_ = style;
    store(timeMs, scratch_);
    return true;
}

void LogBuffer::appendFrom(const LogBuffer& other, std::size_t index) {
    const std::span<const LogSpan> spans = other.spans(index);
    if (!spans.empty()) {
        decorated_.push_back({static_cast<std::uint32_t>(starts_.size()), static_cast<std::uint32_t>(spans_.size())});
        for (const LogSpan& span : spans)
            spans_.push_back({span.begin, span.end, styleIndex(other.style(span.style))});
    }
    store(other.timeMs(index), other.line(index));
}

void LogBuffer::store(std::int64_t timeMs, std::string_view text) {
    const std::size_t needed = text.size() + 1;
    if (chunks_.empty() || chunks_.back().capacity - chunks_.back().used < needed) {
        const std::size_t capacity = std::max(kChunk, needed);
        chunks_.push_back({std::make_unique_for_overwrite<char[]>(capacity), 0, capacity, starts_.size()});
    }
    Chunk& chunk = chunks_.back();
    char* to = chunk.data.get() + chunk.used;
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    to[text.size()] = '\n';
    starts_.push_back((static_cast<std::uint64_t>(chunks_.size() - 1) << kOffsetBits) | chunk.used);
    times_.push_back(timeMs);
    chunk.used += needed;
    bytes_ += needed;
    if (text.size() > longest_) longest_ = std::max(longest_, cellsOf(text));
}

std::uint32_t LogBuffer::styleIndex(const analysis::AnsiStyle& style) {
    // A log uses a handful of styles; one that paints a rainbow gets no new ones after the first thousand.
    constexpr std::size_t kMostStyles = 1024;
    const auto it = std::find(styles_.begin(), styles_.end(), style);
    if (it != styles_.end()) return static_cast<std::uint32_t>(it - styles_.begin());
    if (styles_.size() < kMostStyles) styles_.push_back(style);
    return static_cast<std::uint32_t>(styles_.size() - 1);
}

void LogBuffer::beginSection(std::string_view title, std::int64_t firstNumber) {
    sections_.push_back({size(), firstNumber});
    store(0, title);
}

std::optional<std::int64_t> LogBuffer::numberOf(std::size_t index) const {
    const auto next =
        std::upper_bound(sections_.begin(), sections_.end(), index,
                         [](std::size_t line, const Section& section) { return line < section.heading; });
    if (next == sections_.begin()) return static_cast<std::int64_t>(index) + 1;
    const Section& section = *(next - 1);
    if (section.heading == index) return std::nullopt;
    return section.firstNumber + static_cast<std::int64_t>(index - section.heading) - 1;
}

void LogBuffer::clear() {
    *this = LogBuffer();
}

std::string_view LogBuffer::line(std::size_t index) const {
    const std::uint64_t start = starts_[index];
    const Chunk& chunk = chunks_[start >> kOffsetBits];
    const std::size_t offset = start & kOffsetMask;
    const bool lastOfChunk = index + 1 == starts_.size() || starts_[index + 1] >> kOffsetBits != start >> kOffsetBits;
    const std::size_t end = lastOfChunk ? chunk.used : starts_[index + 1] & kOffsetMask;
    return {chunk.data.get() + offset, end - offset - 1};
}

std::span<const LogSpan> LogBuffer::spans(std::size_t index) const {
    const auto it = std::lower_bound(decorated_.begin(), decorated_.end(), index,
                                     [](const Decorated& entry, std::size_t wanted) { return entry.line < wanted; });
    if (it == decorated_.end() || it->line != index) return {};
    const std::size_t end = it + 1 == decorated_.end() ? spans_.size() : (it + 1)->firstSpan;
    return std::span(spans_).subspan(it->firstSpan, end - it->firstSpan);
}

std::vector<std::uint32_t> LogBuffer::find(std::string_view needle, std::size_t from) const {
    std::vector<std::uint32_t> lines;
    if (needle.empty() || from >= size()) return lines;
    const ByteFinder finder(needle);
    std::size_t line = from;
    for (std::size_t c = starts_[from] >> kOffsetBits; c < chunks_.size(); ++c) {
        const Chunk& chunk = chunks_[c];
        const std::string_view text(chunk.data.get(), chunk.used);
        const std::size_t end = c + 1 < chunks_.size() ? chunks_[c + 1].firstLine : size();
        std::size_t at = line > chunk.firstLine ? starts_[line] & kOffsetMask : 0;
        line = std::max(line, chunk.firstLine);
        while ((at = finder.next(text, at)) != std::string_view::npos) {
            // The line that holds the hit: the last one that starts at or before it.
            const auto after = std::upper_bound(starts_.begin() + static_cast<std::ptrdiff_t>(line),
                                                starts_.begin() + static_cast<std::ptrdiff_t>(end),
                                                (static_cast<std::uint64_t>(c) << kOffsetBits) | at);
            line = static_cast<std::size_t>(after - starts_.begin());
            lines.push_back(static_cast<std::uint32_t>(line - 1));
            if (line >= end) break;
            at = starts_[line] & kOffsetMask;
        }
        line = end;
        if (line >= size()) break;
    }
    return lines;
}

}  // namespace cerebral::ui
