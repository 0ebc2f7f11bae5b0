#include "app/demo/store/object.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cerebral::demo {
namespace {

/// Text at a dotted path; empty when absent. The supported field labels have no dots inside a key.
std::string textAt(const Json& tree, std::string_view path) {
    const Json* node = &tree;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const auto it = node->is_object() ? node->find(std::string(path.substr(0, dot))) : node->end();
        if (!node->is_object() || it == node->end()) return {};
        node = &*it;
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    }
    return node->is_string() ? node->get<std::string>() : std::string();
}

std::span<const std::string_view> selectableFields(std::string_view kind) {
    static constexpr std::string_view kPod[] = {"status.phase", "spec.nodeName", "spec.restartPolicy",
                                                "spec.serviceAccountName", "status.podIP"};
    static constexpr std::string_view kEvent[] = {"involvedObject.kind",
                                                  "involvedObject.namespace",
                                                  "involvedObject.name",
                                                  "involvedObject.uid",
                                                  "involvedObject.apiVersion",
                                                  "reason",
                                                  "type",
                                                  "source",
                                                  "reportingComponent"};
    static constexpr std::string_view kSecret[] = {"type"};
    static constexpr std::string_view kNamespace[] = {"status.phase"};
    if (kind == "Pod") return kPod;
    if (kind == "Event") return kEvent;
    if (kind == "Secret") return kSecret;
    if (kind == "Namespace") return kNamespace;
    return {};
}

std::optional<std::string> poured(const std::vector<std::pair<std::string, Mold>>& molds, const Mold::Fill& fill,
                                  std::string_view key) {
    const auto found = std::ranges::find(molds, key, &std::pair<std::string, Mold>::first);
    return found == molds.end() ? std::nullopt : std::optional(found->second.poured(fill));
}

std::optional<std::string> copied(const TextPairs& pairs, std::string_view key) {
    const std::string* value = findText(pairs, key);
    return value ? std::optional(*value) : std::nullopt;
}

constexpr std::string_view kEnd = "}\n";

void begin(std::string& line, ChangeType type) {
    line.append(R"({"type":")").append(toString(type)).append(R"(","object":)");
}

}  // namespace

const char* toString(ChangeType type) noexcept {
    switch (type) {
        case ChangeType::Added:
            return "ADDED";
        case ChangeType::Modified:
            return "MODIFIED";
        case ChangeType::Deleted:
            return "DELETED";
    }
    return "ERROR";
}

std::string Object::text() const {
    return mold ? mold->bytes.poured(fill, version) : bytes;
}

void Object::appendText(std::string& out) const {
    if (mold)
        mold->bytes.pour(out, fill, version);
    else
        out += bytes;
}

std::optional<std::string> Object::label(std::string_view key) const {
    return mold ? poured(mold->labels, fill, key) : copied(labels, key);
}

std::optional<std::string> Object::field(std::string_view key) const {
    return mold ? poured(mold->fields, fill, key) : copied(fields, key);
}

Json Object::parse() const {
    return Json::parse(mold ? text() : bytes);
}

ObjectPtr freeze(const ResourceKind& kind, const Json& tree, std::uint64_t version) {
    auto object = std::make_shared<Object>();
    object->kind = &kind;
    object->version = version;
    const Json& meta = tree.at("metadata");
    object->name = meta.at("name").get<std::string>();
    object->ns = meta.value("namespace", "");
    object->uid = meta.value("uid", "");
    if (const auto labels = meta.find("labels"); labels != meta.end() && labels->is_object()) {
        for (const auto& [key, value] : labels->items()) {
            if (value.is_string()) object->labels.emplace_back(key, value.get<std::string>());
        }
    }
    if (const auto owners = meta.find("ownerReferences"); owners != meta.end() && owners->is_array()) {
        for (const Json& owner : *owners) object->owners.push_back(owner.value("uid", ""));
    }
    for (const std::string_view field : selectableFields(kind.kind)) {
        object->fields.emplace_back(field, textAt(tree, field));
    }
    object->bytes = tree.dump(-1, ' ', false, Json::error_handler_t::replace);
    return object;
}

void appendWatchLine(std::string& out, ChangeType type, std::string_view objectText) {
    begin(out, type);
    out.append(objectText).append(kEnd);
}

void appendWatchLine(std::string& out, ChangeType type, const Object& object) {
    begin(out, type);
    object.appendText(out);
    out.append(kEnd);
}

std::string watchLine(ChangeType type, const Object& object) {
    std::string line;
    appendWatchLine(line, type, object);
    return line;
}

}  // namespace cerebral::demo
