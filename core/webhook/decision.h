#pragma once
/// @file Decision: which services a push builds, and why. Pure: no clock, no network, no files.
///
/// Every answer has a reason in words, because people read it in GitHub's "Recent deliveries", in the
/// log and in the dashboard.

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/config/config.h"
#include "core/webhook/push_event.h"

namespace cerebral::webhook {

enum class Trigger : std::uint8_t { Push, BaseImage, Rebuild };
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

/// `platformServices`: names of further services found as Deployments whose image is under
/// REGISTRY/cerebral/; part of "every service".
[[nodiscard]] Decision decide(const PushEvent& push, const config::Config& config, WallTime now,
                              const std::vector<std::string>& platformServices = {});

}  // namespace cerebral::webhook
