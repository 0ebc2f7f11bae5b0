#pragma once
/// @file The Credentials that need no program: a token, a token in a file that is rotated, Basic.
/// All are thread-safe.

#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/secret.h"
#include "core/kube/cluster_access.h"

namespace cerebral::kube {

std::shared_ptr<Credentials> makeTokenCredentials(Secret token);
std::shared_ptr<Credentials> makeBasicCredentials(std::string user, Secret password);

/// Reads `path` now (an unreadable or empty file fails with a message that begins with `subject`),
/// again after a minute, and at once after a 401. A later failure to read keeps the token held: the
/// server decides when that one is no longer good.
Result<std::shared_ptr<Credentials>> makeTokenFileCredentials(std::string path, const Clock& clock,
                                                              const std::string& subject);

}  // namespace cerebral::kube
