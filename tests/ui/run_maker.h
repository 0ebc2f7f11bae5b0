#pragma once
/// @file RunMaker: PipelineRuns for tests of models, seeded.

#include <QString>
#include <random>
#include <string>
#include <vector>

#include "core/kube/store.h"
#include "core/tekton/pipeline_run.h"
#include "tests/support/fake_clock.h"

namespace cerebral::test {

using RunPtr = kube::ObjectPtr<tekton::PipelineRun>;

class RunMaker {
public:
    explicit RunMaker(std::uint32_t seed) : random_(seed) {}

    /// `state`: what its condition says. Created `minutesAgo` before `now`.
    RunPtr make(tekton::RunState state, const std::string& service, int minutesAgo);
    /// A random one; every state and service occurs.
    RunPtr random();
    /// The same object, later: another state.
    RunPtr changed(const RunPtr& run, tekton::RunState state);
    RunPtr changedRandomly(const RunPtr& run);
    int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    WallTime now = std::chrono::system_clock::now();

private:
    void setState(tekton::PipelineRun& run, tekton::RunState state);
    tekton::RunState anyState();

    std::mt19937 random_;
    int serial_ = 0;
    int version_ = 0;
};

}  // namespace cerebral::test
