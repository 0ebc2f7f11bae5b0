#pragma once
/// @file Authorizer: RBAC over the Roles and bindings in the store
/// (kubernetes.io/docs/reference/access-authn-authz/rbac).

#include <string>
#include <string_view>

#include "app/demo/api/credentials.h"
#include "app/demo/store/object_store.h"

namespace cerebral::demo {

struct AccessQuestion {
    std::string verb, group, resource, subresource, ns, name;
};

class Authorizer {
public:
    explicit Authorizer(const ObjectStore& store) : store_(store) {}
    [[nodiscard]] bool allows(const User& user, const AccessQuestion& question) const;

private:
    [[nodiscard]] bool bound(const Object& binding, const User& user, const AccessQuestion& question) const;
    const ObjectStore& store_;
};

}  // namespace cerebral::demo
