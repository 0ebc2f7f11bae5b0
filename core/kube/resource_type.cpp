#include "core/kube/resource_type.h"

#include "core/net/url.h"

namespace cerebral::kube {

std::string collectionPath(const ResourceType& type, std::string_view ns) {
    std::string path = type.group.empty() ? "/api/" : "/apis/" + std::string(type.group) + "/";
    path += type.version;
    if (type.namespaced && !ns.empty()) path += "/namespaces/" + net::percentEncode(ns);
    path += '/';
    path += type.plural;
    return path;
}

std::string objectPath(const ResourceType& type, std::string_view ns, std::string_view name) {
    return collectionPath(type, ns) + "/" + net::percentEncode(name);
}

std::string describe(const ResourceType& type) {
    std::string text(type.plural);
    if (!type.group.empty()) text += "." + std::string(type.group);
    return text;
}

}  // namespace cerebral::kube
