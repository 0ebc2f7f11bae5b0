#pragma once
/// @file LineSplitter: byte chunks in, whole lines out.
///
/// Kubernetes promises no upper size for a watch line (etcd objects end near 1.5 MiB), so a cap of
/// ours bounds memory. Lines are handed out as views that die with the callback. A line that lies
/// whole within one chunk is not copied.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace cerebral::net {

class LineSplitter {
public:
    static constexpr std::size_t kDefaultMaxLine = 8U * 1024U * 1024U;

    explicit LineSplitter(std::size_t maxLine = kDefaultMaxLine) : maxLine_(maxLine) {}

    /// Calls `onLine` once for each complete line, without its '\n'; empty lines are passed on.
    /// `onLine` returning false stops; the rest of the chunk is dropped.
    /// Fails with LimitExceeded when a line outgrows the cap.
    Result<void> feed(std::string_view chunk, const std::function<bool(std::string_view)>& onLine);
    /// What came after the last '\n': a line the stream was cut in.
    [[nodiscard]] std::string_view pending() const noexcept { return pending_; }
    void clear() noexcept { pending_.clear(); }

private:
    std::size_t maxLine_;
    std::string pending_;
};

}  // namespace cerebral::net
