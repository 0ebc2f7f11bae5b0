#pragma once
/// @file PlatformServices: which services run on the platform, seen from their Deployments.
///
/// A reflector on the Deployments of the platform namespace; a Deployment counts when one of its images
/// is REGISTRY/cerebral/NAME. What cannot be read is said ("could not be read"), never guessed.

#include <memory>
#include <string>

#include "core/kube/kube_client.h"
#include "core/webhook/decision.h"

namespace cerebral::receiver {

class PlatformServices {
public:
    PlatformServices(kube::KubeClient& client, Clock& clock, const std::string& ns);
    ~PlatformServices();
    PlatformServices(const PlatformServices&) = delete;
    PlatformServices& operator=(const PlatformServices&) = delete;

    void start();
    /// Thread-safe. Without a value until the first list is complete, and while the right is missing.
    [[nodiscard]] webhook::PlatformServices names(const std::string& registry) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::receiver
