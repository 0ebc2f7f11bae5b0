#pragma once
/// @file NginxProcess: one nginx worker that reads a POST and answers a static 200. The yardstick.

#include <QTemporaryDir>
#include <cstdint>
#include <memory>

#include "tests/support/child_process.h"
#include "tests/support/reserved_port.h"

namespace cerebral::bench {

class NginxProcess {
public:
    /// nginx as it comes writes a line for every request; a receiver has to.
    enum class AccessLog : std::uint8_t { On, Off };
    explicit NginxProcess(AccessLog log);
    /// 0: there is no nginx, or it does not start.
    [[nodiscard]] std::uint16_t port() const noexcept { return started_ ? port_.number() : std::uint16_t(0); }

private:
    test::ReservedPort port_;
    QTemporaryDir folder_;
    std::unique_ptr<test::ChildProcess> process_;
    bool started_ = false;
};

}  // namespace cerebral::bench
