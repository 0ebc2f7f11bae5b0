#pragma once
/// @file Churn: changes runs all the time, for load tests: one annotation of one PipelineRun after the other.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/demo/sim/world.h"

namespace cerebral::demo {

class Churn : public std::enable_shared_from_this<Churn> {
public:
    /// `perSecond` changes, on the wall's clock, of up to 500 runs that are there now.
    Churn(World& world, std::size_t perSecond);
    void start();

private:
    void step();

    World& world_;
    const std::size_t perSecond_;
    std::vector<std::string> names_;
    SteadyTime last_{};
    double owed_ = 0;
    std::uint64_t done_ = 0;
};

}  // namespace cerebral::demo
