#include "core/base/secret.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <utility>

namespace cerebral {

Secret::Secret(std::string value) : value_(value) {
    // The parameter is our copy; its bytes must not stay behind in freed memory.
    explicit_bzero(value.data(), value.size());
}

Secret::Secret(const Secret& other) = default;

Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) {
    // A short string is copied by the move, so the source still holds the bytes.
    other.cleanse();
}

Secret& Secret::operator=(const Secret& other) {
    if (this == &other) return *this;
    Secret copy(other);
    *this = std::move(copy);
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    cleanse();
    value_.swap(other.value_);
    other.cleanse();
    return *this;
}

Secret::~Secret() {
    cleanse();
}

void Secret::cleanse() noexcept {
    // Up to the capacity: std::string may hold bytes of a longer former value behind its end.
    value_.resize(value_.capacity());
    explicit_bzero(value_.data(), value_.size());
    value_.clear();
}

void forbidCoreDumps() noexcept {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace cerebral
