#pragma once
/// @file BuildRequest: one service build to be started, whoever asked for it.

#include <string>

#include "core/base/clock.h"
#include "core/webhook/decision.h"
#include "core/webhook/push_event.h"

namespace cerebral::pipeline {

struct BuildRequest {
    config::ServiceRule service;
    webhook::Trigger trigger = webhook::Trigger::Push;
    bool deploy = false;
    std::string why;

    std::string repository, cloneUrl, ref, before, after, branch;
    std::string pushedAtText;
    std::string message, author, pusher, compareUrl;
    std::string delivery;  ///< X-GitHub-Delivery
    WallTime receivedAt{};
    /// "0" for pushes; the request id for rebuilds.
    std::string attempt = "0";
    std::string requestId, requestedBy;
};

[[nodiscard]] BuildRequest buildRequestFor(const webhook::PushEvent& push, const webhook::ServiceBuild& build,
                                           std::string delivery, WallTime receivedAt);

}  // namespace cerebral::pipeline
