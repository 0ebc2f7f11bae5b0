#pragma once
/// @file Credentials from an exec plugin (client.authentication.k8s.io/v1 and v1beta1).
///
/// - The program runs without a shell, one at a time, with a time limit (client-go has none), its
///   standard input empty: this product never lends it a terminal.
/// - What it returned is kept until expirationTimestamp; without one, until the server answers 401.
///   After a 401 it runs once more.
/// - Its errors reach people with terminal escapes removed; its output, which holds the token, never.

#include <chrono>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/kube/cluster_access.h"
#include "core/kube/exec_config.h"

namespace cerebral::kube {

/// `subject` begins messages: `/home/x/.kube/config: user "bob"`. `access` supplies the cluster for
/// provideClusterInfo and the TLS options a client certificate is added to.
std::shared_ptr<Credentials> makeExecCredentials(ExecConfig config, std::string subject, const ClusterAccess& access,
                                                 const Clock& clock,
                                                 std::chrono::milliseconds limit = std::chrono::seconds(60));

}  // namespace cerebral::kube
