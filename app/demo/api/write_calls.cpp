// Writing: create, update, patch, delete, scale, token.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/api/api_server.h"
#include "app/demo/api/protobuf_review.h"
#include "app/demo/api/status_answer.h"
#include "app/demo/store/patch.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

Error notFound(const std::string& name) {
    return Error{ErrorKind::NotFound, name, 404, {}, {}};
}

bool isDryRun(const ApiCall& call) {
    return call.query.has("dryRun");
}

/// What Tekton's admission webhook checks of a run.
std::optional<net::ServerResponse> tektonAdmission(const ResourceKind& kind, const Json& tree) {
    if (kind.kind != "PipelineRun") return std::nullopt;
    const Json spec = tree.value("spec", Json::object());
    const auto denied = [](const std::string& why) {
        return badRequest(
            "admission webhook \"validation.webhook.pipeline.tekton.dev\" denied the request: validation failed: " +
            why);
    };
    if (!spec.is_object()) return denied("spec is not an object");
    const bool ref = spec.contains("pipelineRef"), inlined = spec.contains("pipelineSpec");
    if (!ref && !inlined) return denied("expected exactly one, got neither: spec.pipelineRef, spec.pipelineSpec");
    if (ref && inlined) return denied("expected exactly one, got both: spec.pipelineRef, spec.pipelineSpec");
    static const std::string_view kStatus[] = {"", "Cancelled", "CancelledRunFinally", "StoppedRunFinally",
                                               "PipelineRunPending"};
    const std::string status = spec.value("status", "");
    if (std::ranges::find(kStatus, status) == std::end(kStatus)) {
        return denied(
            "invalid value: " + status +
            " should be Cancelled, CancelledRunFinally, StoppedRunFinally or PipelineRunPending: spec.status");
    }
    return std::nullopt;
}

/// What defaulting adds to a new object of this kind (Tekton's mutating webhook, the API server).
void applyDefaults(const ResourceKind& kind, Json& tree) {
    if (kind.kind == "PipelineRun") {
        Json& spec = tree["spec"];
        if (!spec.contains("timeouts") || !spec["timeouts"].is_object()) spec["timeouts"] = Json::object();
        if (!spec["timeouts"].contains("pipeline")) spec["timeouts"]["pipeline"] = "1h0m0s";
        Json& taskRunTemplate = spec["taskRunTemplate"];
        if (!taskRunTemplate.is_object()) taskRunTemplate = Json::object();
        if (!taskRunTemplate.contains("serviceAccountName")) taskRunTemplate["serviceAccountName"] = "default";
        tree.erase("status");
    } else if (kind.kind == "Namespace") {
        const std::string name = tree["metadata"].value("name", "");
        tree["metadata"]["labels"]["kubernetes.io/metadata.name"] = name;
        tree["spec"] = {{"finalizers", {"kubernetes"}}};
        tree["status"] = {{"phase", "Active"}};
    } else if (kind.kind == "Secret" && !tree.contains("type")) {
        tree["type"] = "Opaque";
    } else if (kind.kind == "Deployment") {
        Json& spec = tree["spec"];
        if (!spec.contains("replicas")) spec["replicas"] = 1;
        if (!spec.contains("revisionHistoryLimit")) spec["revisionHistoryLimit"] = 10;
        if (!spec.contains("progressDeadlineSeconds")) spec["progressDeadlineSeconds"] = 600;
        if (!spec.contains("strategy") || spec["strategy"].empty()) {
            spec["strategy"] = {{"type", "RollingUpdate"},
                                {"rollingUpdate", {{"maxSurge", "25%"}, {"maxUnavailable", "25%"}}}};
        }
        tree.erase("status");
    }
    if (kind.kind == "Secret" && tree.contains("stringData")) {
        tree.erase("stringData");  // clients here send `data`; the shorthand is not kept in clear
    }
}

std::chrono::seconds graceOf(const ApiCall& call) {
    const Json options = Json::parse(call.http.body, nullptr, false);
    if (options.is_object() && options.contains("gracePeriodSeconds") &&
        options["gracePeriodSeconds"].is_number_integer()) {
        return std::chrono::seconds(options["gracePeriodSeconds"].get<std::int64_t>());
    }
    return std::chrono::seconds(call.query.number("gracePeriodSeconds").value_or(30));
}

