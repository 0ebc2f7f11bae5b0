#pragma once
/// @file The `exec` section of a kubeconfig user: a program that supplies credentials
/// (kubernetes.io/docs/reference/access-authn-authz/authentication, "client-go credential plugins").

#include <string>
#include <utility>
#include <vector>

namespace cerebral::kube {

struct ExecConfig {
    std::string apiVersion;  ///< client.authentication.k8s.io/v1 or v1beta1
    std::string command;     ///< absolute, or a bare name looked up in PATH
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string installHint;
    std::string interactiveMode;  ///< Never, IfAvailable, Always
    bool provideClusterInfo = false;
};

}  // namespace cerebral::kube
