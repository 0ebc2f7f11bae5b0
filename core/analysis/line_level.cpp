#include "core/analysis/line_level.h"

#include <optional>

#include "core/analysis/text_match.h"

namespace cerebral::analysis {
namespace {

using text::contains;
using text::isBlank;
using text::isDigit;
using text::isOneOf;
using text::isWord;

/// The words by which loggers name levels, logrus' four letters included.
LineLevel levelOfWord(std::string_view word) {
    if (isOneOf(word, {"error", "err", "erro", "eror", "fatal", "fata", "panic", "pani", "critical", "crit", "emerg",
                       "emergency", "alert", "severe"})) {
        return LineLevel::Error;
    }
    if (isOneOf(word, {"warning", "warn"})) return LineLevel::Warning;
    if (isOneOf(word, {"info", "notice", "information"})) return LineLevel::Info;
    if (isOneOf(word, {"debug", "debu", "trace", "trac", "verbose"})) return LineLevel::Debug;
    return LineLevel::None;
}

/// pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal.
LineLevel levelOfNumber(std::string_view digits) {
    if (digits.size() != 2) return LineLevel::None;
    if (digits[0] >= '5') return LineLevel::Error;
    if (digits[0] == '4') return LineLevel::Warning;
    return digits[0] == '3' ? LineLevel::Info : LineLevel::Debug;
}

std::string_view leadingWord(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && isWord(text[end])) ++end;
    return text.substr(0, end);
}

/// The value that follows `key` and `separator`, quoted or not.
std::optional<std::string_view> valueOf(std::string_view line, std::string_view key, char separator) {
    for (std::size_t at = line.find(key); at != std::string_view::npos; at = line.find(key, at + 1)) {
        // "--log-level=error" is an argument, not a level.
        if (at > 0 && !contains(" \t{,\"", line.substr(at - 1, 1))) continue;
        std::string_view rest = line.substr(at + key.size());
        if (!rest.empty() && rest.front() == '"') rest.remove_prefix(1);
        rest = text::trimmed(rest);
        if (rest.empty() || rest.front() != separator) continue;
        rest = text::trimmed(rest.substr(1));
        if (!rest.empty() && rest.front() == '"') rest.remove_prefix(1);
        return leadingWord(rest);
    }
    return std::nullopt;
}

LineLevel structuredLevel(std::string_view line) {
    const char separator = line.front() == '{' ? ':' : '=';
    if (separator == '=' && !contains(line, "=")) return LineLevel::None;
    for (const std::string_view key : {"level", "severity", "lvl", "levelname"}) {
        const auto value = valueOf(line, key, separator);
        if (!value || value->empty()) continue;
        return isDigit(value->front()) ? levelOfNumber(*value) : levelOfWord(*value);
    }
    return LineLevel::None;
}

/// "E1123 08:41:00.123456   1 file.go:12] …"
LineLevel klogLevel(std::string_view line) {
    if (line.size() < 8 || line[5] != ' ' || !isDigit(line[6])) return LineLevel::None;
    for (std::size_t i = 1; i < 5; ++i) {
        if (!isDigit(line[i])) return LineLevel::None;
    }
    switch (line[0]) {
        case 'E':
        case 'F':
            return LineLevel::Error;
        case 'W':
            return LineLevel::Warning;
        case 'I':
            return LineLevel::Info;
        default:
            return LineLevel::None;
    }
}

struct Token {
    std::string_view text;  ///< as it stands
    std::string_view word;  ///< its first run of letters, brackets taken off
    std::string_view rest;  ///< the line behind it
};

Token nextToken(std::string_view line) {
    while (!line.empty() && isBlank(line.front())) line.remove_prefix(1);
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    Token token{line.substr(0, end), {}, line.substr(end)};
    std::string_view inner = token.text;
    while (!inner.empty() && contains("[(<{|*\"'", inner.substr(0, 1))) inner.remove_prefix(1);
    token.word = leadingWord(inner);
    return token;
}

/// Times, numbers, brackets without a level, thread names: what loggers put before the level.
bool isPreamble(const Token& token) {
    const char first = token.text.front();
    return isDigit(first) || first == '[' || first == '(' || first == '<' || token.text == "-" || token.text == "|" ||
           token.text.front() == '#';
}

/// A word is a level by its form: "ERROR", "[error]", "error:", "ERRO[0003]"; "errors" or "error-utils" is not.
bool hasLevelForm(const Token& token, bool first) {
    const std::size_t begin = static_cast<std::size_t>(token.word.data() - token.text.data());
    const std::string_view tail = token.text.substr(begin + token.word.size());
    const bool bracketed = begin > 0 && !tail.empty();
    const bool shouting =
        std::all_of(token.word.begin(), token.word.end(), [](char c) { return !(c >= 'a' && c <= 'z'); });
    if (bracketed) return true;
    if (shouting) return tail.empty() || contains(":[|]!,", tail.substr(0, 1));
    return first && !tail.empty() && contains(":[!", tail.substr(0, 1));
}

LineLevel leadingLevel(std::string_view line) {
    constexpr int kMostTokens = 6;
    for (int i = 0; i < kMostTokens; ++i) {
        const Token token = nextToken(line);
        if (token.text.empty()) return LineLevel::None;
        const LineLevel level = levelOfWord(token.word);
        if (level != LineLevel::None && hasLevelForm(token, i == 0)) return level;
        if (!isPreamble(token) && i > 0) {
            // "08:41:00 app.module ERROR …": one name may stand between the time and the level.
            const Token after = nextToken(token.rest);
            const LineLevel late = levelOfWord(after.word);
            const bool shouted = !after.word.empty() && text::isUpper(after.word.back());
            return late != LineLevel::None && shouted && hasLevelForm(after, false) ? late : LineLevel::None;
        }
        if (!isPreamble(token)) return LineLevel::None;
        line = token.rest;
    }
    return LineLevel::None;
}

/// Programs that say "error" as their first word and go on without a colon: "error building image: …",
/// "Error response from daemon: …"; not "error handling installed".
LineLevel sentenceLevel(std::string_view line) {
    const Token first = nextToken(line);
    if (!isOneOf(first.text, {"error", "fatal"})) return LineLevel::None;
    const Token second = nextToken(first.rest);
    const bool aboutErrors =
        isOneOf(second.word, {"", "handling", "handler", "handlers", "reporting", "tracking", "page", "pages", "code",
                              "codes", "message", "messages", "count", "rate", "log", "logs", "is", "was"});
    return aboutErrors || first.rest.empty() ? LineLevel::None : LineLevel::Error;
}

/// "main.c:3:5: error: …", "app.ts(3,5): error TS2304: …", "x.c:9: undefined reference to `f'".
LineLevel diagnosticLevel(std::string_view line) {
    for (const std::string_view mark :
         {": error: ", ": fatal error: ", ": error TS", ": error C", ": fatal error C", " error TS",
          ": undefined reference to ", "ld: cannot find -l", "npm ERR!", "gyp ERR!"}) {
        if (contains(line, mark)) return LineLevel::Error;
    }
    return contains(line, ": warning: ") || contains(line, ": warning TS") ? LineLevel::Warning : LineLevel::None;
}

bool startsWithOneOf(std::string_view line, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view b) { return line.starts_with(b); });
}

