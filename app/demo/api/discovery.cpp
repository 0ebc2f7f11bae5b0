#include "app/demo/api/discovery.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "app/demo/store/identity.h"
#include "app/demo/store/json.h"
#include "app/demo/store/resource_kind.h"

namespace cerebral::demo {
namespace {

Json words(std::string_view text) {
    Json list = Json::array();
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        list.push_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return list;
}

/// Groups that hold only virtual kinds (reviews): nothing of them is stored.
struct VirtualKind {
    std::string_view group, plural, kind;
};
constexpr VirtualKind kVirtual[] = {
    {"authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"},
    {"authentication.k8s.io", "tokenreviews", "TokenReview"},
    {"authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"},
    {"authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"},
    {"authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview"},
};

Json groupEntry(std::string_view group) {
    const Json version = {{"groupVersion", std::string(group) + "/v1"}, {"version", "v1"}};
    return {{"name", group}, {"versions", Json::array({version})}, {"preferredVersion", version}};
}

std::set<std::string_view> groups() {
    std::set<std::string_view> names;
    for (const ResourceKind& kind : allKinds()) names.insert(kind.group);
    for (const VirtualKind& kind : kVirtual) names.insert(kind.group);
    names.erase("");
    return names;
}

Json subresource(const ResourceKind& kind, std::string_view name, std::string_view shownKind, Json verbs) {
    return {{"name", std::string(kind.plural) + "/" + std::string(name)},
            {"singularName", ""},
            {"namespaced", kind.namespaced},
            {"kind", shownKind},
            {"verbs", std::move(verbs)}};
}

Json resourceList(std::string_view group) {
    Json resources = Json::array();
    for (const ResourceKind& kind : allKinds()) {
        if (kind.group != group) continue;
        Json entry = {{"name", kind.plural},
                      {"singularName", kind.singular},
                      {"namespaced", kind.namespaced},
                      {"kind", kind.kind},
                      {"verbs", {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"}},
                      {"storageVersionHash", safeText(stableHash(kind.plural), 11) + "="}};
        if (!kind.shortNames.empty()) entry["shortNames"] = words(kind.shortNames);
        if (!kind.categories.empty()) entry["categories"] = words(kind.categories);
        resources.push_back(std::move(entry));
        if (kind.hasStatus) resources.push_back(subresource(kind, "status", kind.kind, {"get", "patch", "update"}));
        if (kind.hasScale) {
            Json scale = subresource(kind, "scale", "Scale", {"get", "patch", "update"});
            scale["group"] = "autoscaling";
            scale["version"] = "v1";
            resources.push_back(std::move(scale));
        }
        if (kind.plural == "pods") {
            resources.push_back(subresource(kind, "log", "Pod", Json::array({"get"})));
            resources.push_back(
                subresource(kind, "proxy", "PodProxyOptions", {"create", "delete", "get", "patch", "update"}));
        }
        if (kind.plural == "serviceaccounts") {
            Json token = subresource(kind, "token", "TokenRequest", Json::array({"create"}));
            token["group"] = "authentication.k8s.io";
            token["version"] = "v1";
            resources.push_back(std::move(token));
        }
    }
    for (const VirtualKind& kind : kVirtual) {
        if (kind.group != group) continue;
        resources.push_back({{"name", kind.plural},
                             {"singularName", ""},
                             {"kind", kind.kind},
                             {"namespaced", false},
                             {"verbs", Json::array({"create"})}});
    }
    return {{"kind", "APIResourceList"},
            {"apiVersion", "v1"},
            {"groupVersion", group.empty() ? "v1" : std::string(group) + "/v1"},
            {"resources", std::move(resources)}};
}

/// kubectl reads from here whether the server checks fields itself (`fieldValidation`) and which kinds exist.
Json openApiGroup(std::string_view group) {
    Json paths = Json::object();
    Json schemas = Json::object();
    for (const ResourceKind& kind : allKinds()) {
        if (kind.group != group) continue;
        const Json gvk = {{"group", group}, {"version", "v1"}, {"kind", kind.kind}};
        const std::string schema = "io.cerebral.demo." + std::string(kind.kind);
        const std::string root = group.empty() ? "/api/v1" : "/apis/" + std::string(group) + "/v1";
        const std::string collection =
            root + (kind.namespaced ? "/namespaces/{namespace}/" : "/") + std::string(kind.plural);
        const auto parameter = [](std::string_view name) {
            return Json{{"in", "query"}, {"name", name}, {"schema", {{"type", "string"}, {"uniqueItems", true}}}};
        };
        const auto operation = [&](std::string_view action) {
            return Json{
                {"operationId", std::string(action) + std::string(kind.kind)},
                {"parameters", {parameter("dryRun"), parameter("fieldManager"), parameter("fieldValidation")}},
                {"responses", {{"200", {{"description", "OK"}}}}},
                {"x-kubernetes-action", action},
                {"x-kubernetes-group-version-kind", gvk}};
        };
        paths[collection] = {{"post", operation("post")}, {"get", operation("list")}};
        paths[collection + "/{name}"] = {{"get", operation("get")},
                                         {"put", operation("put")},
                                         {"patch", operation("patch")},
                                         {"delete", operation("delete")}};
        schemas[schema] = {{"type", "object"},
                           {"description", std::string(kind.kind)},
                           {"x-kubernetes-preserve-unknown-fields", true},
                           {"x-kubernetes-group-version-kind", Json::array({gvk})}};
    }
    return {{"openapi", "3.0.0"},
            {"info", {{"title", "Kubernetes"}, {"version", "v1.34.4"}}},
            {"paths", std::move(paths)},
            {"components", {{"schemas", std::move(schemas)}}}};
}

}  // namespace

std::string versionDocument() {
    return Json{{"major", "1"},
                {"minor", "34"},
                {"emulationMajor", "1"},
                {"emulationMinor", "34"},
                {"minCompatibilityMajor", "1"},
                {"minCompatibilityMinor", "33"},
                {"gitVersion", "v1.34.4"},
                {"gitCommit", "$Format:%H$"},
                {"gitTreeState", ""},
                {"buildDate", "1970-01-01T00:00:00Z"},
                {"goVersion", "go1.26.8"},
                {"compiler", "gc"},
                {"platform", "linux/amd64"}}
        .dump();
}

std::optional<std::string> discoveryDocument(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (path == "/api") {
        return Json{{"kind", "APIVersions"},
                    {"versions", {"v1"}},
                    {"serverAddressByClientCIDRs", {{{"clientCIDR", "0.0.0.0/0"}, {"serverAddress", "127.0.0.1"}}}}}
            .dump();
    }
    if (path == "/api/v1") return resourceList("").dump();
    if (path == "/apis") {
        Json list = Json::array();
        for (const std::string_view group : groups()) list.push_back(groupEntry(group));
        return Json{{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", std::move(list)}}.dump();
    }
    if (!path.starts_with("/apis/")) return std::nullopt;
    path.remove_prefix(6);
    const std::size_t slash = path.find('/');
    const std::string_view group = path.substr(0, slash);
    if (!groups().contains(group)) return std::nullopt;
    if (slash == std::string_view::npos) {
        Json entry = groupEntry(group);
        entry["kind"] = "APIGroup";
        entry["apiVersion"] = "v1";
        return entry.dump();
    }
    return path.substr(slash) == "/v1" ? std::optional(resourceList(group).dump()) : std::nullopt;
}

std::optional<std::string> openApiDocument(std::string_view path) {
    if (path == "/openapi/v3") {
        Json paths = Json::object();
        std::set<std::string_view> names;
        for (const ResourceKind& kind : allKinds()) names.insert(kind.group);
        for (const std::string_view group : names) {
            const std::string name = group.empty() ? "api/v1" : "apis/" + std::string(group) + "/v1";
            paths[name] = {{"serverRelativeURL", "/openapi/v3/" + name + "?hash=DEMO"}};
        }
        return Json{{"paths", std::move(paths)}}.dump();
    }
    if (path == "/openapi/v3/api/v1") return openApiGroup("").dump();
    constexpr std::string_view kPrefix = "/openapi/v3/apis/";
    if (!path.starts_with(kPrefix) || !path.ends_with("/v1")) return std::nullopt;
    const std::string_view group = path.substr(kPrefix.size(), path.size() - kPrefix.size() - 3);
    if (!groups().contains(group)) return std::nullopt;
    return openApiGroup(group).dump();
}

}  // namespace cerebral::demo
