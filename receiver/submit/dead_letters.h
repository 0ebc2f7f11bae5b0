#pragma once
/// @file DeadLetters: manifests the cluster refused for good, one file each, for people to look at.
///
/// SPOOL_DIR/dead-letters/NAME.json: {"name","delivery","refusedAt","error","manifest"}. Written whole
/// or not at all (temporary file, rename). The newest 1000 are kept. Thread-safe.

#include <mutex>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "receiver/spool/spool_types.h"

namespace cerebral::receiver {

class DeadLetters {
public:
    static Result<DeadLetters> open(const std::string& spoolDirectory);

    Result<void> write(const SpooledRun& run, const Error& error, WallTime now);
    /// A later try succeeded.
    void remove(const std::string& name);
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] const std::string& directory() const noexcept { return directory_; }

private:
    explicit DeadLetters(std::string directory) : directory_(std::move(directory)) {}
    std::string directory_;
};

}  // namespace cerebral::receiver
