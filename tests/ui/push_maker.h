#pragma once
/// @file PushMaker: pushes for tests of models and views, seeded.

#include <random>
#include <string>
#include <vector>

#include "core/journey/journey.h"

namespace cerebral::test {

class PushMaker {
public:
    explicit PushMaker(std::uint32_t seed) : random_(seed) {}

    /// A push of these services, all still in `reached`; begun `minutesAgo` before `now`.
    journey::Push make(const std::vector<std::string>& services, journey::Stage reached, int minutesAgo);
    /// Every stage before `reached` done, it in `state`, the rest not begun.
    void put(journey::ServiceJourney& journey, journey::Stage reached, journey::StageState state);
    journey::Push random();
    /// The same push, later: one of its services elsewhere, sometimes one more or one less.
    journey::Push changed(journey::Push push);
    int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    WallTime now = std::chrono::system_clock::now();

private:
    std::string hex(int digits);

    std::mt19937 random_;
    int serial_ = 0;
};

[[nodiscard]] inline journey::PushPtr shared(journey::Push push) {
    return std::make_shared<const journey::Push>(std::move(push));
}

}  // namespace cerebral::test
