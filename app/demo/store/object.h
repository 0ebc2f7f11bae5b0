#pragma once
/// @file Object: one version of one object, at rest. Bytes, and what selectors and owners need.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/demo/store/json.h"
#include "app/demo/store/resource_kind.h"
#include "app/demo/store/selector.h"

namespace cerebral::demo {

struct Object {
    const ResourceKind* kind = nullptr;
    std::string ns, name, uid;
    std::uint64_t version = 0;  ///< resourceVersion
    TextPairs labels;
    TextPairs fields;                 ///< values field selectors may ask for ("status.phase" of pods)
    std::vector<std::string> owners;  ///< UIDs
    std::string bytes;                ///< compact JSON with apiVersion and kind

    [[nodiscard]] std::string key() const { return ns + "/" + name; }
    /// The tree, for code that reads or changes it.
    [[nodiscard]] Json parse() const;
};
using ObjectPtr = std::shared_ptr<const Object>;

enum class ChangeType : std::uint8_t { Added, Modified, Deleted };
[[nodiscard]] const char* toString(ChangeType type) noexcept;  // "ADDED", …

struct Change {
    ChangeType type = ChangeType::Added;
    ObjectPtr object;
    ObjectPtr previous;  ///< null for Added
};

/// Makes the resting form of `tree`, whose metadata is complete.
[[nodiscard]] ObjectPtr freeze(const ResourceKind& kind, const Json& tree, std::uint64_t version);
/// {"type":"MODIFIED","object":…} and a line feed: one event of a watch.
[[nodiscard]] std::string watchLine(ChangeType type, std::string_view objectBytes);

}  // namespace cerebral::demo
