#pragma once
/// @file Failpoints: named places at which a crash test ends the process as SIGKILL would.
///
/// `CEREBRAL_FAILPOINT=after-spool:kill:3` kills at the third passage of "after-spool". Unset, a
/// passage costs one comparison of a null pointer. Thread-safe.

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace cerebral::receiver {

class Failpoints {
public:
    /// Empty text: none. Otherwise `name:kill` or `name:kill:N`.
    static Result<Failpoints> parse(std::string_view text);
    Failpoints() = default;
    Failpoints(Failpoints&& other) noexcept;
    Failpoints& operator=(Failpoints&& other) noexcept;
    ~Failpoints() = default;

    void pass(std::string_view name) {
        if (!name_.empty()) passArmed(name);
    }

private:
    void passArmed(std::string_view name);
    std::string name_;
    std::atomic<std::int64_t> left_{0};
};

}  // namespace cerebral::receiver