std::optional<std::uint64_t> versionIn(const Json& tree) {
    const std::string text = tree.value("metadata", Json::object()).value("resourceVersion", "");
    if (text.empty()) return std::nullopt;
    return std::strtoull(text.c_str(), nullptr, 10);
}

}  // namespace

void ApiServer::create(const ApiCall& call, const net::Responder& responder) {
    const ResourceKind& kind = *call.path.kind;
    const std::string type = net::mediaType(call.http.headers.find("Content-Type").value_or("application/json"));
    if (type != "application/json") return responder.send(unsupportedMediaType(type));
    Json tree = Json::parse(call.http.body, nullptr, false);
    if (!tree.is_object())
        return responder.send(badRequest("the object provided is unrecognized (must be of type " +
                                         std::string(kind.kind) + "): couldn't get version/kind; json parse error"));
    if (!tree["metadata"].is_object()) tree["metadata"] = Json::object();
    if (tree.value("kind", std::string(kind.kind)) != kind.kind) {
        return responder.send(
            badRequest("the object provided is unrecognized (must be of type " + std::string(kind.kind) + ")"));
    }
    if (kind.namespaced) {
        const std::string inside = tree["metadata"].value("namespace", call.path.ns);
        if (inside != call.path.ns)
            return responder.send(
                badRequest("the namespace of the provided object does not match the namespace sent on the request"));
        tree["metadata"]["namespace"] = call.path.ns;
    }
    CreateEntry entry{store_.now(),
                      std::string(kind.kind),
                      call.path.ns,
                      tree["metadata"].value("name", ""),
                      "",
                      0,
                      "refused",
                      false,
                      call.user.name,
                      std::string(call.http.headers.find("User-Agent").value_or(""))};
    const auto refuse = [&](net::ServerResponse response) {
        entry.code = response.status;
        if (response.status == 409) entry.outcome = "already-exists";
        record_.add(entry);
        responder.send(std::move(response));
    };
    if (auto denied = tektonAdmission(kind, tree)) return refuse(std::move(*denied));
    if (kind.kind == "PipelineRun" && faults_.overQuota())
        return refuse(quotaExceeded(kind, entry.name, store_.count(kind)));
    applyDefaults(kind, tree);
    if (isDryRun(call)) {
        tree["apiVersion"] = kind.apiVersion();
        tree["kind"] = kind.kind;
        return responder.send(jsonAnswer(201, tree.dump()));
    }
    tree["metadata"].erase("resourceVersion");
    tree["metadata"].erase("creationTimestamp");
    const auto created = store_.create(kind, std::move(tree));
    if (!created) return refuse(storeRefusal(kind, created.error()));
    entry.name = (*created)->name;
    entry.uid = (*created)->uid;
    entry.code = 201;
    entry.outcome = "created";
    entry.answerLost = faults_.loseNextAnswer();
    record_.add(entry);
    if (entry.answerLost) return responder.abort();
    responder.send(jsonAnswer(201, (*created)->text()));
}

void ApiServer::replace(const ApiCall& call, const net::Responder& responder) {
    const ResourceKind& kind = *call.path.kind;
    Json tree = Json::parse(call.http.body, nullptr, false);
    if (!tree.is_object() || !tree.contains("metadata"))
        return responder.send(badRequest("the body is not an object of kind " + std::string(kind.kind)));
    const auto updated = store_.update(
        kind, call.path.ns, call.path.name,
        [&](Json& object) {
            object = tree;
            return true;
        },
        call.path.subresource == "status" ? Part::Status : Part::Spec, versionIn(tree));
    if (!updated) return responder.send(storeRefusal(kind, updated.error()));
    responder.send(jsonAnswer(200, (*updated)->text()));
}

