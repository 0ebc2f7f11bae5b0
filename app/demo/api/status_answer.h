#pragma once
/// @file The API server's refusals, word for word: Status objects as recorded from Kubernetes 1.34.

#include <string>
#include <string_view>

#include "app/demo/store/json.h"
#include "app/demo/store/resource_kind.h"
#include "core/base/result.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

/// An answer with the headers every answer of an API server has.
[[nodiscard]] net::ServerResponse jsonAnswer(int status, std::string body);
/// `details` and `reason` are left out when empty.
[[nodiscard]] net::ServerResponse statusAnswer(int code, std::string_view reason, std::string_view message,
                                               const Json& details);

[[nodiscard]] net::ServerResponse notFoundPath();
[[nodiscard]] net::ServerResponse unauthorized();
[[nodiscard]] net::ServerResponse methodNotAllowed();
[[nodiscard]] net::ServerResponse badRequest(std::string_view message);
[[nodiscard]] net::ServerResponse unsupportedMediaType(std::string_view mediaType);
/// "pods is forbidden: User "x" cannot list resource …"
[[nodiscard]] net::ServerResponse forbidden(std::string_view user, std::string_view verb, const ResourceKind& kind,
                                            std::string_view subresource, std::string_view ns, std::string_view name);
[[nodiscard]] net::ServerResponse versionTooLarge(std::string_view asked, std::uint64_t current);
[[nodiscard]] net::ServerResponse tooManyRequests(int retryAfterSeconds);
[[nodiscard]] net::ServerResponse expired(std::string_view message);
[[nodiscard]] net::ServerResponse quotaExceeded(const ResourceKind& kind, std::string_view name, std::size_t used);
/// What ObjectStore answered, as the API server says it. The error's message is the object's name or
/// a whole sentence.
[[nodiscard]] net::ServerResponse storeRefusal(const ResourceKind& kind, const Error& error);
/// {"type":"ERROR","object":Status}: how a watch that has begun is refused.
[[nodiscard]] std::string watchError(int code, std::string_view reason, std::string_view message);

}  // namespace cerebral::demo
