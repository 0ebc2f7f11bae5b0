#include "core/kube/logs/log_resume.h"

#include <algorithm>

namespace cerebral::kube {
namespace {

constexpr std::chrono::seconds kOverlap{1};
/// Kubelets say a few such lines; more means a server that sends no stamps at all.
constexpr std::size_t kMaxNotices = 1000;

/// FNV-1a, 64 bits, over stamp and text: lines of one second collide once in 10^11 at 20,000 lines.
std::uint64_t hashOf(const LogLine& line) {
    constexpr std::uint64_t kOffset = 14695981039346656037U;
    constexpr std::uint64_t kPrime = 1099511628211U;
    std::uint64_t hash = kOffset;
    const auto mix = [&](unsigned char byte) {
        hash ^= byte;
        hash *= kPrime;
    };
    auto ticks = line.time ? static_cast<std::uint64_t>(line.time->time_since_epoch().count()) : 0U;
    for (int i = 0; i < 8; ++i, ticks >>= 8U) mix(static_cast<unsigned char>(ticks & 0xFFU));
    for (const char c : line.text) mix(static_cast<unsigned char>(c));
    return hash;
}

}  // namespace

std::optional<WallTime> LogResume::since() const {
    if (!last_) return std::nullopt;
    return WallTime(*last_ - kOverlap);
}

void LogResume::beginAnswer() {
    for (auto& [second, lines] : held_) {
        for (auto& [hash, count] : lines) count.repeated = 0;
    }
    for (auto& [hash, count] : notices_) count.repeated = 0;
}

bool LogResume::accept(const LogLine& line) {
    const auto isRepeated = [](Count& count) {
        if (count.repeated < count.held) {
            ++count.repeated;
            return true;
        }
        ++count.held;
        ++count.repeated;
        return false;
    };
    if (!line.time) {
        if (notices_.size() > kMaxNotices) notices_.clear();
        return !isRepeated(notices_[hashOf(line)]);
    }

    const auto second = std::chrono::floor<std::chrono::seconds>(*line.time);
    if (isRepeated(held_[second][hashOf(line)])) return false;
    // Further back than the overlap means that the node's clock was set back: go on from there.
    if (!last_ || second > *last_ || second < *last_ - kOverlap) {
        last_ = second;
        forgetBefore(second - kOverlap);
    }
    return true;
}

void LogResume::forgetBefore(Second first) {
    held_.erase(held_.begin(), held_.lower_bound(first));
}

}  // namespace cerebral::kube
