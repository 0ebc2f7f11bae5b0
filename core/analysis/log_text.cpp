#include "core/analysis/log_text.h"

#include "core/analysis/ansi.h"
#include "core/base/time_format.h"

namespace cerebral::analysis {

StampedLine splitTimestamp(std::string_view line) {
    // The shortest stamp is "2026-11-23T07:03:08Z", the longest one has nine digits and an offset.
    const std::size_t space = line.substr(0, 36).find(' ');
    const bool looksRight = space != std::string_view::npos && space >= 20 && line[4] == '-' && line[10] == 'T';
    if (!looksRight) return {std::nullopt, line};
    const auto time = parseRfc3339(line.substr(0, space));
    if (!time) return {std::nullopt, line};
    return {*time, line.substr(space + 1)};
}

std::vector<std::string_view> splitLines(std::string_view log) {
    std::vector<std::string_view> lines;
    while (!log.empty()) {
        const std::size_t end = log.find('\n');
        lines.push_back(log.substr(0, end));
        if (end == std::string_view::npos) break;
        log.remove_prefix(end + 1);
    }
    return lines;
}

std::vector<std::string> plainLines(std::string_view log, Timestamps timestamps) {
    std::vector<std::string> plain;
    for (std::string_view line : splitLines(log)) {
        if (timestamps == Timestamps::Present) line = splitTimestamp(line).text;
        plain.push_back(plainText(line));
    }
    return plain;
}

}  // namespace cerebral::analysis
