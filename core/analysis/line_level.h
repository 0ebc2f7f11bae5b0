#pragma once
/// @file How serious a line of somebody else's log is, by what it says of itself.
///
/// Recognised: a level at the front, after timestamps and brackets ("2026-11-23 08:41:00,123 ERROR app: …",
/// "[error] …", "ERRO[0003] …", "error: …"); klog ("E1123 08:41:00 …"); logfmt (level=…) and JSON ("level":…,
/// pino's numbers included); the diagnostics of gcc, clang, tsc, MSVC, rustc, CMake, make, ld, npm, pip, apt, git,
/// kaniko, go test, pytest, TAP; exception lines of Python, Java and JavaScript; shells that found no program; the
/// kernel's last words. Colour is not a level, and "0 errors" is not an error.
///
/// Pure; `line` is plain text (see ansi.h).

#include <cstdint>
#include <string_view>

namespace cerebral::analysis {

enum class LineLevel : std::uint8_t { None, Debug, Info, Warning, Error };

[[nodiscard]] LineLevel lineLevel(std::string_view line);

/// "ImportError: …", "app.errors.SchemaBroken: …" (only names that end like an exception), "KeyboardInterrupt".
[[nodiscard]] bool isExceptionLine(std::string_view line);

}  // namespace cerebral::analysis
