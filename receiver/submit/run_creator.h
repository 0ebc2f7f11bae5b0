#pragma once
/// @file RunCreator: the one thing the submitter asks of the API server.

#include <stop_token>
#include <string>

#include "core/kube/kube_client.h"

namespace cerebral::receiver {

class RunCreator {
public:
    virtual ~RunCreator() = default;
    /// Blocks. Thread-safe.
    virtual Result<void> create(const std::string& manifest, std::stop_token stop) = 0;
};

class KubeRunCreator final : public RunCreator {
public:
    /// `ns` is where runs live for as long as the process does.
    KubeRunCreator(kube::KubeClient& client, std::string ns) : client_(client), ns_(std::move(ns)) {}
    Result<void> create(const std::string& manifest, std::stop_token stop) override;

private:
    kube::KubeClient& client_;
    std::string ns_;
};

}  // namespace cerebral::receiver
