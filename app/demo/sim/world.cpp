#include "app/demo/sim/world.h"

#include "core/base/time_format.h"

namespace cerebral::demo {

std::string World::timestamp() const {
    return formatRfc3339(store.now());
}

std::string World::lasting(std::chrono::milliseconds realPace) const {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(scheduler.scaled(realPace)).count();
    if (ms < 1000) return std::to_string(ms) + "ms";
    std::string part = std::to_string(1000 + ms % 1000).substr(1);
    part.erase(part.find_last_not_of('0') + 1);
    return std::to_string(ms / 1000) + (part.empty() ? "s" : "." + part + "s");
}

}  // namespace cerebral::demo
