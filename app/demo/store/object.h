#pragma once
/// @file Object: one version of one object, at rest: as bytes, or as a mold that many share and the values of
/// this one. Also what selectors and owners need.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/demo/store/json.h"
#include "app/demo/store/mold.h"
#include "app/demo/store/resource_kind.h"
#include "app/demo/store/selector.h"

namespace cerebral::demo {

struct ObjectMold {
    Mold bytes;
    std::vector<std::pair<std::string, Mold>> labels, fields;
};

struct Object {
    const ResourceKind* kind = nullptr;
    std::string ns, name, uid;
    std::uint64_t version = 0;  ///< resourceVersion
    TextPairs labels;
    TextPairs fields;                        ///< values field selectors may ask for ("status.phase" of pods)
    std::vector<std::string> owners;         ///< UIDs
    std::string bytes;                       ///< compact JSON; empty when it rests as a mold
    std::shared_ptr<const ObjectMold> mold;  ///< null when `bytes`, `labels` and `fields` are there
    Mold::Fill fill;

    [[nodiscard]] std::string key() const { return ns + "/" + name; }
    /// Compact JSON with apiVersion and kind.
    [[nodiscard]] std::string text() const;
    void appendText(std::string& out) const;
    [[nodiscard]] std::optional<std::string> label(std::string_view key) const;
    [[nodiscard]] std::optional<std::string> field(std::string_view key) const;
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
void appendWatchLine(std::string& out, ChangeType type, std::string_view objectText);
void appendWatchLine(std::string& out, ChangeType type, const Object& object);
[[nodiscard]] std::string watchLine(ChangeType type, const Object& object);

}  // namespace cerebral::demo
