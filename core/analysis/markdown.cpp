#include "core/analysis/markdown.h"

#include <algorithm>

namespace cerebral::analysis::markdown {
namespace {

std::size_t longestTickRun(std::string_view text) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

}  // namespace

std::string code(std::string_view text) {
    if (text.empty()) return {};
    std::string line(text);
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    const std::string ticks(longestTickRun(line) + 1, '`');
    // One blank on either side is taken off again; it is needed where the text touches the ticks or is padded itself.
    const bool edge = line.front() == '`' || line.back() == '`' || (line.front() == ' ' && line.back() == ' ');
    const char* pad = edge ? " " : "";
    return ticks + pad + line + pad + ticks;
}

std::string fence(std::span<const std::string> lines) {
    std::size_t longest = 2;
    for (const std::string& line : lines) longest = std::max(longest, longestTickRun(line));
    const std::string ticks(longest + 1, '`');
    std::string block = ticks + "text\n";
    for (const std::string& line : lines) block += line + "\n";
    return block + ticks + "\n";
}

}  // namespace cerebral::analysis::markdown
