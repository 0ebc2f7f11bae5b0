#pragma once
/// @file Event (core/v1): what the cluster says happened to an object.

#include <optional>
#include <string>

#include "core/kube/object_meta.h"

namespace cerebral::kube {

struct Event {
    ObjectMeta meta;
    std::string type;  ///< Normal, Warning
    std::string reason;
    std::string message;
    std::string kind, ns, name, uid;  ///< involvedObject
    std::string fieldPath;            ///< "spec.containers{step-build}"
    std::string source;               ///< reporting component
    int count = 1;                    ///< also of a series
    std::optional<WallTime> firstSeen;
    std::optional<WallTime> lastSeen;

    [[nodiscard]] bool isWarning() const noexcept { return type == "Warning"; }
    /// lastSeen, else firstSeen, else creation: what "newest" means.
    [[nodiscard]] WallTime when() const noexcept;
};

}  // namespace cerebral::kube