LineLevel toolLevel(std::string_view line) {
    if (startsWithOneOf(line, {"npm error ", "E: ", "E   ", "CMake Error", "--- FAIL: ", "FAIL\t", "FAIL ", "FAILED ",
                               "not ok ", "Exception in thread ", "Unhandled exception", "Uncaught ", "panic: ",
                               "error[", "thread 'main' panicked", "Segmentation fault", "BUILD FAILED"})) {
        return LineLevel::Error;
    }
    if (startsWithOneOf(line, {"npm warn ", "npm WARN ", "W: ", "CMake Warning"})) return LineLevel::Warning;
    if (line == "Killed" || line == "FAIL" || line == "FAILED") return LineLevel::Error;
    if (contains(line, "*** [") && contains(line, "make")) return LineLevel::Error;
    if (line.ends_with(": command not found") || contains(line, "exec format error") ||
        contains(line, "No space left on device") || contains(line, "no space left on device")) {
        return LineLevel::Error;
    }
    const bool shell = startsWithOneOf(line, {"/bin/sh: ", "sh: ", "/bin/bash: ", "bash: "});
    return shell && line.ends_with("not found") ? LineLevel::Error : LineLevel::None;
}

}  // namespace

bool isExceptionLine(std::string_view line) {
    std::size_t end = 0;
    while (end < line.size() && (isWord(line[end]) || line[end] == '.' || line[end] == '$')) ++end;
    const std::string_view name = line.substr(0, end);
    if (name.empty() || isDigit(name.front())) return false;
    const bool named = (name.size() > 5 && name.ends_with("Error")) || name.ends_with("Exception") ||
                       name == "KeyboardInterrupt" || name == "SystemExit" || name.ends_with("ExceptionGroup");
    return named && (end == line.size() || line.substr(end).starts_with(": "));
}

LineLevel lineLevel(std::string_view line) {
    line = text::trimmed(line);
    if (line.empty()) return LineLevel::None;
    if (const LineLevel level = structuredLevel(line); level != LineLevel::None) return level;
    if (line.front() == '{') return LineLevel::None;
    for (const auto rule : {klogLevel, leadingLevel, toolLevel, sentenceLevel, diagnosticLevel}) {
        if (const LineLevel level = rule(line); level != LineLevel::None) return level;
    }
    return isExceptionLine(line) ? LineLevel::Error : LineLevel::None;
}

}  // namespace cerebral::analysis
