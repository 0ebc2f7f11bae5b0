#pragma once
/// @file Recorded traffic: the files below tests/data/captures.

#include <string>
#include <string_view>
#include <vector>

namespace cerebral::test {

/// The whole file. Ends the program when it is not there: nothing can be tested then.
[[nodiscard]] std::string readCapture(std::string_view path);
/// Lines without their ends; no empty ones.
[[nodiscard]] std::vector<std::string> linesOf(std::string_view text);
/// The lines of a recorded watch stream.
[[nodiscard]] std::vector<std::string> captureLines(std::string_view path);
/// The body of a recorded answer with headers (errors/*.http).
[[nodiscard]] std::string captureBody(std::string_view path);
/// Every capture whose name ends so, as paths for readCapture, sorted.
[[nodiscard]] std::vector<std::string> capturesEndingIn(std::string_view ending);

}  // namespace cerebral::test
