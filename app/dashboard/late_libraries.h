#pragma once
/// @file Libraries of cerebral-dashboard that are loaded by the first call to them: libcurl, OpenSSL, SQLite.

#include <cstddef>

namespace cerebral::dashboard {

/// Loads all of them now, and returns how many of their functions this program calls. One that is missing ends it.
std::size_t loadLateFunctions();

}  // namespace cerebral::dashboard
