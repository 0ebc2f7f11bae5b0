#pragma once
/// @file How long work takes, in milliseconds of the steady clock.

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

namespace cerebral::bench {

inline double millisOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

inline double medianOf(int times, const std::function<void()>& work) {
    std::vector<double> samples;
    for (int i = 0; i < times; ++i) samples.push_back(millisOf(work));
    std::sort(samples.begin(), samples.end());
    return samples[samples.size() / 2];
}

}  // namespace cerebral::bench
