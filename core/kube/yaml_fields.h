#pragma once
/// @file Typed reading of YAML mappings with errors that say where: "FILE: users[bob].token is not text".
/// Includes yaml-cpp, therefore only for .cpp files.
///
/// A reader keeps the first error and then reads nothing, so callers check once, at the end. Only the
/// nodes asked for are visited: aliases cannot make a small file expensive.

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>

#include "core/base/result.h"

namespace cerebral::kube {

class YamlFields {
public:
    /// `where` begins messages: "/home/x/.kube/config: users[bob]".
    YamlFields(YAML::Node node, std::string where, std::optional<Error>& error)
        : node_(std::move(node)), where_(std::move(where)), error_(error) {}

    /// Empty when absent or null.
    [[nodiscard]] std::string text(const char* key) const;
    [[nodiscard]] bool boolean(const char* key) const;
    /// An undefined node when absent or null.
    [[nodiscard]] YAML::Node mapping(const char* key) const;
    [[nodiscard]] YAML::Node sequence(const char* key) const;

    [[nodiscard]] YamlFields into(const char* key) const { return {mapping(key), where_ + "." + key, error_}; }
    [[nodiscard]] const std::string& where() const noexcept { return where_; }
    [[nodiscard]] bool exists() const { return node_.IsDefined() && node_.IsMap(); }
    void refuse(const std::string& message) const;

private:
    [[nodiscard]] YAML::Node find(const char* key) const;

    YAML::Node node_;
    std::string where_;
    std::optional<Error>& error_;
};

}  // namespace cerebral::kube
