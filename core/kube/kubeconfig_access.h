#pragma once
/// @file From merged kubeconfig content to a ClusterAccess: the judgement (client-go's
/// tools/clientcmd/validation.go) and the reading of the files it names.

#include "core/kube/kubeconfig_files.h"

namespace cerebral::kube {

Result<ClusterAccess> accessFor(const KubeconfigContent& content, std::string_view contextName, const Clock& clock);

}  // namespace cerebral::kube
