#include "core/base/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "core/base/clock.h"
#include "core/base/json_text.h"
#include "core/base/time_format.h"

namespace cerebral {
namespace {

spdlog::level::level_enum levelOf(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::Debug:
            return spdlog::level::debug;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Warning:
            return spdlog::level::warn;
        case LogLevel::Error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

const char* nameOf(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::Debug:
            return "debug";
        case LogLevel::Info:
            return "info";
        case LogLevel::Warning:
            return "warn";
        case LogLevel::Error:
            return "error";
    }
    return "info";
}

/// As many digits as it takes to read the same number again.
std::string shortest(double value) {
    std::array<char, 32> text{};
    auto* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

struct JsonVisitor {
    std::string& line;
    void operator()(std::string_view value) const { appendJsonString(line, value); }
    void operator()(std::int64_t value) const { line += std::to_string(value); }
    void operator()(bool value) const { line += value ? "true" : "false"; }
    void operator()(double value) const { line += std::isfinite(value) ? shortest(value) : "null"; }
};

/// Written out, not built as a document: a delivery that is refused costs little more than its line.
std::string jsonLine(WallTime time, LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    constexpr std::size_t kUsual = 512;
    std::string line;
    line.reserve(kUsual);
    line.append(R"({"time":")").append(formatRfc3339Millis(time)).append(R"(","level":")").append(nameOf(level));
    line.append(R"(","event":)");
    appendJsonString(line, event);
    for (const LogField& field : fields) {
        // A key is a literal of the program and needs no escape.
        line.append(",\"").append(field.key).append("\":");
        std::visit(JsonVisitor{line}, field.value);
    }
    line += '}';
    return line;
}

/// Escapes what could break out of the line or drive a terminal; quotes what a reader could not tell apart.
std::string textValue(std::string_view value) {
    std::string text;
    bool quote = value.empty();
    bool afterC2 = false;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        // U+0080 to U+009F are control characters too: U+009B begins a terminal sequence as ESC [ does.
        const bool c1 = afterC2 && byte >= 0x80 && byte < 0xA0;
        afterC2 = byte == 0xC2;
        if (c == '\n') {
            text += "\\n";
        } else if (c == '\t') {
            text += "\\t";
        } else if (byte < 0x20 || byte == 0x7F || c1) {
            std::array<char, 8> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\x%02x", static_cast<unsigned>(byte));
            text += escaped.data();
        } else if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
            quote = true;
        } else {
            quote = quote || c == ' ' || c == '=';
            text += c;
        }
    }
    return quote ? '"' + text + '"' : text;
}

struct TextVisitor {
    std::string operator()(std::string_view value) const { return textValue(value); }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(double value) const { return shortest(value); }
};

std::string textLine(WallTime time, LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    constexpr std::size_t kClockBegin = 11;   // behind "2026-11-23T"
    constexpr std::size_t kClockLength = 12;  // "08:41:00.123"
    std::string line = formatRfc3339Millis(time).substr(kClockBegin, kClockLength);
    line.append(" ").append(nameOf(level)).append(" ").append(event);
    for (const LogField& field : fields) {
        line.append(" ").append(field.key).append("=").append(std::visit(TextVisitor{}, field.value));
    }
    return line;
}

using Format = std::string (*)(WallTime, LogLevel, std::string_view, std::initializer_list<LogField>);

class SpdlogLogger final : public Logger {
public:
    SpdlogLogger(LogLevel threshold, spdlog::sink_ptr sink, Format format)
        : logger_("cerebral", std::move(sink)), format_(format) {
        logger_.set_pattern("%v");
        logger_.set_level(levelOf(threshold));
        logger_.flush_on(spdlog::level::trace);
    }

    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override {
        if (!logger_.should_log(levelOf(level))) return;
        logger_.log(levelOf(level), format_(std::chrono::system_clock::now(), level, event, fields));
    }

private:
    spdlog::logger logger_;
    Format format_;
};

class NullLogger final : public Logger {
public:
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

}  // namespace

std::unique_ptr<Logger> makeJsonLogger(LogLevel threshold) {
    return std::make_unique<SpdlogLogger>(threshold, std::make_shared<spdlog::sinks::stdout_sink_mt>(), jsonLine);
}

std::unique_ptr<Logger> makeTextLogger(LogLevel threshold) {
    return std::make_unique<SpdlogLogger>(threshold, std::make_shared<spdlog::sinks::stderr_sink_mt>(), textLine);
}

std::unique_ptr<Logger> makeNullLogger() {
    return std::make_unique<NullLogger>();
}

}  // namespace cerebral
