#pragma once
/// @file Reading a small file whole, with a cap and an error that names the file.

#include <cstddef>
#include <string>

#include "core/base/result.h"

namespace cerebral {

/// Fails with NotFound when there is no such file, LimitExceeded when it is larger than `maxBytes`,
/// Io otherwise. The message names the path and the system's reason.
[[nodiscard]] Result<std::string> readFile(const std::string& path, std::size_t maxBytes = 8U * 1024U * 1024U);

}  // namespace cerebral
