#pragma once
/// @file What the steps of a build write: lines as git, Kaniko and kubectl print them, colours included.

#include <string>
#include <string_view>
#include <vector>

#include "app/demo/tekton/scenario.h"

namespace cerebral::demo {

struct LogLine {
    double at = 0;  ///< share of the step's run time at which it is written, 0 to 1
    std::string text;
};

struct BuildFacts {
    std::string service, commit, message, image, baseImage, registry, dockerfile, context, digest;
    std::uint64_t seed = 0;
};

[[nodiscard]] std::vector<LogLine> cloneLog(const BuildFacts& facts);
/// Ends with the push, or with the error of a scenario that fails here.
[[nodiscard]] std::vector<LogLine> kanikoLog(const BuildFacts& facts, Scenario scenario);

}  // namespace cerebral::demo
