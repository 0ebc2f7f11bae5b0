#pragma once
/// @file ReservedPort: a TCP port of 127.0.0.1 that nobody else is given, while a server on it comes and goes.
///
/// A socket is bound to it and does not listen: connecting is refused, the kernel gives the port to no
/// one who asks for any, and a server with SO_REUSEADDR can still listen on it.

#include <cstdint>

namespace cerebral::test {

class ReservedPort {
public:
    /// Throws std::runtime_error when there is none.
    ReservedPort();
    ~ReservedPort();
    ReservedPort(const ReservedPort&) = delete;
    ReservedPort& operator=(const ReservedPort&) = delete;

    [[nodiscard]] std::uint16_t number() const noexcept { return number_; }

private:
    int fd_ = -1;
    std::uint16_t number_ = 0;
};

}  // namespace cerebral::test
