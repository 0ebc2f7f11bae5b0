#pragma once
/// @file Golden files: expected output under tests/data/golden, compared as a whole.
///
/// With CEREBRAL_UPDATE_GOLDEN=1 in the environment the file is rewritten instead and the test fails
/// once, so that a rewrite never passes unread.

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace cerebral::test {

[[nodiscard]] inline std::string readTestData(const std::string& path) {
    const std::ifstream file(std::string(CEREBRAL_TEST_DATA "/") + path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Empty when equal, else the first line that differs, in both versions.
[[nodiscard]] inline std::string compareGolden(const std::string& path, const std::string& actual) {
    const std::string expected = readTestData(path);
    if (expected == actual) return {};
    if (const char* update = std::getenv("CEREBRAL_UPDATE_GOLDEN"); update != nullptr && *update == '1') {
        std::ofstream(std::string(CEREBRAL_TEST_DATA "/") + path, std::ios::binary) << actual;
        return path + " was rewritten; read the difference, then run again without CEREBRAL_UPDATE_GOLDEN";
    }
    std::istringstream left(expected);
    std::istringstream right(actual);
    std::string wanted;
    std::string got;
    for (int line = 1;; ++line) {
        const bool hasWanted = static_cast<bool>(std::getline(left, wanted));
        const bool hasGot = static_cast<bool>(std::getline(right, got));
        if (hasWanted && hasGot && wanted == got) continue;
        return path + ":" + std::to_string(line) + ": expected \"" + (hasWanted ? wanted : "the end") + "\", got \"" +
               (hasGot ? got : "the end") + "\"";
    }
}

}  // namespace cerebral::test
