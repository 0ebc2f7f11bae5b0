#pragma once
/// @file LiveConfig: the configuration in force, replaced whole on SIGHUP. Thread-safe.

#include <memory>
#include <mutex>

#include "core/config/config.h"

namespace cerebral::receiver {

class LiveConfig {
public:
    explicit LiveConfig(config::Config config)
        : current_(std::make_shared<const config::Config>(std::move(config))) {}

    /// Keep the pointer for as long as one delivery takes: it sees one configuration throughout.
    [[nodiscard]] std::shared_ptr<const config::Config> get() const {
        const std::scoped_lock lock(mutex_);
        return current_;
    }
    void set(config::Config config) {
        auto next = std::make_shared<const config::Config>(std::move(config));
        const std::scoped_lock lock(mutex_);
        current_.swap(next);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const config::Config> current_;
};

}  // namespace cerebral::receiver
