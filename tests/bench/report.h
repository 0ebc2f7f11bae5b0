#pragma once
/// @file One line for each figure of a benchmark, with the limit it is held to.
///
/// Limits are ratios within one run, or sizes: absolute times mean nothing on another machine and are
/// printed without a limit.

#include <cstdio>
#include <string>

namespace cerebral::bench {

class Report {
public:
    explicit Report(std::string program) : program_(std::move(program)) {}

    /// A figure for people.
    void note(const std::string& name, double value, const std::string& unit) const {
        std::printf("%-12s %-64s %12.3f %s\n", program_.c_str(), name.c_str(), value, unit.c_str());
        std::fflush(stdout);
    }
    void atMost(const std::string& name, double value, double limit, const std::string& unit) {
        judge(name, value, limit, unit, value <= limit, "<=");
    }
    void atLeast(const std::string& name, double value, double limit, const std::string& unit) {
        judge(name, value, limit, unit, value >= limit, ">=");
    }
    /// What main returns: 1 when any limit was missed.
    [[nodiscard]] int exitCode() const { return missed_ > 0 ? 1 : 0; }

private:
    void judge(const std::string& name, double value, double limit, const std::string& unit, bool kept,
               const char* relation) {
        if (!kept) ++missed_;
        std::printf("%-12s %-64s %12.3f %s (%s %.3f) %s\n", program_.c_str(), name.c_str(), value, unit.c_str(),
                    relation, limit, kept ? "kept" : "MISSED");
        std::fflush(stdout);
    }

    std::string program_;
    int missed_ = 0;
};

}  // namespace cerebral::bench
