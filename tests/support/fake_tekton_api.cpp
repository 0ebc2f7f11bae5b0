#include "tests/support/fake_tekton_api.h"

#include <fstream>
#include <stdexcept>
#include <thread>

#include "core/base/time_format.h"
#include "core/net/url.h"

namespace cerebral::test {
namespace {

using Json = nlohmann::json;
using net::Responder;
using net::ServerResponse;

constexpr const char* kRunsPath = "/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns";

ServerResponse json(int status, const Json& body) {
    return {status, {{"Content-Type", "application/json"}}, body.dump(), false};
}

ServerResponse status(int code, const std::string& reason, const std::string& message) {
    return json(code, {{"kind", "Status"},
                       {"apiVersion", "v1"},
                       {"metadata", Json::object()},
                       {"status", "Failure"},
                       {"message", message},
                       {"reason", reason},
                       {"code", code}});
}

bool selected(const Json& object, const std::string& selector) {
    std::size_t at = 0;
    while (at < selector.size()) {
        const std::size_t end = std::min(selector.find(',', at), selector.size());
        const std::string term = selector.substr(at, end - at);
        const std::size_t equals = term.find('=');
        const auto& labels = object["metadata"]["labels"];
        const auto label = labels.find(term.substr(0, equals));
        if (label == labels.end() || *label != term.substr(equals + 1)) return false;
        at = end + 1;
    }
    return true;
}

std::string queryValue(const std::string& query, std::string_view name) {
    for (const auto& [key, value] : net::parseQuery(query)) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

FakeTektonApi::FakeTektonApi() {
    listen();
}

FakeTektonApi::~FakeTektonApi() {
    server_.reset();
}

void FakeTektonApi::listen() {
    net::ServerOptions options;
    options.port = port();
    net::ServerCallbacks callbacks;
    callbacks.onRequest = [this](const net::ServerRequest& request, const Responder& responder) {
        handle(request, responder);
    };
    auto started = net::HttpServer::start(options, callbacks, *log_);
    if (!started) throw std::runtime_error(started.error().message);
    server_ = std::move(*started);
}

void FakeTektonApi::goAway() {
    server_.reset();
}

void FakeTektonApi::comeBack() {
    if (!server_) listen();
}

std::string FakeTektonApi::writeKubeconfig(const std::string& directory) const {
    std::string path = directory + "/kubeconfig";
    std::ofstream(path) << "apiVersion: v1\nkind: Config\ncurrent-context: fake\n"
                        << "clusters:\n- name: fake\n  cluster: {server: \"" << url() << "\"}\n"
                        << "users:\n- name: fake\n  user: {token: fake-api-token}\n"
                        << "contexts:\n- name: fake\n  context: {cluster: fake, user: fake}\n";
    return path;
}

void FakeTektonApi::setCreateFault(std::function<CreateFault(const std::string&)> fault) {
    const std::scoped_lock lock(mutex_);
    fault_ = std::move(fault);
}

void FakeTektonApi::addToken(const std::string& token, const std::string& username, const std::string& audience) {
    const std::scoped_lock lock(mutex_);
    tokens_[token] = {username, audience};
}

void FakeTektonApi::addDeployment(const std::string& name, const std::string& image) {
    const std::scoped_lock lock(mutex_);
    Json deployment{{"metadata",
                     {{"name", name},
                      {"namespace", "cerebral-platform"},
                      {"uid", "d-" + name},
                      {"resourceVersion", std::to_string(++version_)}}}};
    deployment["spec"]["template"]["spec"]["containers"] = Json::array({{{"name", "main"}, {"image", image}}});
    deployments_.push_back(std::move(deployment));
}

std::map<std::string, int> FakeTektonApi::creations() const {
    const std::scoped_lock lock(mutex_);
    return creations_;
}

Json FakeTektonApi::run(const std::string& name) const {
    const std::scoped_lock lock(mutex_);
    const auto it = runs_.find(name);
    return it == runs_.end() ? Json() : it->second;
}

std::vector<Json> FakeTektonApi::runs() const {
    const std::scoped_lock lock(mutex_);
    std::vector<Json> all;
    for (const auto& [name, run] : runs_) all.push_back(run);
    return all;
}

void FakeTektonApi::addRun(Json run) {
    const std::scoped_lock lock(mutex_);
    runs_[run["metadata"]["name"].get<std::string>()] = std::move(run);
}

void FakeTektonApi::removeRun(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    runs_.erase(name);
}

bool FakeTektonApi::waitFor(const std::function<bool()>& done, std::chrono::milliseconds limit) const {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!done()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

void FakeTektonApi::handle(const net::ServerRequest& request, const Responder& responder) {
    const std::string runPrefix = std::string(kRunsPath) + "/";
    if (request.path == kRunsPath && request.method == net::Method::Post) return create(request.body, responder);
    if (request.path == kRunsPath) return listRuns(request.query, responder);
    if (request.path.starts_with(runPrefix) && request.method == net::Method::Patch) {
        return patchRun(request.path.substr(runPrefix.size()), request.body, responder);
    }
    if (request.path == "/apis/authentication.k8s.io/v1/tokenreviews") return reviewToken(request.body, responder);
    if (request.path == "/apis/apps/v1/namespaces/cerebral-platform/deployments") {
        if (queryValue(request.query, "sendInitialEvents") == "true") {
            return responder.send(status(422, "Invalid", "sendInitialEvents is forbidden for watch"));
        }
        if (!queryValue(request.query, "watch").empty()) {
            // Quiet until the client or the server goes.
            responder.begin({200, {{"Content-Type", "application/json"}}, ""});
            responder.onDisconnect([responder] {});
            return;
        }
        const std::scoped_lock lock(mutex_);
        return responder.send(json(200, {{"kind", "DeploymentList"},
                                         {"apiVersion", "apps/v1"},
                                         {"metadata", {{"resourceVersion", std::to_string(version_)}}},
                                         {"items", deployments_}}));
    }
    responder.send(status(404, "NotFound", "the server could not find the requested resource"));
}

void FakeTektonApi::create(const std::string& body, const Responder& responder) {
    ++createRequests_;
    const Json object = Json::parse(body, nullptr, false);
    if (!object.is_object()) return responder.send(status(400, "BadRequest", "not JSON"));
    CreateFault fault = CreateFault::None;
    {
        const std::scoped_lock lock(mutex_);
        if (fault_) fault = fault_(object["metadata"]["name"].get<std::string>());
    }
    const auto delay = createDelay_.load();
    if (delay.count() == 0) return finishCreate(object, fault, responder);
    later_.at(std::chrono::steady_clock::now() + delay,
              [this, object, fault, responder] { finishCreate(object, fault, responder); });
}

void FakeTektonApi::finishCreate(const Json& given, CreateFault fault, const Responder& responder) {
    const std::string name = given["metadata"]["name"].get<std::string>();
    switch (fault) {
        case CreateFault::TooManyRequests:
            return responder.send({429,
                                   {{"Retry-After", "1"}, {"Content-Type", "text/plain; charset=utf-8"}},
                                   "Too many requests, please try again later.\n",
                                   false});
        case CreateFault::ErrorBefore:
            return responder.send(status(500, "InternalError", "Internal error occurred: failed calling webhook"));
        case CreateFault::CutBefore:
            return responder.abort();
        case CreateFault::Quota:
            return responder.send(status(403, "Forbidden",
                                         "pipelineruns.tekton.dev \"" + name +
                                             "\" is forbidden: exceeded quota: runs, requested: "
                                             "count/pipelineruns.tekton.dev=1, used: 5, limited: 5"));
        case CreateFault::Forbidden:
            return responder.send(
                status(403, "Forbidden", "pipelineruns.tekton.dev is forbidden: User \"x\" cannot create resource"));
        case CreateFault::Admission:
            return responder.send(status(400, "BadRequest",
                                         "admission webhook \"validation.webhook.pipeline.tekton.dev\" denied the "
                                         "request: validation failed: invalid value"));
        case CreateFault::NoNamespace:
            return responder.send(status(404, "NotFound", "namespaces \"tekton-pipelines\" not found"));
        case CreateFault::None:
        case CreateFault::ErrorAfter:
        case CreateFault::CutAfter:
            break;
    }
    Json object = given;
    {
        const std::scoped_lock lock(mutex_);
        if (runs_.contains(name)) {
            return responder.send(
                status(409, "AlreadyExists", "pipelineruns.tekton.dev \"" + name + "\" already exists"));
        }
        object["metadata"]["uid"] = "uid-" + std::to_string(++version_);
        object["metadata"]["resourceVersion"] = std::to_string(version_);
        object["metadata"]["creationTimestamp"] = formatRfc3339(std::chrono::system_clock::now());
        runs_[name] = object;
        ++creations_[name];
    }
    if (fault == CreateFault::CutAfter) return responder.abort();
    if (fault == CreateFault::ErrorAfter) return responder.send(status(500, "InternalError", "etcdserver: timeout"));
    responder.send(json(201, object));
}

void FakeTektonApi::listRuns(const std::string& query, const Responder& responder) const {
    Json items = Json::array();
    const std::scoped_lock lock(mutex_);
    const std::string selector = queryValue(query, "labelSelector");
    for (const auto& [name, run] : runs_) {
        if (selected(run, selector)) items.push_back(run);
    }
    responder.send(json(200, {{"kind", "PipelineRunList"},
                              {"apiVersion", "tekton.dev/v1"},
                              {"metadata", {{"resourceVersion", std::to_string(version_)}}},
                              {"items", std::move(items)}}));
}

void FakeTektonApi::patchRun(const std::string& name, const std::string& body, const Responder& responder) {
    const std::scoped_lock lock(mutex_);
    const auto it = runs_.find(name);
    if (it == runs_.end()) return responder.send(status(404, "NotFound", "not found"));
    it->second.merge_patch(Json::parse(body));
    it->second["metadata"]["resourceVersion"] = std::to_string(++version_);
    responder.send(json(200, it->second));
}

void FakeTektonApi::reviewToken(const std::string& body, const Responder& responder) {
    ++tokenReviews_;
    const Json review = Json::parse(body);
    Json answer = review;
    const std::scoped_lock lock(mutex_);
    const auto token = tokens_.find(review["spec"]["token"].get<std::string>());
    const auto& wanted = review["spec"]["audiences"];
    const bool valid = token != tokens_.end() && wanted.is_array() &&
                       std::find(wanted.begin(), wanted.end(), token->second.audience) != wanted.end();
    answer["status"] = Json::object();
    if (valid) {
        answer["status"] = {{"authenticated", true}, {"audiences", Json::array({token->second.audience})}};
        answer["status"]["user"]["username"] = token->second.username;
    } else {
        answer["status"]["error"] = "invalid bearer token";
    }
    responder.send(json(201, answer));
}

}  // namespace cerebral::test
