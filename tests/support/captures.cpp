#include "tests/support/captures.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace cerebral::test {
namespace {

namespace fs = std::filesystem;

fs::path captures() {
    return fs::path(CEREBRAL_TEST_DATA) / "captures";
}

}  // namespace

std::string readCapture(std::string_view path) {
    const std::ifstream in(captures() / path, std::ios::binary);
    if (!in) {
        std::cerr << "no capture " << path << '\n';
        std::abort();
    }
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

std::vector<std::string> captureLines(std::string_view path) {
    return linesOf(readCapture(path));
}

std::string captureBody(std::string_view path) {
    constexpr std::string_view kGap = "\r\n\r\n";
    const std::string whole = readCapture(path);
    const std::size_t gap = whole.find(kGap);
    return gap == std::string::npos ? std::string() : whole.substr(gap + kGap.size());
}

std::vector<std::string> capturesEndingIn(std::string_view ending) {
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(captures())) {
        if (!entry.is_regular_file() || !entry.path().string().ends_with(ending)) continue;
        paths.push_back(fs::relative(entry.path(), captures()).string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace cerebral::test
