#pragma once
/// @file A certificate for 127.0.0.1 that this process makes for itself: clients send tokens over TLS only
/// (kubectl drops them on plain HTTP), so the demo's API speaks TLS like a real one.

#include <string>

#include "core/base/result.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

/// A fresh P-256 key and a self-signed certificate for 127.0.0.1 and localhost, valid for a year. The
/// certificate is its own authority: it goes into the kubeconfig.
Result<net::ServerTls> makeSelfSigned();

}  // namespace cerebral::demo
