#include "core/tekton/read_pipeline_run.h"

#include <cstring>
#include <string>
#include <vector>

#include "core/base/time_format.h"
#include "core/tekton/decode_parts.h"

namespace cerebral::tekton {
namespace {

namespace od = simdjson::ondemand;
using simdjson::SUCCESS;

bool hasEscapes(std::string_view text) {
    return std::memchr(text.data(), '\\', text.size()) != nullptr;
}

/// What stands in the document up to the next token, the value alone.
std::string_view token(od::value& value) {
    std::string_view text = value.raw_json_token();
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

/// What a value begins with says which type it is of.
bool beginsWith(od::value& value, char first) {
    return value.raw_json_token().substr(0, 1) == std::string_view(&first, 1);
}

/// A string, in the document itself where it has no escapes; empty when it is none.
std::string_view text(od::value value) {
    const std::string_view raw = token(value);
    if (raw.size() < 2 || raw.front() != '"') return {};
    const std::string_view body = raw.substr(1, raw.size() - 2);
    if (!hasEscapes(body)) return body;
    std::string_view unescaped;
    return value.get_string().get(unescaped) == SUCCESS ? unescaped : std::string_view();
}

void assign(std::string& to, od::value value) {
    to = text(value);
}

std::optional<WallTime> time(od::value value) {
    const std::string_view written = text(value);
    if (written.empty()) return std::nullopt;
    const auto parsed = parseRfc3339(written);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

std::string_view keyOf(od::field& field) {
    const char* const begin = field.key().raw();
    // Between the key and its value stand a quote and a colon, and no other quote: a search from here is short.
    const char* end = field.value().raw_json_token().data();
    do --end;
    while (end > begin && *end != '"');
    const std::string_view key(begin, static_cast<std::size_t>(end - begin));
    if (!hasEscapes(key)) return key;
    std::string_view unescaped;
    return field.unescaped_key().get(unescaped) == SUCCESS ? unescaped : std::string_view();
}

/// `visit(key, value)`, which returns whether to go on; false when it did not or the document is broken.
template <class Visit>
bool eachMember(od::object object, Visit visit) {
    for (auto result : object) {
        od::field field;
        if (std::move(result).get(field) != SUCCESS) return false;
        const std::string_view key = keyOf(field);
        if (!visit(key, field.value())) return false;
    }
    return true;
}

/// Members of `value` if it is an object; anything else is as good as absent.
template <class Visit>
bool eachMemberOf(od::value value, Visit visit) {
    od::object object;
    if (!beginsWith(value, '{')) return true;
    return value.get_object().get(object) == SUCCESS && eachMember(object, visit);
}

template <class Visit>
bool eachElement(od::value value, Visit visit) {
    if (!beginsWith(value, '[')) return true;
    od::array array;
    if (value.get_array().get(array) != SUCCESS) return false;
    for (auto result : array) {
        od::value element;
        if (std::move(result).get(element) != SUCCESS || !visit(element)) return false;
    }
    return true;
}

using Pairs = std::vector<kube::PackedPairs::Pair>;

/// `pairs`: to gather in, whatever is in it.
bool readMap(od::value value, Pairs& pairs, kube::PackedPairs& into) {
    pairs.clear();
    const bool whole = eachMemberOf(value, [&](std::string_view name, od::value element) {
        if (name == kube::json::kLastApplied || !beginsWith(element, '"')) return true;
        for (const auto& pair : pairs) {
            if (pair.name == name) return false;
        }
        pairs.push_back({name, text(element)});
        return true;
    });
    into = kube::PackedPairs(pairs);
    return whole;
}

/// [{name, value}]; values that are no strings are left to the other decoder.
bool readPairs(od::value value, Pairs& pairs, kube::PackedPairs& into) {
    pairs.clear();
    const bool whole = eachElement(value, [&](od::value element) {
        kube::PackedPairs::Pair pair;
        const bool read = eachMemberOf(element, [&](std::string_view key, od::value member) {
            if (key == "name") pair.name = text(member);
            if (key != "value") return true;
            pair.value = text(member);
            return beginsWith(member, '"');
        });
        pairs.push_back(pair);
        return read;
    });
    into = kube::PackedPairs(pairs);
    return whole;
}

bool readOwners(od::value value, std::vector<kube::OwnerReference>& owners) {
    return eachElement(value, [&](od::value element) {
        kube::OwnerReference owner;
        const bool read = eachMemberOf(element, [&](std::string_view key, od::value member) {
            if (key == "kind") assign(owner.kind, member);
            if (key == "name") assign(owner.name, member);
            if (key == "uid") assign(owner.uid, member);
            if (key == "controller") owner.controller = token(member) == "true";
            return true;
        });
        owners.push_back(std::move(owner));
        return read;
    });
}

bool readConditions(od::value value, PipelineRun& run) {
    return eachElement(value, [&](od::value element) {
        std::string_view type;
        std::string_view status;
        std::string_view reason;
        std::string_view message;
        const bool read = eachMemberOf(element, [&](std::string_view key, od::value member) {
            if (key == "type") type = text(member);
            if (key == "status") status = text(member);
            if (key == "reason") reason = text(member);
            if (key == "message") message = text(member);
            return true;
        });
        if (!read || type != "Succeeded") return read;
        run.condition = conditionStatus(status);
        run.reason = reason;
        run.message = message;
        return true;
    });
}

bool readChildren(od::value value, std::vector<ChildReference>& children) {
    constexpr std::size_t kUsual = 3;
    children.reserve(kUsual);
    const bool whole = eachElement(value, [&](od::value element) {
        ChildReference& child = children.emplace_back();
        return eachMemberOf(element, [&](std::string_view key, od::value member) {
            if (key == "kind") assign(child.kind, member);
            if (key == "name") assign(child.name, member);
            if (key == "pipelineTaskName") assign(child.pipelineTaskName, member);
            return true;
        });
    });
    children.shrink_to_fit();
    return whole;
}

bool readSkipped(od::value value, std::vector<SkippedTask>& skipped) {
    return eachElement(value, [&](od::value element) {
        SkippedTask& task = skipped.emplace_back();
        return eachMemberOf(element, [&](std::string_view key, od::value member) {
            if (key == "name") assign(task.name, member);
            if (key == "reason") assign(task.reason, member);
            return true;
        });
    });
}

/// The text of `value` as it stands in the document.
std::optional<std::string_view> rawOf(od::value value) {
    std::string_view raw;
    if (beginsWith(value, '{')) {
        od::object object;
        if (value.get_object().get(object) != SUCCESS || object.raw_json().get(raw) != SUCCESS) return std::nullopt;
        return raw;
    }
    if (beginsWith(value, '[')) {
        od::array array;
        if (value.get_array().get(array) != SUCCESS || array.raw_json().get(raw) != SUCCESS) return std::nullopt;
        return raw;
    }
    return token(value);
}

void addReferences(std::string_view raw, std::string& traits) {
    for (std::size_t at = raw.find(kTaskReference); at != std::string_view::npos;
         at = raw.find(kTaskReference, at + 1)) {
        const std::string_view rest = raw.substr(at);
        traits.append(rest.substr(0, rest.find(')'))).push_back(';');
    }
}

/// Appends a text that is the same for two lists of tasks only if the other decoder makes the same of them.
bool addTraits(od::value tasks, std::string& traits) {
    return eachElement(tasks, [&](od::value task) {
        traits.push_back('{');
        return eachMemberOf(task, [&](std::string_view key, od::value value) {
            traits.append(key).push_back(':');
            if (key == "workspaces" || key == "taskSpec") return true;
            const auto raw = rawOf(value);
            if (!raw) return false;
            if (key == "params" || key == "when" || key == "matrix") {
                if (*raw == "null") traits.append(*raw);
                addReferences(*raw, traits);
            } else {
                traits.append(*raw).push_back(',');
            }
            return true;
        });
    });
}

}  // namespace

bool PipelineRunReader::readMeta(od::object metadata, kube::ObjectMeta& meta) {
    return eachMember(metadata, [&](std::string_view key, od::value value) {
        if (key == "name") assign(meta.name, value);
        if (key == "namespace") assign(meta.ns, value);
        if (key == "uid") assign(meta.uid, value);
        if (key == "resourceVersion") assign(meta.resourceVersion, value);
        if (key == "creationTimestamp") meta.creationTimestamp = time(value);
        if (key == "deletionTimestamp") meta.deletionTimestamp = time(value);
        if (key == "generation" && value.get_int64().get(meta.generation) != SUCCESS) return false;
        if (key == "labels") return readMap(value, pairs_, meta.labels);
        if (key == "annotations") return readMap(value, pairs_, meta.annotations);
        if (key == "ownerReferences") return readOwners(value, meta.owners);
        return true;
    });
}

bool PipelineRunReader::readSpec(od::object spec, PipelineRun& run) {
    return eachMember(spec, [&](std::string_view key, od::value value) {
        if (key == "status") assign(run.specStatus, value);
        if (key == "params") return readPairs(value, pairs_, run.params);
        if (key == "pipelineRef") {
            return eachMemberOf(value, [&](std::string_view part, od::value member) {
                if (part == "name") assign(run.pipelineName, member);
                return part != "resolver";  // which of its parameters names the pipeline is known elsewhere
            });
        }
        if (key == "taskRunTemplate") {
            return eachMemberOf(value, [&](std::string_view part, od::value member) {
                if (part == "serviceAccountName") assign(run.serviceAccount, member);
                return true;
            });
        }
        od::object embedded;
        if (key == "pipelineSpec") {
            if (value.get_object().get(embedded) != SUCCESS) return false;
            // The status's counts, wherever it stands.
            return !run.tasks.empty() || readPipelineSpec(embedded, run);
        }
        return true;
    });
}

bool PipelineRunReader::readPipelineSpec(od::object pipelineSpec, PipelineRun& run) {
    std::string_view raw;
    std::string& traits = pipelines_.traits();
    const bool read = eachMember(pipelineSpec, [&](std::string_view key, od::value value) {
        if (key != "tasks" && key != "finally") return true;
        traits.append(key).push_back('=');
        return addTraits(value, traits);
    });
    if (!read) return false;
    auto pipeline = pipelines_.find();
    if (!pipeline) {
        if (pipelineSpec.reset().error() != SUCCESS || pipelineSpec.raw_json().get(raw) != SUCCESS) return false;
        pipeline = pipelines_.add(raw);
    }
    if (!pipeline) return false;
    run.tasks = pipeline->tasks;
    run.pipelineTasks = pipeline->names;
    return true;
}

bool PipelineRunReader::readStatus(od::object status, PipelineRun& run) {
    return eachMember(status, [&](std::string_view key, od::value value) {
        if (key == "conditions") return readConditions(value, run);
        if (key == "startTime") run.startTime = time(value);
        if (key == "completionTime") run.completionTime = time(value);
        if (key == "childReferences") return readChildren(value, run.children);
        if (key == "skippedTasks") return readSkipped(value, run.skipped);
        if (key == "results") return readPairs(value, pairs_, run.results);
        od::object pipelineSpec;
        if (key == "pipelineSpec") {
            return value.get_object().get(pipelineSpec) == SUCCESS && readPipelineSpec(pipelineSpec, run);
        }
        return true;
    });
}

std::optional<PipelineRun> PipelineRunReader::read(std::string_view json) {
    od::document document;
    od::object object;
    if (parser_.iterate(json.data(), json.size(), json.size() + simdjson::SIMDJSON_PADDING).get(document) !=
            SUCCESS ||
        document.get_object().get(object) != SUCCESS) {
        return std::nullopt;
    }
    PipelineRun run;
    const bool read = eachMember(object, [&](std::string_view key, od::value value) {
        od::object part;
        const bool known = key == "metadata" || key == "spec" || key == "status";
        if (!known) return true;
        if (value.get_object().get(part) != SUCCESS) return false;
        if (key == "metadata") return readMeta(part, run.meta);
        return key == "spec" ? readSpec(part, run) : readStatus(part, run);
    });
    if (!read || run.meta.name.empty() || run.meta.uid.empty()) return std::nullopt;
    if (run.pipelineName.empty()) run.pipelineName = run.meta.label("tekton.dev/pipeline");
    return run;
}

}  // namespace cerebral::tekton
