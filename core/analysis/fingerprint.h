#pragma once
/// @file When two error lines are the same error: equal after what varies from run to run is taken out.
///
/// Taken out: timestamps and levels at the front, numbers, hexadecimal runs (commits, digests, addresses, UUIDs),
/// random suffixes of pod names, blanks. What is left names the error: "ERROR: No matching distribution found for
/// pydantic==#". Pure.

#include <string>
#include <string_view>

namespace cerebral::analysis {

/// For people and for comparing; at most 240 bytes; "#" stands for a number, "…" for a hash.
[[nodiscard]] std::string normaliseError(std::string_view plainLine);
/// 16 hex digits of the SHA-256 of normaliseError().
[[nodiscard]] std::string fingerprintOf(std::string_view plainLine);

}  // namespace cerebral::analysis
