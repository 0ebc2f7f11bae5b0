#pragma once
/// @file Programs of others that tests run, and that a newcomer may lack.

#include <QString>

namespace cerebral::test {

/// kubectl of at least 1.28 from PATH; empty when there is none. Debian's 1.20 is too old.
[[nodiscard]] QString usableKubectl();
/// Under CI a tool a newcomer may lack must be there: then the test fails instead of skipping.
[[nodiscard]] bool toolsAreRequired();

}  // namespace cerebral::test
