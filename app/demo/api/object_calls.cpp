// Reading: get, list with pages, watch.
#include <charconv>
#include <nlohmann/json.hpp>

#include "app/demo/api/api_server.h"
#include "app/demo/api/status_answer.h"
#include "core/base/encoding.h"

namespace cerebral::demo {
namespace {

Representation representationOf(const ApiCall& call) {
    const std::string_view accept = call.http.headers.find("Accept").value_or("");
    const std::string_view first = accept.substr(0, accept.find(','));
    if (first.find("as=Table") != std::string_view::npos) return Representation::Table;
    if (first.find("as=PartialObjectMetadata") != std::string_view::npos) return Representation::Metadata;
    return Representation::Object;
}

RowObject rowObjectOf(const ApiCall& call) {
    const std::string wanted = call.query.get("includeObject");
    return wanted == "Object" ? RowObject::Whole : wanted == "None" ? RowObject::None : RowObject::Metadata;
}

/// People's tools get it indented, as from the real server.
bool wantsIndented(const ApiCall& call) {
    if (call.query.has("pretty")) return call.query.flag("pretty");
    const std::string_view agent = call.http.headers.find("User-Agent").value_or("");
    return agent.starts_with("curl") || agent.starts_with("Wget") || agent.starts_with("Mozilla/5.0");
}

std::string indented(const std::string& text) {
    return Json::parse(text).dump(2);
}

/// base64url of {"v","rv","start"}, as the API server makes it.
std::string continueToken(std::uint64_t version, const std::string& afterKey) {
    std::string token = toBase64(Json{{"v", "meta.k8s.io/v1"}, {"rv", version}, {"start", afterKey + '\0'}}.dump());
    for (char& c : token) c = c == '+' ? '-' : c == '/' ? '_' : c;
    while (token.ends_with('=')) token.pop_back();
    return token;
}

struct ContinuePoint {
    std::uint64_t version = 0;
    std::string after;
};

std::optional<ContinuePoint> parseContinue(std::string token) {
    for (char& c : token) c = c == '-' ? '+' : c == '_' ? '/' : c;
    while (token.size() % 4 != 0) token += '=';
    const auto text = fromBase64(token);
    const Json tree = text ? Json::parse(*text, nullptr, false) : Json();
    if (!tree.is_object() || !tree.contains("rv") || !tree["rv"].is_number_unsigned()) return std::nullopt;
    std::string start = tree.value("start", "");
    while (start.ends_with('\0')) start.pop_back();
    return ContinuePoint{tree["rv"], start};
}

/// As the API server answers a page that etcd has forgotten: with a token to go on from the same place.
net::ServerResponse continueExpired(const std::string& freshToken) {
    Json status = Json::parse(
        expired("The provided continue parameter is too old to display a consistent list result. You can start a new "
                "list without the continue parameter, or use the continue token in this response to retrieve the "
                "remainder of the results. Continuing with the provided token results in an inconsistent list - "
                "objects that were created, modified, or deleted between the time the first chunk was returned and "
                "now may show up in the list.")
            .body);
    status["metadata"]["continue"] = freshToken;
    return jsonAnswer(410, status.dump());
}

std::string metadataOnly(const ObjectPtr& object) {
    return Json{{"kind", "PartialObjectMetadata"},
                {"apiVersion", "meta.k8s.io/v1"},
                {"metadata", object->parse()["metadata"]}}
        .dump();
}

}  // namespace

void ApiServer::get(const ApiCall& call, const net::Responder& responder) const {
    const ResourceKind& kind = *call.path.kind;
    const ObjectPtr object = store_.find(kind, call.path.ns, call.path.name);
    if (!object) return responder.send(storeRefusal(kind, Error{ErrorKind::NotFound, call.path.name, 404, {}, {}}));
    switch (representationOf(call)) {
        case Representation::Table:
            return responder.send(jsonAnswer(
                200, tableOf(kind, {&object, 1}, R"({"resourceVersion":")" + std::to_string(object->version) + "\"}",
                             rowObjectOf(call), store_.now())));
        case Representation::Metadata:
            return responder.send(jsonAnswer(200, metadataOnly(object)));
        case Representation::Object:
            break;
    }
    responder.send(jsonAnswer(200, wantsIndented(call) ? indented(object->text()) : object->text()));
}

