#pragma once
/// @file Output of cerebralctl: text for people, JSON for programs, nothing that a terminal would obey.

#include <CLI/App.hpp>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace cerebral::ctl {

enum class Format : std::uint8_t { Text, Json };

/// `--output text|json`.
void addOutputOption(CLI::App& app, Format& format);

/// Indented; everything but ASCII is escaped, so no character of it reaches the terminal as a command.
void printJson(const nlohmann::ordered_json& json);
/// "cerebralctl: …" on standard error. Returns kFailed.
int reportError(std::string_view message);
int reportError(const Error& error);

/// The file's bytes; "-" is standard input.
[[nodiscard]] Result<std::string> readInput(const std::string& path, std::size_t maxBytes);

}  // namespace cerebral::ctl
