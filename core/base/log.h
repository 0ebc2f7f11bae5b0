#pragma once
/// @file Structured logging: one event, some fields, one line.
///
/// Services write JSON lines to stdout (12-factor; what `kubectl logs` shows), programs for people
/// write plain text to stderr. Loggers are passed in, never global. Thread-safe.
/// Field values are data from outside: control characters are escaped in both formats.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace cerebral {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

struct LogField {
    std::string_view key;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
    LogField(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
    LogField(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
    LogField(std::string_view k, std::int64_t v) : key(k), value(v) {}
    LogField(std::string_view k, int v) : key(k), value(static_cast<std::int64_t>(v)) {}
    LogField(std::string_view k, std::size_t v) : key(k), value(static_cast<std::int64_t>(v)) {}
    LogField(std::string_view k, double v) : key(k), value(v) {}
    LogField(std::string_view k, bool v) : key(k), value(v) {}
};

class Logger {
public:
    virtual ~Logger() = default;
    /// `event` is a short stable phrase ("delivery", "spool recovered"); everything variable is a field.
    virtual void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) = 0;

    void debug(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::Debug, event, f); }
    void info(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::Info, event, f); }
    void warn(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::Warning, event, f); }
    void error(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::Error, event, f); }
};

/// One JSON object a line on stdout: {"time","level","event",…fields}.
std::unique_ptr<Logger> makeJsonLogger(LogLevel threshold);
/// "08:41:00.123 warn event key=value" on stderr.
std::unique_ptr<Logger> makeTextLogger(LogLevel threshold);
/// Drops everything; for tests and libraries used without a log.
std::unique_ptr<Logger> makeNullLogger();

}  // namespace cerebral
