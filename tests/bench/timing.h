#pragma once
/// @file How long work takes, in milliseconds of the steady clock, and what many of such figures say.

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace cerebral::bench {

/// `part` of 0 is the least, 0.5 the median, 1 the largest; 0 of nothing.
inline double quantile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(static_cast<double>(values.size() - 1) * part));
}

inline double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

inline double millisOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

inline double medianOf(int times, const std::function<void()>& work) {
    std::vector<double> samples;
    for (int i = 0; i < times; ++i) samples.push_back(millisOf(work));
    return median(std::move(samples));
}

}  // namespace cerebral::bench
