#pragma once
/// @file A push payload as large as GitHub sends them: commits with long lists of files.

#include <string>

namespace cerebral::bench {

/// About `bytes` long and never longer; `number` makes it a push of its own.
[[nodiscard]] std::string largePush(std::size_t bytes, int number);

}  // namespace cerebral::bench
