#pragma once
/// @file TektonController: one RunSimulation for each PipelineRun that has work left.

#include <map>
#include <memory>
#include <string>

#include "app/demo/tekton/run_simulation.h"

namespace cerebral::demo {

/// Scheduler's thread.
class TektonController {
public:
    explicit TektonController(World& world) : world_(world) {}
    void onChange(const Change& change);

private:
    World& world_;
    std::map<std::string, std::shared_ptr<RunSimulation>> runs_;  ///< by UID
};

}  // namespace cerebral::demo
