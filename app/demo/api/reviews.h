#pragma once
/// @file Reviews: TokenReview, SelfSubjectReview, SelfSubjectAccessReview and their kin, which are asked
/// by creating an object that is never stored.

#include <string_view>

#include "app/demo/api/authorizer.h"
#include "app/demo/api/credentials.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

[[nodiscard]] net::ServerResponse answerReview(std::string_view path, std::string_view body, const User& user,
                                               const Credentials& credentials, const Authorizer& authorizer,
                                               const ObjectStore& store);

}  // namespace cerebral::demo
