#pragma once
/// @file Json: the tree type objects pass through while they are changed. At rest they are bytes.

#include <nlohmann/json_fwd.hpp>

namespace cerebral::demo {
using Json = nlohmann::json;
}
