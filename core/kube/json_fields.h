#pragma once
/// @file Reading fields of a parsed JSON document the forgiving way Kubernetes clients must: what is
/// absent or of another type reads as empty. Includes simdjson, therefore only for .cpp files.
/// Returned views live as long as the parser's current document.

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/time_format.h"
#include "core/kube/object_meta.h"

namespace cerebral::kube::json {

using Element = simdjson::dom::element;
using Array = simdjson::dom::array;
using Object = simdjson::dom::object;

inline std::optional<Element> field(Element object, std::string_view key) {
    Element value;
    if (object[key].get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
    return value;
}

inline std::string_view text(Element object, std::string_view key) {
    std::string_view value;
    if (object[key].get(value) != simdjson::SUCCESS) return {};
    return value;
}

inline std::string string(Element object, std::string_view key) {
    return std::string(text(object, key));
}

inline std::int64_t integer(Element object, std::string_view key, std::int64_t otherwise = 0) {
    std::int64_t value = 0;
    return object[key].get(value) == simdjson::SUCCESS ? value : otherwise;
}

inline bool boolean(Element object, std::string_view key, bool otherwise = false) {
    bool value = false;
    return object[key].get(value) == simdjson::SUCCESS ? value : otherwise;
}

inline std::optional<WallTime> time(Element object, std::string_view key) {
    const std::string_view value = text(object, key);
    if (value.empty()) return std::nullopt;
    const auto parsed = parseRfc3339(value);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

/// Calls `visit(Element)` for each element of the array `object[key]`.
template <class Visit>
void each(Element object, std::string_view key, Visit visit) {
    Array array;
    if (object[key].get(array) != simdjson::SUCCESS) return;
    for (const Element element : array) visit(element);
}

/// A string as it is, anything else as compact JSON.
std::string textOrJson(Element value);

/// An annotation that repeats the whole object as text: nobody here reads it and it doubles the memory of a store.
inline constexpr std::string_view kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/// The `metadata` of `object`, without kLastApplied. Fails without a name or uid: nothing can be identified without
/// them.
Result<ObjectMeta> decodeMeta(Element object);

/// Parses one document and decodes its root.
template <class Decode>
std::invoke_result_t<Decode&, Element> decodeText(std::string_view text, Decode decode) {
    simdjson::dom::parser parser;
    Element root;
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) {
        return fail(ErrorKind::Malformed, "not JSON");
    }
    return decode(root);
}

/// The condition of that type in `status.conditions`.
std::optional<Element> condition(Element status, std::string_view type);

}  // namespace cerebral::kube::json
