#include "app/demo/store/mold.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kSecondsLength = 20;  // 2026-11-23T12:00:00Z
constexpr std::size_t kMillisLength = 24;

bool looksLikeTime(std::string_view text) {
    constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < kSecondsLength || (text[19] != 'Z' && text[19] != '.')) return false;
    for (std::size_t i = 0; i < kShape.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (kShape[i] == 'd' ? !digit : text[i] != kShape[i]) return false;
    }
    return true;
}

void putDigits(char* at, unsigned value, int count) {
    for (int i = count - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

void putTime(std::string& out, WallTime time, bool withMillis) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const auto ms = static_cast<unsigned>(std::chrono::floor<milliseconds>(time - day).count());
    std::array<char, kMillisLength> text{};
    const std::string_view shape = withMillis ? "0000-00-00T00:00:00.000Z" : "0000-00-00T00:00:00Z";
    std::ranges::copy(shape, text.begin());
    putDigits(text.data(), static_cast<unsigned>(static_cast<int>(date.year())), 4);
    putDigits(text.data() + 5, static_cast<unsigned>(date.month()), 2);
    putDigits(text.data() + 8, static_cast<unsigned>(date.day()), 2);
    putDigits(text.data() + 11, ms / 3'600'000, 2);
    putDigits(text.data() + 14, ms / 60'000 % 60, 2);
    putDigits(text.data() + 17, ms / 1'000 % 60, 2);
    if (withMillis) putDigits(text.data() + 20, ms % 1'000, 3);
    out.append(text.data(), shape.size());
}

std::uint64_t mix(std::uint64_t value) {  // splitmix64
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

}  // namespace

Mold::Mold(std::string_view sample, std::span<const Mark> marks, WallTime origin) {
    std::vector<const Mark*> sorted;
    std::array<bool, 256> begins{};
    for (const Mark& mark : marks) {
        if (mark.sample.empty()) continue;
        sorted.push_back(&mark);
        begins[static_cast<unsigned char>(mark.sample.front())] = true;
    }
    std::ranges::stable_sort(sorted, std::ranges::greater{}, [](const Mark* mark) { return mark->sample.size(); });

    const auto earliest = std::chrono::floor<std::chrono::seconds>(origin);
    std::string literal;
    std::size_t at = 0;
    while (at < sample.size()) {
        const std::string_view rest = sample.substr(at);
        Piece piece;
        std::size_t length = 0;
        if (begins[static_cast<unsigned char>(rest.front())]) {
            const auto found =
                std::ranges::find_if(sorted, [&](const Mark* mark) { return rest.starts_with(mark->sample); });
            if (found != sorted.end()) {
                piece.value = (*found)->value;
                piece.index = (*found)->index;
                length = (*found)->sample.size();
            }
        }
        if (length == 0 && looksLikeTime(rest)) {
            const bool millis = rest[19] == '.';
            const std::size_t size = millis ? kMillisLength : kSecondsLength;
            const auto time = parseRfc3339(rest.substr(0, size));
            if (time && *time >= earliest) {
                piece.value = millis ? Value::Millis : Value::Seconds;
                piece.offset = std::chrono::duration_cast<milliseconds>(*time - earliest);
                length = size;
            }
        }
        if (length == 0) {
            literal += sample[at++];
            continue;
        }
        piece.before = std::exchange(literal, {});
        pieces_.push_back(std::move(piece));
        at += length;
    }
    pieces_.push_back({std::move(literal), Value::Nothing, 0, {}});
}

std::string Mold::uid(std::uint64_t identity, std::uint32_t index) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "00000000-0000-4000-8000-000000000000";
    std::uint64_t bits = mix(identity + 0x1000 * index);
    int left = 16;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '-' || i == 14) continue;
        if (left == 0) {
            bits = mix(bits + 1);
            left = 16;
        }
        text[i] = i == 19 ? "89ab"[bits & 3U] : kDigits[bits & 15U];
        bits >>= 4U;
        --left;
    }
    return text;
}

void Mold::pour(std::string& out, const Fill& fill, std::uint64_t version) const {
    for (const Piece& piece : pieces_) {
        out += piece.before;
        switch (piece.value) {
            case Value::Nothing:
                break;
            case Value::Text:
                out += (*fill.texts)[piece.index];
                break;
            case Value::Uid:
                out += uid(fill.identity, piece.index);
                break;
            case Value::Version:
                out.append("\"resourceVersion\":\"").append(std::to_string(version)).append("\"");
                break;
            case Value::Seconds:
            case Value::Millis: {
                const milliseconds offset(
                    static_cast<std::int64_t>(static_cast<double>(piece.offset.count()) * fill.stretch));
                putTime(out, fill.origin + offset, piece.value == Value::Millis);
                break;
            }
        }
    }
}

std::string Mold::poured(const Fill& fill, std::uint64_t version) const {
    std::string text;
    pour(text, fill, version);
    return text;
}

}  // namespace cerebral::demo
