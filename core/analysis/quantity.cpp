#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

#include "core/analysis/explain.h"

namespace cerebral::analysis {
namespace {

std::optional<double> factorOf(std::string_view suffix) {
    struct Unit {
        std::string_view suffix;
        double factor;
    };
    static constexpr std::array<Unit, 14> kUnits = {{{"", 1},
                                                     {"Ki", 0x1p10},
                                                     {"Mi", 0x1p20},
                                                     {"Gi", 0x1p30},
                                                     {"Ti", 0x1p40},
                                                     {"Pi", 0x1p50},
                                                     {"Ei", 0x1p60},
                                                     {"k", 1e3},
                                                     {"M", 1e6},
                                                     {"G", 1e9},
                                                     {"T", 1e12},
                                                     {"P", 1e15},
                                                     {"E", 1e18},
                                                     {"m", 1e-3}}};
    for (const Unit& unit : kUnits) {
        if (unit.suffix == suffix) return unit.factor;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parseQuantity(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    const auto factor = factorOf(text.substr(static_cast<std::size_t>(end - text.data())));
    if (!factor) return std::nullopt;
    const double bytes = std::ceil(number * *factor);
    if (!(bytes < static_cast<double>(std::numeric_limits<std::int64_t>::max()))) return std::nullopt;
    return static_cast<std::uint64_t>(bytes);
}

std::string formatBytes(std::uint64_t bytes) {
    static constexpr std::array<const char*, 6> kUnits = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < kUnits.size()) {
        value /= 1024;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
    return text.data();
}

}  // namespace cerebral::analysis