void ApiServer::patch(const ApiCall& call, const net::Responder& responder) {
    const ResourceKind& kind = *call.path.kind;
    const std::string type = net::mediaType(call.http.headers.find("Content-Type").value_or(""));
    PatchKind how;
    if (type == "application/merge-patch+json")
        how = PatchKind::Merge;
    else if (type == "application/json-patch+json")
        how = PatchKind::JsonPatch;
    else if (type == "application/strategic-merge-patch+json")
        how = PatchKind::StrategicMerge;
    else
        return responder.send(unsupportedMediaType(type));
    if (how == PatchKind::StrategicMerge && kind.isCustomResource())
        return responder.send(unsupportedMediaType(type));
    const Json body = Json::parse(call.http.body, nullptr, false);
    if (body.is_discarded()) return responder.send(badRequest("error decoding patch: the body is not JSON"));
    std::optional<std::string> wrong;
    std::optional<net::ServerResponse> denied;
    const Edit edit = [&](Json& object) {
        const Json before = object;
        if (const auto applied = applyPatch(how, object, body); !applied) {
            wrong = applied.error().message;
            return false;
        }
        denied = tektonAdmission(kind, object);
        return !denied.has_value();
    };
    if (isDryRun(call)) {
        const ObjectPtr object = store_.find(kind, call.path.ns, call.path.name);
        if (!object) return responder.send(storeRefusal(kind, notFound(call.path.name)));
        Json tree = object->parse();
        if (edit(tree)) return responder.send(jsonAnswer(200, tree.dump()));
    } else {
        const auto expected = how == PatchKind::JsonPatch || !body.is_object() ? std::nullopt : versionIn(body);
        const auto updated = store_.update(kind, call.path.ns, call.path.name, edit,
                                           call.path.subresource == "status" ? Part::Status : Part::Spec, expected);
        if (!updated) return responder.send(storeRefusal(kind, updated.error()));
        if (!wrong && !denied) return responder.send(jsonAnswer(200, (*updated)->text()));
    }
    if (denied) return responder.send(std::move(*denied));
    responder.send(statusAnswer(422, "Invalid", wrong.value_or("the patch does not apply"), Json::object()));
}

Result<ObjectPtr> ApiServer::removeOne(const ResourceKind& kind, const ObjectPtr& object,
                                       std::chrono::seconds grace) {
    if (kind.kind == "Pod" && grace.count() > 0 && hooks_.terminatePod && hooks_.terminatePod(object, grace)) {
        return store_.update(kind, object->ns, object->name, [&](Json& tree) {
            if (tree["metadata"].contains("deletionTimestamp")) return false;
            tree["metadata"]["deletionTimestamp"] = formatRfc3339(store_.now() + grace);
            tree["metadata"]["deletionGracePeriodSeconds"] = grace.count();
            return true;
        });
    }
    return store_.remove(kind, object->ns, object->name);
}

void ApiServer::remove(const ApiCall& call, const net::Responder& responder) {
    const ResourceKind& kind = *call.path.kind;
    const ObjectPtr object = store_.find(kind, call.path.ns, call.path.name);
    if (!object) return responder.send(storeRefusal(kind, notFound(call.path.name)));
    if (isDryRun(call)) return responder.send(jsonAnswer(200, object->text()));
    const auto removed = removeOne(kind, object, graceOf(call));
    if (!removed) return responder.send(storeRefusal(kind, removed.error()));
    if (kind.kind == "Pod") return responder.send(jsonAnswer(200, (*removed)->text()));
    Json details = {{"name", object->name}, {"kind", kind.plural}, {"uid", object->uid}};
    if (!kind.group.empty()) details["group"] = kind.group;
    responder.send(jsonAnswer(200, Json{{"kind", "Status"},
                                        {"apiVersion", "v1"},
                                        {"metadata", Json::object()},
                                        {"status", "Success"},
                                        {"details", details}}
                                       .dump()));
}

void ApiServer::removeCollection(const ApiCall& call, const net::Responder& responder) {
    const ResourceKind& kind = *call.path.kind;
    const auto selector = Selector::parse(call.query.get("labelSelector"), call.query.get("fieldSelector"));
    if (!selector) return responder.send(badRequest(selector.error().message));
    const Snapshot all = store_.list(kind, call.path.ns, *selector);
    for (const ObjectPtr& object : all.objects) (void)removeOne(kind, object, graceOf(call));
    std::string items;
    for (const ObjectPtr& object : all.objects) items.append(items.empty() ? "" : ",").append(object->text());
    responder.send(jsonAnswer(200, "{\"kind\":\"" + std::string(kind.kind) + "List\",\"apiVersion\":\"" +
                                       kind.apiVersion() + "\",\"metadata\":{\"resourceVersion\":\"" +
                                       std::to_string(store_.version()) + "\"},\"items\":[" + items + "]}"));
}

