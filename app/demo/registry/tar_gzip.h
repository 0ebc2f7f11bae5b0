#pragma once
/// @file A tar archive of one file, and gzip around it: what an image layer is.

#include <string>
#include <string_view>

namespace cerebral::demo {

/// ustar with fixed owner, mode and time: equal content gives equal bytes.
[[nodiscard]] std::string tarOf(std::string_view path, std::string_view content);
/// Without time stamp or name, for the same reason.
[[nodiscard]] std::string gzipOf(std::string_view bytes);

}  // namespace cerebral::demo