void ApiServer::list(const ApiCall& call, const net::Responder& responder) const {
    const ResourceKind& kind = *call.path.kind;
    const auto selector = Selector::parse(call.query.get("labelSelector"), call.query.get("fieldSelector"));
    if (!selector) return responder.send(badRequest(selector.error().message));
    std::size_t limit = static_cast<std::size_t>(std::max<std::int64_t>(0, call.query.number("limit").value_or(0)));
    const std::string asked = call.query.get("resourceVersion");
    if (asked == "0") limit = 0;  // served from the watch cache, which ignores the limit
    ContinuePoint from;
    if (const std::string token = call.query.get("continue"); !token.empty()) {
        const auto point = parseContinue(token);
        if (!point)
            return responder.send(badRequest("continue key is not valid: invalid character in continue token"));
        from = *point;
        if (from.version < store_.oldestVersion())
            return responder.send(continueExpired(continueToken(store_.version(), from.after)));
    } else if (!asked.empty()) {
        std::uint64_t version = 0;
        std::from_chars(asked.data(), asked.data() + asked.size(), version);
        if (call.query.get("resourceVersionMatch") == "Exact" && version < store_.oldestVersion())
            return responder.send(expired("The resourceVersion for the provided list is too old."));
        if (version > store_.version()) return responder.send(versionTooLarge(asked, store_.version()));
    }
    // One more than asked for tells whether there is a further page.
    Snapshot page = store_.list(kind, call.path.ns, *selector, from.after, limit == 0 ? 0 : limit + 1);
    const std::uint64_t version = from.version != 0 ? from.version : page.version;
    Json meta = {{"resourceVersion", std::to_string(version)}};
    if (kind.isCustomResource()) meta["continue"] = "";
    if (limit != 0 && page.objects.size() > limit) {
        page.objects.pop_back();
        meta["continue"] = continueToken(version, page.objects.back()->key());
        if (selector->empty()) {
            meta["remainingItemCount"] =
                store_.list(kind, call.path.ns, {}, page.objects.back()->key()).objects.size();
        }
    }
    switch (representationOf(call)) {
        case Representation::Table:
            return responder.send(
                jsonAnswer(200, tableOf(kind, page.objects, meta.dump(), rowObjectOf(call), store_.now())));
        case Representation::Metadata: {
            std::string body = R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":)" +
                               meta.dump() + ",\"items\":[";
            for (std::size_t i = 0; i < page.objects.size(); ++i)
                body.append(i == 0 ? "" : ",").append(metadataOnly(page.objects[i]));
            return responder.send(jsonAnswer(200, body + "]}"));
        }
        case Representation::Object:
            break;
    }
    std::string body = "{\"kind\":\"" + std::string(kind.kind) + "List\",\"apiVersion\":\"" + kind.apiVersion() +
                       "\",\"metadata\":" + meta.dump() + ",\"items\":[";
    body.reserve(page.objects.empty() ? 256 : page.objects.size() * (page.objects.front()->text().size() + 512));
    for (std::size_t i = 0; i < page.objects.size(); ++i) {
        if (i != 0) body += ',';
        page.objects[i]->appendText(body);
    }
    body += "]}";
    constexpr std::size_t kIndentAtMost = 4U * 1024U * 1024U;
    responder.send(
        jsonAnswer(200, wantsIndented(call) && body.size() < kIndentAtMost ? indented(body) : std::move(body)));
}

void ApiServer::watch(const ApiCall& call, const net::Responder& responder) {
    WatchRequest request;
    request.kind = call.path.kind;
    request.ns = call.path.ns;
    std::string fields = call.query.get("fieldSelector");
    if (!call.path.name.empty()) fields += (fields.empty() ? "" : ",") + ("metadata.name=" + call.path.name);
    auto selector = Selector::parse(call.query.get("labelSelector"), fields);
    if (!selector) return responder.send(badRequest(selector.error().message));
    request.selector = std::move(*selector);
    request.resourceVersion = call.query.get("resourceVersion");
    request.bookmarks = call.query.flag("allowWatchBookmarks");
    request.initialEvents = call.query.flag("sendInitialEvents");
    if (call.query.has("sendInitialEvents") && call.query.get("resourceVersionMatch") != "NotOlderThan") {
        return responder.send(
            statusAnswer(422, "Invalid",
                         "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: "
                         "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
                         {{"group", "meta.k8s.io"}, {"kind", "ListOptions"}}));
    }
    if (const auto seconds = call.query.number("timeoutSeconds"); seconds && *seconds > 0) {
        request.timeout = std::chrono::seconds(*seconds);
    }
    request.representation = representationOf(call);
    request.rowObject = rowObjectOf(call);
    if (request.initialEvents && faults_.watchListUnsupported()) {
        responder.begin(jsonAnswer(200, {}));
        responder.write(watchError(500, "InternalError",
                                   "a watch stream was requested by the client but the required storage feature "
                                   "RequestWatchProgress is disabled"));
        return responder.end();
    }
    std::make_shared<WatchStream>(std::move(request), responder, store_, scheduler_)->start(watches_);
}

}  // namespace cerebral::demo