void ApiServer::scale(const ApiCall& call, const net::Responder& responder) {
    const ResourceKind& kind = *call.path.kind;
    ObjectPtr object = store_.find(kind, call.path.ns, call.path.name);
    if (!object) return responder.send(storeRefusal(kind, notFound(call.path.name)));
    if (call.http.method == net::Method::Put || call.http.method == net::Method::Patch) {
        const Json body = Json::parse(call.http.body, nullptr, false);
        if (!body.is_object() || !body.value("spec", Json::object()).contains("replicas"))
            return responder.send(badRequest("spec.replicas is missing"));
        const Json replicas = body["spec"]["replicas"];
        const auto updated = store_.update(
            kind, call.path.ns, call.path.name,
            [&](Json& tree) {
                tree["spec"]["replicas"] = replicas;
                return true;
            },
            Part::Spec);
        if (!updated) return responder.send(storeRefusal(kind, updated.error()));
        object = *updated;
    }
    const Json tree = object->parse();
    std::string selector;
    const Json matchLabels = tree["spec"]["selector"].value("matchLabels", Json::object());
    for (const auto& [key, value] : matchLabels.items()) {
        selector += (selector.empty() ? "" : ",") + key + "=" + value.get<std::string>();
    }
    const Json scale = {
        {"kind", "Scale"},
        {"apiVersion", "autoscaling/v1"},
        {"metadata",
         {{"name", object->name},
          {"namespace", object->ns},
          {"uid", object->uid},
          {"resourceVersion", std::to_string(object->version)},
          {"creationTimestamp", tree["metadata"]["creationTimestamp"]}}},
        {"spec", {{"replicas", tree["spec"].value("replicas", 1)}}},
        {"status",
         {{"replicas", tree.value("status", Json::object()).value("replicas", 0)}, {"selector", selector}}}};
    responder.send(jsonAnswer(200, scale.dump()));
}

void ApiServer::mintToken(const ApiCall& call, const net::Responder& responder) const {
    const ResourceKind& kind = *call.path.kind;
    const ObjectPtr account = store_.find(kind, call.path.ns, call.path.name);
    if (!account) return responder.send(storeRefusal(kind, notFound(call.path.name)));
    const Json review = call.http.body.starts_with("k8s")
                            ? readProtobufReview("TokenRequest", call.http.body).value_or(Json())
                            : Json::parse(call.http.body, nullptr, false);
    if (!review.is_object()) return responder.send(badRequest("the body is not a TokenRequest"));
    const Json spec = review.value("spec", Json::object());
    std::vector<std::string> audiences;
    if (spec.contains("audiences") && spec["audiences"].is_array()) {
        for (const Json& audience : spec["audiences"]) audiences.push_back(audience.get<std::string>());
    }
    if (audiences.empty()) audiences.emplace_back(kApiAudience);
    std::int64_t seconds = 3600;
    if (spec.contains("expirationSeconds") && spec["expirationSeconds"].is_number_integer())
        seconds = spec["expirationSeconds"];
    if (seconds < 600) {
        return responder.send(statusAnswer(
            422, "Invalid",
            "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: " +
                std::to_string(seconds) + ": may not specify a duration less than 10 minutes",
            {{"group", "authentication.k8s.io"}, {"kind", "TokenRequest"}}));
    }
    const WallTime expires = store_.now() + std::chrono::seconds(seconds);
    const Json answer = {
        {"kind", "TokenRequest"},
        {"apiVersion", "authentication.k8s.io/v1"},
        {"metadata",
         {{"name", account->name},
          {"namespace", account->ns},
          {"uid", account->uid},
          {"creationTimestamp", formatRfc3339(store_.now())}}},
        {"spec", {{"audiences", audiences}, {"expirationSeconds", seconds}, {"boundObjectRef", nullptr}}},
        {"status",
         {{"token", credentials_.mint(account->ns, account->name, account->uid, audiences, expires)},
          {"expirationTimestamp", formatRfc3339(expires)}}}};
    responder.send(jsonAnswer(201, answer.dump()));
}

}  // namespace cerebral::demo
