#pragma once
/// @file HttpLoad: the same request over and over on keep-alive connections, as fast as one thread can.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace cerebral::bench {

/// Requests answered in a second; 0 when the server answers anything but `expectedStatus` first, closes,
/// or falls silent. Every answer is expected to be as long as the first one.
[[nodiscard]] double requestsPerSecond(std::uint16_t port, const std::string& request, int expectedStatus,
                                       std::size_t connections, std::chrono::milliseconds duration);

}  // namespace cerebral::bench
