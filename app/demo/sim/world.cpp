#include "app/demo/sim/world.h"

#include "core/base/time_format.h"

namespace cerebral::demo {

std::string World::timestamp() const {
    return formatRfc3339(store.now());
}

}  // namespace cerebral::demo
