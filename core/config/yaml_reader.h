#pragma once
/// @file YamlReader: a YAML mapping read key by key, every mistake noted with its place.
///
/// Private to core/config: nothing else sees yaml-cpp. Mistakes are collected, not thrown, so that one
/// check shows all of them.

#include <yaml-cpp/yaml.h>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace cerebral::config {

class Mistakes {
public:
    explicit Mistakes(std::string_view fileName) : fileName_(fileName) {}

    void add(const YAML::Mark& mark, const std::string& what);
    [[nodiscard]] bool none() const noexcept { return lines_.empty(); }
    /// Every mistake, one a line, in the order of the file.
    [[nodiscard]] tl::unexpected<Error> error() const;

private:
    struct Line {
        int line, column;
        std::string text;
    };
    std::string fileName_;
    std::vector<Line> lines_;
};

/// One document, parsed and bounded (size, number of documents, nodes after unfolding aliases).
[[nodiscard]] Result<YAML::Node> parseYaml(std::string_view yaml, std::string_view fileName);

/// A string with control characters made visible, shortened for a message.
[[nodiscard]] std::string inQuotes(std::string_view text);

/// Reads one mapping. Unknown and repeated keys are noted by the constructor.
class YamlMapping {
public:
    YamlMapping(const YAML::Node& node, Mistakes& mistakes, std::span<const std::string_view> knownKeys,
                std::string_view what);

    [[nodiscard]] bool has(std::string_view key) const { return bool(find(key)); }
    /// A null node when absent or the mapping is none.
    [[nodiscard]] YAML::Node find(std::string_view key) const;
    [[nodiscard]] YAML::Mark mark() const { return node_.Mark(); }

    /// Sets `target` when the key is there and its value passes `check`, which returns what is wrong
    /// with it or nothing.
    using Check = std::function<std::string(const std::string&)>;
    void text(std::string_view key, std::string& target, const Check& check = {});
    void list(std::string_view key, std::vector<std::string>& target, const Check& check = {});
    void flag(std::string_view key, bool& target);
    void count(std::string_view key, std::size_t& target, std::size_t least, std::size_t most);

private:
    YAML::Node node_;
    Mistakes& mistakes_;
};

}  // namespace cerebral::config
