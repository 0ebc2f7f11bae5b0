#include "core/config/run_template.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "core/config/run_template_reader.h"
#include "core/config/suggest.h"

namespace cerebral::config {
namespace {

using Json = nlohmann::ordered_json;

/// Placeholders in one scalar: `$(word)` must be known unless the word has a dot.
void checkPlaceholders(const YAML::Node& node, Mistakes& mistakes) {
    const std::string& text = node.Scalar();
    for (std::size_t at = text.find("$("); at != std::string::npos; at = text.find("$(", at + 2)) {
        const std::size_t end = text.find(')', at);
        if (end == std::string::npos) {
            mistakes.add(node.Mark(), inQuotes(text) + ": \"$(\" without \")\"");
            return;
        }
        const std::string_view name = std::string_view(text).substr(at + 2, end - at - 2);
        if (name.find('.') != std::string_view::npos) continue;
        if (std::find(kTemplateValues.begin(), kTemplateValues.end(), name) == kTemplateValues.end()) {
            mistakes.add(node.Mark(),
                         "unknown value $(" + std::string(name) + ")" + didYouMean(name, kTemplateValues));
        }
    }
}

template <class T>
bool wholeNumber(const std::string& text, T& number) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end;
}

/// YAML's core schema for plain scalars; whatever is quoted is text.
Json scalarToJson(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!" || node.Tag() == "tag:yaml.org,2002:str") return text;
    if (text == "true") return true;
    if (text == "false") return false;
    if (text.empty() || text == "null" || text == "~") return nullptr;
    if (std::int64_t number = 0; wholeNumber(text, number)) return number;
    const bool decimal = text.find_first_not_of("+-.0123456789eE") == std::string::npos;
    if (double number = 0; decimal && wholeNumber(text, number)) return number;
    return text;
}

Json toJson(const YAML::Node& node, Mistakes& mistakes) {
    if (node.IsSequence()) {
        Json array = Json::array();
        for (const auto& item : node) array.push_back(toJson(item, mistakes));
        return array;
    }
    if (node.IsMap()) {
        Json object = Json::object();
        for (const auto& entry : node) {
            if (!entry.first.IsScalar()) {
                mistakes.add(entry.first.Mark(), "a key must be a single word");
                continue;
            }
            const std::string& key = entry.first.Scalar();
            if (key.find("$(") != std::string::npos) {
                mistakes.add(entry.first.Mark(), "key " + inQuotes(key) + ": keys hold no values");
            }
            if (object.contains(key)) mistakes.add(entry.first.Mark(), inQuotes(key) + " is given twice");
            object[key] = toJson(entry.second, mistakes);
        }
        return object;
    }
    if (!node.IsScalar()) return nullptr;
    checkPlaceholders(node, mistakes);
    return scalarToJson(node);
}

void requireText(const YamlMapping& mapping, std::string_view key, std::string_view expected, Mistakes& mistakes) {
    const YAML::Node node = mapping.find(key);
    if (node.IsDefined() && node.IsScalar() && node.Scalar() == expected) return;
    mistakes.add(node.IsDefined() ? node.Mark() : mapping.mark(),
                 "the template's " + std::string(key) + " must be " + std::string(expected));
}

/// Tekton's admission refuses two params or workspaces of one name.
void checkNames(const YAML::Node& list, std::string_view what, Mistakes& mistakes) {
    if (!list.IsDefined()) return;
    if (!list.IsSequence()) {
        mistakes.add(list.Mark(), "spec." + std::string(what) + " must be a list");
        return;
    }
    std::set<std::string> seen;
    for (const auto& entry : list) {
        const YAML::Node name = entry.IsMap() ? entry["name"] : YAML::Node();
        if (!name.IsDefined() || !name.IsScalar()) {
            mistakes.add(entry.Mark(), "an entry of spec." + std::string(what) + " needs a name");
        } else if (!seen.insert(name.Scalar()).second) {
            mistakes.add(name.Mark(), "spec." + std::string(what) + " has " + inQuotes(name.Scalar()) + " twice");
        }
    }
}

void checkSpec(const YAML::Node& spec, const YAML::Mark& where, Mistakes& mistakes) {
    if (!spec.IsDefined() || !spec.IsMap()) {
        mistakes.add(where, "the template needs a spec");
        return;
    }
    if (spec["pipelineRef"].IsDefined() == spec["pipelineSpec"].IsDefined()) {
        mistakes.add(spec.Mark(), "spec needs either pipelineRef or pipelineSpec");
    }
    checkNames(spec["params"], "params", mistakes);
    checkNames(spec["workspaces"], "workspaces", mistakes);
}

}  // namespace

std::string readRunTemplate(const YAML::Node& node, Mistakes& mistakes) {
    static constexpr std::array<std::string_view, 4> kKeys{"apiVersion", "kind", "metadata", "spec"};
    static constexpr std::array<std::string_view, 2> kMetadataKeys{"labels", "annotations"};
    const YamlMapping top(node, mistakes, kKeys, "runTemplate");
    if (!node.IsMap()) {
        if (!node.IsDefined() || node.IsNull()) mistakes.add(node.Mark(), "runTemplate is empty");
        return {};
    }
    requireText(top, "apiVersion", "tekton.dev/v1", mistakes);
    requireText(top, "kind", "PipelineRun", mistakes);
    const YamlMapping metadata(top.find("metadata"), mistakes, kMetadataKeys,
                               "metadata (name and namespace are the receiver's)");
    checkSpec(top.find("spec"), top.mark(), mistakes);
    return toJson(node, mistakes).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::string> compileRunTemplate(std::string_view yaml, std::string_view fileName) {
    const auto node = parseYaml(yaml, fileName);
    if (!node) return fail(node.error());
    Mistakes mistakes(fileName);
    std::string json = readRunTemplate(*node, mistakes);
    if (!mistakes.none()) return mistakes.error();
    return json;
}

std::string_view builtInRunTemplate() {
    return R"yaml(apiVersion: tekton.dev/v1
kind: PipelineRun
spec:
  pipelineRef:
    name: $(pipeline)
  params:
  - {name: repo-url, value: $(repo-url)}
  - {name: revision, value: $(revision)}
  - {name: branch, value: $(branch)}
  - {name: image-name, value: $(image-name)}
  - {name: image-tag, value: $(image-tag)}
  - {name: registry, value: $(registry)}
  - {name: dockerfile, value: $(dockerfile)}
  - {name: context, value: $(context)}
  - {name: base-image, value: $(base-image)}
  - {name: base-tag, value: $(base-tag)}
  - {name: deployment, value: $(deployment)}
  - {name: deploy-namespace, value: $(deploy-namespace)}
  - {name: deploy, value: $(deploy)}
  taskRunTemplate:
    serviceAccountName: $(service-account)
  timeouts:
    pipeline: $(run-timeout)
  workspaces:
  - name: source
    volumeClaimTemplate:
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: $(workspace-size)
  - name: docker-config
    secret:
      secretName: $(docker-config-secret)
  - name: git-credentials
    secret:
      secretName: $(git-credentials-secret)
)yaml";
}

}  // namespace cerebral::config
