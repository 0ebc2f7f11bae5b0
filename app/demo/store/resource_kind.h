#pragma once
/// @file ResourceKind: what the demo cluster knows of each kind of object it serves.
///
/// Names, categories and verbs are those a Kubernetes 1.34 with Tekton 1.9 publishes.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cerebral::demo {

/// How deleting an object behaves beyond removing it.
enum class Deletion : std::uint8_t { AtOnce, GracefulPod };

struct ResourceKind {
    std::string_view group;
    std::string_view version;
    std::string_view plural;
    std::string_view singular;
    std::string_view kind;
    bool namespaced = true;
    bool hasStatus = false;  ///< a `status` subresource: writes to the object leave the status alone
    bool hasScale = false;
    bool readOnly = false;
    std::string_view shortNames;  ///< separated by commas
    std::string_view categories;  ///< separated by commas

    /// "v1" or "apps/v1".
    [[nodiscard]] std::string apiVersion() const;
    /// "pipelineruns.tekton.dev", as error messages name it; "pods" in the core group.
    [[nodiscard]] std::string qualifiedPlural() const;
    [[nodiscard]] bool isCustomResource() const { return group == "tekton.dev"; }
};

/// Every kind served, core group first. The addresses are stable: they identify the kind.
[[nodiscard]] std::span<const ResourceKind> allKinds();
/// Null when the cluster does not serve it.
[[nodiscard]] const ResourceKind* findKind(std::string_view group, std::string_view version, std::string_view plural);
/// By kind name alone ("TaskRun"), for code that makes objects. Asserts that it exists.
[[nodiscard]] const ResourceKind& kindNamed(std::string_view kind);

}  // namespace cerebral::demo
