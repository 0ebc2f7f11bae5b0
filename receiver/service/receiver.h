#pragma once
/// @file Receiver: the whole service, assembled. Knows who needs whom; does nothing itself.

#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/config/config.h"
#include "core/kube/cluster_access.h"
#include "receiver/settings/settings.h"

namespace cerebral::receiver {

class Receiver {
public:
    /// Opens the spool, takes up what an earlier process left in it, then listens on both ports.
    static Result<std::unique_ptr<Receiver>> start(Settings settings, config::Config config,
                                                   kube::ClusterAccess access, Clock& clock, Logger& log);
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] std::uint16_t adminPort() const noexcept;

    /// Reads the configuration file again; a wrong one changes nothing but the log.
    void reload();
    /// Unready, stop accepting, answer what was begun, flush, submit what can be. Under five seconds.
    void drain();

private:
    class Impl;
    explicit Receiver(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The file of the settings, or the built-in configuration; KUBE_NAMESPACE has the last word.
Result<config::Config> readConfig(const Settings& settings);

}  // namespace cerebral::receiver
