#pragma once
/// @file RegistryApi: the read side of the OCI distribution API over an ImageRegistry, with the answers of
/// Distribution 2.8 (tests/data/captures/registry).

#include "app/demo/registry/image_registry.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

[[nodiscard]] net::ServerResponse answerRegistry(const ImageRegistry& registry, const net::ServerRequest& request);

}  // namespace cerebral::demo
