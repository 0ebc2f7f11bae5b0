#pragma once
/// @file RequestPath: which object or collection a request is about
/// (kubernetes.io/docs/reference/using-api/api-concepts, "Resource URIs").

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/demo/store/resource_kind.h"

namespace cerebral::demo {

struct RequestPath {
    const ResourceKind* kind = nullptr;
    std::string ns;           ///< empty: all namespaces, or a cluster-wide kind
    std::string name;         ///< empty: the collection
    std::string subresource;  ///< "status", "log", "proxy", "token", "scale"
    std::string rest;         ///< after the subresource, with its leading '/'
};

/// Empty when the path names no kind this cluster serves.
[[nodiscard]] std::optional<RequestPath> parseRequestPath(std::string_view path);

/// Decoded query parameters.
class Query {
public:
    explicit Query(std::string_view text);
    [[nodiscard]] std::string get(std::string_view key) const;  ///< empty when absent
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const;  ///< "true" or "1"
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view key) const;

private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace cerebral::demo
