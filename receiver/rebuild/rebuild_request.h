#pragma once
/// @file The body of POST /rebuild: {services, branch, commit?, requestId, reason?, requestedBy?}.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace cerebral::receiver {

struct RebuildRequest {
    std::vector<std::string> services;  ///< one to 64 names, each once
    std::string branch;
    std::string commit;     ///< 40 hex digits, or empty: the last commit known of each service and branch
    std::string requestId;  ///< chosen by the caller; the same id never builds twice
    std::string reason;
    std::string requestedBy;  ///< as claimed
};

/// Errors are sentences for the caller.
Result<RebuildRequest> parseRebuildRequest(std::string_view body);

}  // namespace cerebral::receiver
