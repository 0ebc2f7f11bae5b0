#pragma once
/// @file What a process costs, read from /proc. Linux only, as the benchmarks are.

#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

namespace cerebral::bench {

/// CPU time a process has used, of all its threads, in seconds.
inline double cpuSeconds(std::int64_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    const auto name = text.rfind(')');
    if (name == std::string::npos) return 0;
    std::istringstream fields(text.substr(name + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

/// A line of its status, "VmRSS:" or "VmHWM:"; -1 when there is none.
inline double megabytes(std::int64_t pid, const char* field) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(field)) return std::stod(line.substr(line.find(':') + 1)) / 1024.0;
    }
    return -1;
}

}  // namespace cerebral::bench
