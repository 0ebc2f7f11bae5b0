#include "core/base/time_format.h"

#include <cstdint>
#include <optional>

namespace cerebral {
namespace {

using namespace std::chrono;

/// `count` digits of a number that has no more.
void appendDigits(std::string& text, unsigned number, std::size_t count) {
    text.append(count, '0');
    for (std::size_t at = text.size(); number > 0; number /= 10) text[--at] = static_cast<char>('0' + number % 10);
}

/// Every line of a log has a time: written digit by digit, without a format to be read. WallTime ends in 2262.
std::string format(WallTime time, bool withMillis) {
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<milliseconds>(time - day));
    std::string text;
    text.reserve(sizeof "2026-11-23T08:41:00.123Z");
    appendDigits(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    appendDigits(text += '-', static_cast<unsigned>(date.month()), 2);
    appendDigits(text += '-', static_cast<unsigned>(date.day()), 2);
    appendDigits(text += 'T', static_cast<unsigned>(clock.hours().count()), 2);
    appendDigits(text += ':', static_cast<unsigned>(clock.minutes().count()), 2);
    appendDigits(text += ':', static_cast<unsigned>(clock.seconds().count()), 2);
    if (withMillis) appendDigits(text += '.', static_cast<unsigned>(clock.subseconds().count()), 3);
    text += 'Z';
    return text;
}

/// Reads a timestamp from left to right; every step says whether the text fitted.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    std::optional<int> digits(std::size_t count) {
        if (rest_.size() < count) return std::nullopt;
        int value = 0;
        for (const char c : rest_.substr(0, count)) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }

    bool literal(char upper) {
        const char lower = upper >= 'A' && upper <= 'Z' ? static_cast<char>(upper - 'A' + 'a') : upper;
        if (rest_.empty() || (rest_.front() != upper && rest_.front() != lower)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::optional<nanoseconds> fraction() {
        if (!literal('.')) return nanoseconds(0);
        std::int64_t value = 0;
        std::size_t count = 0;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            if (++count > 9) return std::nullopt;
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        if (count == 0) return std::nullopt;
        for (; count < 9; ++count) value *= 10;
        return nanoseconds(value);
    }

    std::optional<minutes> offset() {
        if (literal('Z')) return minutes(0);
        const bool negative = !rest_.empty() && rest_.front() == '-';
        if (!negative && (rest_.empty() || rest_.front() != '+')) return std::nullopt;
        rest_.remove_prefix(1);
        const auto hour = digits(2);
        if (!hour || !literal(':')) return std::nullopt;
        const auto minute = digits(2);
        if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
        const minutes total = hours(*hour) + minutes(*minute);
        return negative ? -total : total;
    }

    [[nodiscard]] bool atEnd() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
};

std::optional<WallTime> parse(std::string_view text) {
    Reader reader(text);
    const auto y = reader.digits(4);
    if (!y || !reader.literal('-')) return std::nullopt;
    const auto m = reader.digits(2);
    if (!m || !reader.literal('-')) return std::nullopt;
    const auto d = reader.digits(2);
    if (!d || !reader.literal('T')) return std::nullopt;
    const auto hour = reader.digits(2);
    if (!hour || !reader.literal(':')) return std::nullopt;
    const auto minute = reader.digits(2);
    if (!minute || !reader.literal(':')) return std::nullopt;
    const auto second = reader.digits(2);
    if (!second) return std::nullopt;
    const auto fraction = reader.fraction();
    if (!fraction) return std::nullopt;
    const auto offset = reader.offset();
    if (!offset || !reader.atEnd()) return std::nullopt;

    const year_month_day date(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
    // 60 is a leap second (RFC 3339 section 5.7): it becomes the first instant of the next minute.
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    // Outside this range nanoseconds since 1970 overflow 64 bits.
    if (*y < 1678 || *y > 2261) return std::nullopt;
    return sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second) - *offset +
           duration_cast<WallTime::duration>(*fraction);
}

}  // namespace

std::string formatRfc3339(WallTime time) {
    return format(time, false);
}

std::string formatRfc3339Millis(WallTime time) {
    return format(time, true);
}

Result<WallTime> parseRfc3339(std::string_view text) {
    if (const auto time = parse(text)) return *time;
    constexpr std::size_t kShown = 40;
    return fail(ErrorKind::Malformed, "\"" + std::string(text.substr(0, kShown)) +
                                          "\" is not an RFC 3339 time such as 2026-11-23T08:41:00Z");
}

}  // namespace cerebral
