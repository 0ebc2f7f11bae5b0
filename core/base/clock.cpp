#include "core/base/clock.h"

#include <condition_variable>
#include <mutex>

namespace cerebral {

WallTime SystemClock::now() const {
    return std::chrono::system_clock::now();
}

SteadyTime SystemClock::steadyNow() const {
    return std::chrono::steady_clock::now();
}

bool SystemClock::waitFor(std::chrono::milliseconds duration, std::stop_token stop) {
    // Nobody else knows this mutex: the condition is only ever notified through `stop`.
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, stop, duration, [] { return false; });
    return !stop.stop_requested();
}

}  // namespace cerebral
