#include "app/ctl/duration_text.h"

#include <algorithm>

namespace cerebral::ctl {
namespace {

std::string twoUnits(long long big, const char* bigUnit, long long small, const char* smallUnit) {
    std::string text = std::to_string(big) + bigUnit;
    if (small > 0) text += std::to_string(small) + smallUnit;
    return text;
}

}  // namespace

std::string durationText(std::chrono::nanoseconds duration) {
    const auto seconds = std::max<long long>(std::chrono::duration_cast<std::chrono::seconds>(duration).count(), 0);
    if (seconds < 60) return std::to_string(seconds) + "s";
    if (seconds < 3600) return twoUnits(seconds / 60, "m", seconds % 60, "s");
    if (seconds < 48LL * 3600) return twoUnits(seconds / 3600, "h", seconds / 60 % 60, "m");
    return std::to_string(seconds / 86'400) + "d";
}

}  // namespace cerebral::ctl
