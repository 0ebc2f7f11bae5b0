#pragma once
/// @file kubectl sends reviews and token requests as protobuf. This reads the few messages that occur
/// (k8s.io/api authentication/v1 and authorization/v1 generated.proto) into the JSON the rest works with.

#include <optional>
#include <string_view>

#include "app/demo/store/json.h"

namespace cerebral::demo {

inline constexpr std::string_view kProtobufType = "application/vnd.kubernetes.protobuf";

/// `kind`: "SelfSubjectReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "TokenReview",
/// "TokenRequest". Empty when the bytes are not what they should be.
[[nodiscard]] std::optional<Json> readProtobufReview(std::string_view kind, std::string_view body);

}  // namespace cerebral::demo
