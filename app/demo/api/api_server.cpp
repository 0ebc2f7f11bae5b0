#include "app/demo/api/api_server.h"

#include <nlohmann/json.hpp>

#include "app/demo/api/discovery.h"
#include "app/demo/api/reviews.h"
#include "app/demo/api/status_answer.h"

namespace cerebral::demo {
namespace {

std::string verbOf(const ApiCall& call) {
    switch (call.http.method) {
        case net::Method::Get:
        case net::Method::Head:
            if (call.query.flag("watch")) return "watch";
            return call.path.name.empty() ? "list" : "get";
        case net::Method::Post:
            return "create";
        case net::Method::Put:
            return "update";
        case net::Method::Patch:
            return "patch";
        case net::Method::Delete:
            return call.path.name.empty() ? "deletecollection" : "delete";
        default:
            return "";
    }
}

net::ServerResponse textAnswer(std::string body) {
    net::ServerResponse response = jsonAnswer(200, std::move(body));
    response.headers.set("Content-Type", "text/plain; charset=utf-8");
    return response;
}

}  // namespace

ApiServer::ApiServer(ObjectStore& store, Scheduler& scheduler, const Credentials& credentials, FaultBox& faults,
                     CreateRecord& record, ApiHooks hooks)
    : store_(store),
      scheduler_(scheduler),
      credentials_(credentials),
      faults_(faults),
      record_(record),
      hooks_(std::move(hooks)),
      authorizer_(store) {}

void ApiServer::handle(net::ServerRequest request, const net::Responder& responder) {
    if (request.path.starts_with("/demo/")) return answerDemo(request, responder);
    switch (faults_.next()) {
        case Misbehaviour::Cut:
            return responder.abort();
        case Misbehaviour::Unauthorized:
            return responder.send(unauthorized());
        case Misbehaviour::TooManyRequests:
            return responder.send(tooManyRequests(1));
        case Misbehaviour::ServerError:
            return responder.send(statusAnswer(500, "InternalError",
                                               "Internal error occurred: etcdserver: request timed out", nullptr));
        case Misbehaviour::None:
            break;
    }
    if (const auto delay = faults_.delay(); delay.count() > 0) {
        auto kept = std::make_shared<net::ServerRequest>(std::move(request));
        scheduler_.afterUnscaled(delay, [this, kept, responder] { route(std::move(*kept), responder); });
        return;
    }
    route(std::move(request), responder);
}

std::optional<User> ApiServer::authenticate(const net::ServerRequest& request, bool& badToken) const {
    const auto header = request.headers.find("Authorization");
    badToken = false;
    if (!header) return User{"system:anonymous", "", {"system:unauthenticated"}, ""};
    constexpr std::string_view kBearer = "Bearer ";
    if (header->size() > kBearer.size() && net::equalsIgnoreCase(header->substr(0, kBearer.size()), kBearer)) {
        if (auto user = credentials_.verify(header->substr(kBearer.size()), {std::string(kApiAudience)})) return user;
    }
    badToken = true;
    return std::nullopt;
}

void ApiServer::route(net::ServerRequest request, const net::Responder& responder) {
    const std::string& path = request.path;
    const bool reads = request.method == net::Method::Get || request.method == net::Method::Head;
    if (reads && path == "/version") return responder.send(jsonAnswer(200, versionDocument()));
    if (reads && (path == "/healthz" || path == "/livez" || path == "/readyz"))
        return responder.send(textAnswer("ok"));

    bool badToken = false;
    const auto user = authenticate(request, badToken);
    if (!user) return responder.send(unauthorized());

    auto parsed = parseRequestPath(path);
    if (!parsed) {
        if (user->name == "system:anonymous") {
            return responder.send(statusAnswer(403, "Forbidden",
                                               "forbidden: User \"system:anonymous\" cannot " +
                                                   std::string(reads ? "get" : "post") + " path \"" + path + "\"",
                                               Json::object()));
        }
        if (reads) {
            if (const auto document = discoveryDocument(path)) return responder.send(jsonAnswer(200, *document));
            if (const auto document = openApiDocument(path)) return responder.send(jsonAnswer(200, *document));
        } else if (request.method == net::Method::Post) {
            return responder.send(review(request, *user));
        }
        return responder.send(notFoundPath());
    }
    ApiCall call{std::move(request), std::move(*parsed), Query(""), *user};
    call.query = Query(call.http.query);
    const std::string verb = verbOf(call);
    const ResourceKind& kind = *call.path.kind;
    if (verb.empty()) return responder.send(methodNotAllowed());
    if (!authorizer_.allows(call.user, {verb, std::string(kind.group), std::string(kind.plural),
                                        call.path.subresource, call.path.ns, call.path.name})) {
        return responder.send(
            forbidden(call.user.name, verb, kind, call.path.subresource, call.path.ns, call.path.name));
    }
    dispatch(std::move(call), responder);
}

net::ServerResponse ApiServer::review(const net::ServerRequest& request, const User& user) const {
    return answerReview(request.path, request.body, user, credentials_, authorizer_, store_);
}

void ApiServer::dispatch(ApiCall call, const net::Responder& responder) {
    const std::string& sub = call.path.subresource;
    const bool named = !call.path.name.empty();
    if (sub == "log" && hooks_.podLog) return hooks_.podLog(call, responder);
    if (sub == "proxy" && hooks_.podProxy) return hooks_.podProxy(call, responder);
    if (sub == "scale" && call.path.kind->hasScale) return scale(call, responder);
    if (sub == "token" && call.http.method == net::Method::Post) return mintToken(call, responder);
    if (!sub.empty() && !(sub == "status" && call.path.kind->hasStatus)) return responder.send(notFoundPath());
    switch (call.http.method) {
        case net::Method::Get:
        case net::Method::Head:
            if (call.query.flag("watch")) return watch(call, responder);
            return named ? get(call, responder) : list(call, responder);
        case net::Method::Post:
            return named ? responder.send(methodNotAllowed()) : create(call, responder);
        case net::Method::Put:
            return named ? replace(call, responder) : responder.send(methodNotAllowed());
        case net::Method::Patch:
            return named ? patch(call, responder) : responder.send(methodNotAllowed());
        case net::Method::Delete:
            return named ? remove(call, responder) : removeCollection(call, responder);
        default:
            return responder.send(methodNotAllowed());
    }
}

void ApiServer::injectFault(const FaultRequest& fault) {
    faults_.inject(fault);
    if (fault.name == "drop-watches" || fault.name == "down") watches_.cutAll();
    if (fault.name == "gone") {
        store_.compact();
        watches_.expireAll();
    }
}

void ApiServer::answerDemo(const net::ServerRequest& request, const net::Responder& responder) {
    // A page in a browser on this machine must not drive the demo: browsers name themselves.
    if (request.headers.find("Origin"))
        return responder.send(statusAnswer(403, "Forbidden", "not for browsers", nullptr));
    if (request.method == net::Method::Get && request.path == "/demo/record") {
        return responder.send(jsonAnswer(200, record_.toJson()));
    }
    if (request.method == net::Method::Post && request.path == "/demo/fault") {
        const Json body = Json::parse(request.body, nullptr, false);
        std::string text = body.is_object() ? body.value("fault", "") : request.body;
        while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
        const auto fault = FaultBox::parse(text);
        if (!fault) return responder.send(badRequest(fault.error().message));
        injectFault(*fault);
        return responder.send(jsonAnswer(200, Json{{"fault", fault->name}}.dump()));
    }
    if (request.method == net::Method::Post && request.path == "/demo/push" && hooks_.push) {
        const auto done = hooks_.push(request.body);
        if (!done) return responder.send(badRequest(done.error().message));
        return responder.send(jsonAnswer(202, Json{{"story", *done}}.dump()));
    }
    if (request.method == net::Method::Post && request.path == "/demo/receiver" && hooks_.receiverAdmin) {
        const Json body = Json::parse(request.body, nullptr, false);
        const Json port = body.is_object() ? body.value("adminPort", Json()) : Json();
        if (!port.is_number_unsigned() || port.get<std::uint64_t>() > 65535)
            return responder.send(badRequest("adminPort: a port of 127.0.0.1"));
        hooks_.receiverAdmin(port.get<std::uint16_t>());
        return responder.send(jsonAnswer(200, Json{{"adminPort", port}}.dump()));
    }
    responder.send(notFoundPath());
}

}  // namespace cerebral::demo
