#include "core/analysis/first_error.h"

#include <algorithm>

#include "core/analysis/fingerprint.h"
#include "core/analysis/line_level.h"
#include "core/analysis/text_match.h"
#include "core/analysis/utf8.h"

namespace cerebral::analysis {
namespace {

constexpr std::string_view kTraceback = "Traceback (most recent call last):";
/// How far behind an announcement its telling line is looked for.
constexpr std::size_t kAnnouncementReach = 12;
constexpr std::size_t kLongestExcerptLine = 4096;

/// The line that ends the traceback which begins at `begin`. Log drivers may put the same prefix before each line.
std::optional<std::size_t> exceptionOf(std::span<const std::string> lines, std::size_t begin) {
    const std::size_t column = lines[begin].find(kTraceback);
    for (std::size_t i = begin + 1; i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        if (line.size() <= column) continue;
        const char first = line[column];
        if (!text::isBlank(first) && first != '|' && first != '+') return i;
    }
    return std::nullopt;
}

/// Says that there is an error and not which.
bool isAnnouncement(std::string_view line) {
    line = text::trimmed(line);
    for (const std::string_view prefix : {"npm ERR! ", "npm error "}) {
        if (!line.starts_with(prefix)) continue;
        const std::string_view rest = line.substr(prefix.size());
        for (const std::string_view key : {"code ", "errno ", "path ", "syscall ", "command ", "Exit status"}) {
            if (rest.starts_with(key)) return true;
        }
        return rest.empty();
    }
    if (line.starts_with("make") && text::contains(line, "*** [")) return true;
    return line == "ERROR: Exception:" || line == "ERROR:" || line == "Error:" || line == "error:" ||
           line == "npm ERR!" || line == "FAILED" || line == "FAIL";
}

/// "Step exited with code 1", "exit status 1", "command terminated with exit code 2".
bool onlyStatesTheExit(std::string_view line) {
    line = text::trimmed(line);
    if (line.empty()) return true;
    const bool speaksOfExit = text::contains(line, "exited with code") || text::contains(line, "exit status") ||
                              text::contains(line, "exit code");
    return speaksOfExit && line.size() < 48;
}

std::string cut(const std::string& line) {
    if (line.size() <= kLongestExcerptLine) return line;
    return std::string(cutUtf8(line, kLongestExcerptLine)) + "…";
}

}  // namespace

std::optional<FirstError> findFirstError(std::span<const std::string> lines) {
    std::optional<std::size_t> announced;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (announced && i - *announced > kAnnouncementReach) break;
        if (text::contains(lines[i], kTraceback)) {
            if (const auto exception = exceptionOf(lines, i)) return FirstError{*exception, true};
            continue;
        }
        if (lineLevel(lines[i]) != LineLevel::Error) continue;
        if (!isAnnouncement(lines[i])) return FirstError{i, true};
        if (!announced) announced = i;
    }
    if (announced) return FirstError{*announced, true};
    for (std::size_t i = lines.size(); i-- > 0;) {
        if (!onlyStatesTheExit(lines[i])) return FirstError{i, false};
    }
    for (std::size_t i = lines.size(); i-- > 0;) {
        if (!text::trimmed(lines[i]).empty()) return FirstError{i, false};
    }
    return std::nullopt;
}

Excerpt excerptAround(std::span<const std::string> lines, std::size_t index, std::size_t around,
                      std::size_t firstNumber) {
    const std::size_t wanted = std::min(around + 1, lines.size());
    const std::size_t before = around / 2;
    std::size_t begin = index > before ? index - before : 0;
    begin = std::min(begin, lines.size() - wanted);
    Excerpt excerpt;
    excerpt.firstNumber = firstNumber + begin;
    excerpt.errorNumber = firstNumber + index;
    excerpt.totalLines = firstNumber - 1 + lines.size();
    for (const std::string& line : lines.subspan(begin, wanted)) excerpt.lines.push_back(cut(line));
    return excerpt;
}

std::optional<StepError> analyseStepLog(std::string_view log, Timestamps timestamps, std::size_t firstNumber) {
    const std::vector<std::string> lines = plainLines(log, timestamps);
    const auto error = findFirstError(lines);
    if (!error) return std::nullopt;
    StepError result;
    result.excerpt = excerptAround(lines, error->index, 10, firstNumber);
    result.byLevel = error->byLevel;
    result.normalised = normaliseError(lines[error->index]);
    result.fingerprint = fingerprintOf(lines[error->index]);
    return result;
}

}  // namespace cerebral::analysis
