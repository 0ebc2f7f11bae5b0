#pragma once
/// @file What single values of the configuration may be. Each check returns what is wrong, or nothing.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cerebral::config {

[[nodiscard]] std::string checkServiceName(const std::string& value);         ///< DNS label
[[nodiscard]] std::string checkObjectName(const std::string& value);          ///< DNS subdomain
[[nodiscard]] std::string checkOptionalObjectName(const std::string& value);  ///< or empty
[[nodiscard]] std::string checkRegistry(const std::string& value);            ///< host[:port]
[[nodiscard]] std::string checkImageName(const std::string& value);           ///< OCI repository name
[[nodiscard]] std::string checkOptionalTag(const std::string& value);         ///< OCI tag, or empty
[[nodiscard]] std::string checkQuantity(const std::string& value);            ///< Kubernetes quantity of bytes
[[nodiscard]] std::string checkRepository(const std::string& value);          ///< owner/name
[[nodiscard]] std::string checkPattern(const std::string& value);
[[nodiscard]] std::string checkRelativePath(const std::string& value);  ///< below the repository's root

/// "7d", "168h", "90m", "30s", "0".
[[nodiscard]] std::optional<std::chrono::seconds> parseDuration(std::string_view text);

}  // namespace cerebral::config
