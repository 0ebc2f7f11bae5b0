#pragma once
/// @file Decision: which services a push builds, and why. Pure: no clock, no network, no files.
///
/// Every answer has a reason in words, because people read it in GitHub's "Recent deliveries", in the
/// log and in the dashboard.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/config/config.h"
#include "core/webhook/push_event.h"

namespace cerebral::webhook {

enum class Trigger : std::uint8_t {
    Push,
    BaseImage,  ///< a base image's files changed, or an empty commit said `rebuild:`
    Rebuild,    ///< asked for through POST /rebuild, never the outcome of a push
};
const char* toString(Trigger trigger) noexcept;  // "push", "base-image", "rebuild"

struct ServiceBuild {
    config::ServiceRule service;
    Trigger trigger = Trigger::Push;
    bool deploy = false;
    std::string why;  ///< "microservices/ai-services/main.py changed"
};

struct Decision {
    std::vector<ServiceBuild> builds;  ///< in the order of the configuration; empty: ignored
    std::string reason;                ///< for the whole push
    [[nodiscard]] bool ignored() const noexcept { return builds.empty(); }
};

/// Names of further services found as Deployments whose image is under REGISTRY/cerebral/; part of
/// "every service". Without a value: they could not be read, and the reason says so.
using PlatformServices = std::optional<std::vector<std::string>>;

[[nodiscard]] Decision decide(const PushEvent& push, const config::Config& config, WallTime now,
                              const PlatformServices& platformServices = std::vector<std::string>{});

/// The rule a service is built by, listed or not. Fails with NotFound for what cannot be a service's name.
[[nodiscard]] Result<config::ServiceRule> ruleFor(std::string_view service, const config::Config& config);
/// Whether a build of this branch is rolled out: deployOn when the rule has it, else the default branch.
[[nodiscard]] bool deploysOn(const config::ServiceRule& rule, std::string_view branch,
                             std::string_view defaultBranch);

}  // namespace cerebral::webhook
