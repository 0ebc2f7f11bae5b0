#include "app/demo/api/authorizer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cerebral::demo {
namespace {

bool lists(const Json& rule, const char* field, const std::string& value) {
    const auto it = rule.find(field);
    if (it == rule.end()) return false;
    return std::ranges::any_of(*it, [&](const Json& item) { return item == "*" || item == value; });
}

bool grants(const Json& rule, const AccessQuestion& question) {
    const std::string resource =
        question.subresource.empty() ? question.resource : question.resource + "/" + question.subresource;
    if (!lists(rule, "verbs", question.verb) || !lists(rule, "apiGroups", question.group)) return false;
    if (!lists(rule, "resources", resource)) return false;
    return !rule.contains("resourceNames") || lists(rule, "resourceNames", question.name);
}

bool isSubject(const Json& subject, const User& user, std::string_view bindingNs) {
    const std::string kind = subject.value("kind", "");
    const std::string name = subject.value("name", "");
    if (kind == "User") return name == user.name;
    if (kind == "Group") return std::ranges::find(user.groups, name) != user.groups.end();
    return user.name == "system:serviceaccount:" + subject.value("namespace", std::string(bindingNs)) + ":" + name;
}

}  // namespace

bool Authorizer::bound(const Object& binding, const User& user, const AccessQuestion& question) const {
    const Json tree = binding.parse();
    const Json subjects = tree.value("subjects", Json::array());
    if (std::ranges::none_of(subjects, [&](const Json& s) { return isSubject(s, user, binding.ns); })) return false;
    const ResourceKind& kind = kindNamed(tree["roleRef"].value("kind", "") == "Role" ? "Role" : "ClusterRole");
    const ObjectPtr role = store_.find(kind, binding.ns, tree["roleRef"].value("name", ""));
    if (!role) return false;
    const Json rules = role->parse().value("rules", Json::array());
    return std::ranges::any_of(rules, [&](const Json& rule) { return grants(rule, question); });
}

bool Authorizer::allows(const User& user, const AccessQuestion& question) const {
    if (user.isAdministrator()) return true;
    for (const ObjectPtr& binding : store_.list(kindNamed("ClusterRoleBinding"), "").objects) {
        if (bound(*binding, user, question)) return true;
    }
    if (question.ns.empty()) return false;
    for (const ObjectPtr& binding : store_.list(kindNamed("RoleBinding"), question.ns).objects) {
        if (bound(*binding, user, question)) return true;
    }
    return false;
}

}  // namespace cerebral::demo
