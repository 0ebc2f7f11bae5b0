#pragma once
/// @file Running a program that answers on its standard output: credential plugins and helpers.
///
/// No shell is involved: what stands in `args` arrives as it is. The program gets its own process
/// group and only the three standard descriptors; when time is up or `stop` fires, the whole group is
/// killed, so nothing it started stays behind.

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace cerebral {

struct ProcessRequest {
    std::string program;  ///< a path, or a name looked up in PATH
    std::vector<std::string> args;
    /// Added to the environment of this process; the same name replaces.
    std::vector<std::pair<std::string, std::string>> environment;
    std::string input;  ///< written to its standard input, which then ends
    std::chrono::milliseconds limit{60'000};
    std::size_t maxOutput = 1U * 1024U * 1024U;
};

struct ProcessOutcome {
    int exitCode = 0;    ///< 128 + signal number when a signal ended it, as shells count
    std::string output;  ///< may hold secrets: never log it
    std::string errors;  ///< the first 16 KiB of standard error
};

/// Any exit code is a value. Errors: NotFound (no such program), Timeout, Cancelled, LimitExceeded
/// (more output than allowed), Io. Blocks; thread-safe.
[[nodiscard]] Result<ProcessOutcome> runProcess(const ProcessRequest& request, std::stop_token stop);

}  // namespace cerebral
