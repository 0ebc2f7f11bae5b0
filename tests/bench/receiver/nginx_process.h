#pragma once
/// @file NginxProcess: one nginx worker that reads a POST and answers a static 200. The yardstick.

#include <QTemporaryDir>
#include <memory>

#include "tests/support/child_process.h"
#include "tests/support/reserved_port.h"

namespace cerebral::bench {

class NginxProcess {
public:
    NginxProcess();
    /// 0: there is no nginx, or it does not start.
    [[nodiscard]] std::uint16_t port() const noexcept { return started_ ? port_.number() : std::uint16_t(0); }

private:
    test::ReservedPort port_;
    QTemporaryDir folder_;
    std::unique_ptr<test::ChildProcess> process_;
    bool started_ = false;
};

}  // namespace cerebral::bench
