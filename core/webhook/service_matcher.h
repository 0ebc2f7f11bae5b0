#pragma once
/// @file ServiceMatcher: which services a set of touched paths belongs to. Private to core/webhook.

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/webhook/decision.h"
#include "core/webhook/touched_paths.h"

namespace cerebral::webhook {

struct MatchedServices {
    std::vector<ServiceBuild> changed;  ///< configuration order, then found by folder in order of name
    std::vector<std::string> removed;   ///< every touched path is gone, the Dockerfile among them
    std::vector<std::string> notes;     ///< folders that were left out, and why
    std::string shared;                 ///< first touched path of sharedPaths; empty: none
    std::string baseImage;              ///< first touched path of baseImagePaths; empty: none
};

/// `known`: every listed rule and those of the platform's Deployments.
[[nodiscard]] MatchedServices matchServices(const TouchedPaths& touched,
                                            const std::vector<config::ServiceRule>& known,
                                            const config::Config& config);

}  // namespace cerebral::webhook
