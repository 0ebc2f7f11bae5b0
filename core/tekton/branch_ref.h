#pragma once
/// @file The branch a Git ref names. Pure.

#include <optional>
#include <string_view>

namespace cerebral::tekton {

/// "feature/x" of "refs/heads/feature/x"; nothing of a tag or another ref. Points into `ref`.
[[nodiscard]] inline std::optional<std::string_view> branchNamedBy(std::string_view ref) {
    constexpr std::string_view kHeads = "refs/heads/";
    return ref.starts_with(kHeads) ? std::optional(ref.substr(kHeads.size())) : std::nullopt;
}

}  // namespace cerebral::tekton
