#include "app/demo/faults/fault_box.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 11> kFaultNames = {
    "drop-watches", "gone",  "unauthorized-once", "too-many-requests",     "slow", "down",
    "server-error", "quota", "lost-answer",       "watchlist-unsupported", "none"};

}  // namespace

std::span<const std::string_view> FaultBox::names() {
    return kFaultNames;
}

Result<FaultRequest> FaultBox::parse(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t colon = text.find(':');
        parts.push_back(text.substr(0, colon));
        if (colon == std::string_view::npos) break;
        text = text.substr(colon + 1);
    }
    if (std::ranges::find(kFaultNames, parts[0]) == kFaultNames.end()) {
        std::string known;
        for (const std::string_view name : kFaultNames) known.append(known.empty() ? "" : ", ").append(name);
        return fail(ErrorKind::Config, "there is no fault \"" + std::string(parts[0]) + "\"; there are " + known);
    }
    FaultRequest fault;
    fault.name = parts[0];
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), number);
        if (error != std::errc() || end != parts[i].data() + parts[i].size() || number < 0) {
            return fail(ErrorKind::Config, "a fault is NAME, NAME:SECONDS or slow:MILLISECONDS:SECONDS");
        }
        numbers.push_back(number);
    }
    if (fault.name == "slow" && !numbers.empty()) {
        fault.delay = std::chrono::milliseconds(numbers[0]);
        numbers.erase(numbers.begin());
    }
    if (!numbers.empty()) fault.duration = std::chrono::seconds(numbers[0]);
    return fault;
}

void FaultBox::inject(const FaultRequest& fault) {
    const std::lock_guard lock(mutex_);
    const auto until = [&](std::chrono::milliseconds usual) {
        return clock_.steadyNow() + fault.duration.value_or(usual);
    };
    if (fault.name == "unauthorized-once") unauthorized_ = 1;
    if (fault.name == "lost-answer") lostAnswers_ = 1;
    if (fault.name == "watchlist-unsupported") watchListUnsupported_ = true;
    if (fault.name == "too-many-requests") tooManyUntil_ = until(5s);
    if (fault.name == "down") downUntil_ = until(10s);
    if (fault.name == "server-error") errorUntil_ = until(10s);
    if (fault.name == "quota") quotaUntil_ = until(30s);
    if (fault.name == "slow") {
        slowUntil_ = until(30s);
        delay_ = fault.delay.value_or(2000ms);
    }
    if (fault.name == "none") {
        unauthorized_ = lostAnswers_ = 0;
        watchListUnsupported_ = false;
        tooManyUntil_ = slowUntil_ = downUntil_ = errorUntil_ = quotaUntil_ = {};
    }
}

Misbehaviour FaultBox::next() {
    const std::lock_guard lock(mutex_);
    if (lasts(downUntil_)) return Misbehaviour::Cut;
    if (unauthorized_ > 0) {
        --unauthorized_;
        return Misbehaviour::Unauthorized;
    }
    if (lasts(tooManyUntil_)) return Misbehaviour::TooManyRequests;
    if (lasts(errorUntil_)) return Misbehaviour::ServerError;
    return Misbehaviour::None;
}

std::chrono::milliseconds FaultBox::delay() {
    const std::lock_guard lock(mutex_);
    return lasts(slowUntil_) ? delay_ : 0ms;
}

bool FaultBox::overQuota() {
    const std::lock_guard lock(mutex_);
    return lasts(quotaUntil_);
}

bool FaultBox::loseNextAnswer() {
    const std::lock_guard lock(mutex_);
    if (lostAnswers_ == 0) return false;
    --lostAnswers_;
    return true;
}

bool FaultBox::watchListUnsupported() {
    const std::lock_guard lock(mutex_);
    return watchListUnsupported_;
}

}  // namespace cerebral::demo
