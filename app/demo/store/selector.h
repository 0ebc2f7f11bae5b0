#pragma once
/// @file Label and field selectors (kubernetes.io/docs/concepts/overview/working-with-objects/labels).

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace cerebral::demo {

struct Object;

using TextPairs = std::vector<std::pair<std::string, std::string>>;
/// Null when absent.
[[nodiscard]] const std::string* findText(const TextPairs& pairs, std::string_view key);

class Selector {
public:
    Selector() = default;  ///< matches everything
    /// `supported` names the field labels that exist for the kind.
    static Result<Selector> parse(std::string_view labelSelector, std::string_view fieldSelector);

    [[nodiscard]] bool empty() const noexcept { return labels_.empty() && fields_.empty(); }
    [[nodiscard]] bool matches(const Object& object) const;

private:
    enum class Operator : std::uint8_t { Equals, NotEquals, In, NotIn, Exists, NotExists };
    struct Requirement {
        std::string key;
        Operator op = Operator::Equals;
        std::vector<std::string> values;
    };
    static Result<std::vector<Requirement>> parseRequirements(std::string_view text);
    static bool holds(const Requirement& requirement, const std::string* value);

    std::vector<Requirement> labels_;
    std::vector<Requirement> fields_;
};

}  // namespace cerebral::demo
