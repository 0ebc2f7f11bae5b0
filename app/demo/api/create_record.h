#pragma once
/// @file CreateRecord: the server's own book of every attempt to create an object, for end-to-end tests:
/// what a client believes it did is compared with this.

#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::demo {

struct CreateEntry {
    WallTime time;
    std::string kind, ns, name, uid;
    int code = 0;         ///< the HTTP status the attempt had
    std::string outcome;  ///< "created", "already-exists", "refused"
    bool answerLost = false;
    std::string user;  ///< who asked
    std::string userAgent;
};

/// Thread-safe. Keeps the newest 200,000 entries.
class CreateRecord {
public:
    void add(CreateEntry entry);
    [[nodiscard]] std::vector<CreateEntry> entries() const;
    [[nodiscard]] std::string toJson() const;

private:
    mutable std::mutex mutex_;
    std::vector<CreateEntry> entries_;
};

}  // namespace cerebral::demo
