#pragma once
/// @file Recorded traffic under tests/data/captures (its README says where it comes from).

#include <string>
#include <vector>

#include "tests/support/golden.h"

namespace cerebral::test {

[[nodiscard]] inline std::string capture(const std::string& name) {
    return readTestData("captures/" + name);
}

/// The lines of a *.watch.jsonl.
[[nodiscard]] inline std::vector<std::string> captureLines(const std::string& name) {
    std::vector<std::string> lines;
    std::istringstream text(capture(name));
    for (std::string line; std::getline(text, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

/// The body of an errors/*.http.
[[nodiscard]] inline std::string captureBody(const std::string& name) {
    const std::string whole = capture(name);
    for (const char* gap : {"\r\n\r\n", "\n\n"}) {
        const std::size_t at = whole.find(gap);
        if (at != std::string::npos) return whole.substr(at + std::string_view(gap).size());
    }
    return {};
}

}  // namespace cerebral::test
