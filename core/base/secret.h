#pragma once
/// @file Secret: bytes that must not reach logs, error texts, argv or core dumps.
///
/// It has no stream or fmt operator on purpose. Its memory is cleansed (explicit_bzero) when it is
/// destroyed or replaced. Copies are allowed (several owners hold the webhook secret) and cleansed too.

#include <string>
#include <string_view>

namespace cerebral {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value);
    Secret(const Secret& other);
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    /// The bytes, for the one call that needs them, NUL-terminated. Never store or print the view.
    [[nodiscard]] std::string_view reveal() const noexcept { return value_; }
    [[nodiscard]] bool empty() const noexcept { return value_.empty(); }

private:
    void cleanse() noexcept;
    std::string value_;
};

/// Makes the process not dumpable and its core limit zero. Call first in main of whatever holds secrets.
void forbidCoreDumps() noexcept;

}  // namespace cerebral
