#pragma once
/// @file PathPatterns: a list of path patterns (core/config/config.h), each with what every path it matches begins
/// with: most paths are told apart by that alone. Private to core/webhook.

#include <string>
#include <string_view>
#include <vector>

namespace cerebral::webhook {

/// Looks into the texts it was made of.
class PathPatterns {
public:
    explicit PathPatterns(const std::vector<std::string>& patterns);

    [[nodiscard]] bool match(std::string_view path) const;
    /// May any path that begins with `folder` ("microservices/ai-services/", or "" for every path) match?
    [[nodiscard]] bool mayMatchIn(std::string_view folder) const;

private:
    struct Pattern {
        std::string_view whole;
        std::string_view beginning;
    };
    std::vector<Pattern> patterns_;
};

}  // namespace cerebral::webhook
