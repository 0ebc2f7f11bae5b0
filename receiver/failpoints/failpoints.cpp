#include "receiver/failpoints/failpoints.h"

#include <charconv>
#include <csignal>
#include <utility>

namespace cerebral::receiver {

Failpoints::Failpoints(Failpoints&& other) noexcept : name_(std::move(other.name_)), left_(other.left_.load()) {}

Failpoints& Failpoints::operator=(Failpoints&& other) noexcept {
    name_ = std::move(other.name_);
    left_.store(other.left_.load());
    return *this;
}

Result<Failpoints> Failpoints::parse(std::string_view text) {
    Failpoints points;
    if (text.empty()) return points;
    const std::size_t colon = text.find(':');
    const std::string_view action = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    std::int64_t count = 1;
    if (action.starts_with("kill:")) {
        const std::string_view number = action.substr(5);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
        if (error != std::errc() || end != number.data() + number.size() || count < 1) count = 0;
    } else if (action != "kill") {
        count = 0;
    }
    if (colon == 0 || count == 0) {
        return fail(ErrorKind::Config, "CEREBRAL_FAILPOINT must be NAME:kill or NAME:kill:COUNT");
    }
    points.name_ = text.substr(0, colon);
    points.left_ = count;
    return points;
}

void Failpoints::passArmed(std::string_view name) {
    if (name == name_ && left_.fetch_sub(1) == 1) std::raise(SIGKILL);
}

}  // namespace cerebral::receiver
