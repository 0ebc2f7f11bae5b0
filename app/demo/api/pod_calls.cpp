#include "app/demo/api/pod_calls.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/api/status_answer.h"
#include "core/base/time_format.h"
#include "core/net/curl_transport.h"

namespace cerebral::demo {
namespace {

net::ServerResponse plainHead() {
    net::ServerResponse head = jsonAnswer(200, {});
    head.headers.set("Content-Type", "text/plain");
    return head;
}

/// The container a log is asked of: named, or the only one, or the one the annotation names.
Result<std::string> chooseContainer(const Json& pod, const std::string& asked, const std::string& name) {
    std::string choices;
    std::size_t count = 0;
    for (const char* list : {"containers", "initContainers"}) {
        for (const Json& container : pod["spec"].value(list, Json::array())) {
            const std::string one = container.value("name", "");
            if (one == asked) return one;
            choices += (choices.empty() ? "" : " ") + one;
            ++count;
        }
    }
    const Json& mains = pod["spec"]["containers"];
    if (asked.empty() && mains.size() == 1) return mains[0].value("name", "");
    if (asked.empty())
        return fail(ErrorKind::Invalid,
                    "a container name must be specified for pod " + name + ", choose one of: [" + choices + "]");
    return fail(ErrorKind::Invalid, "container " + asked + " is not valid for pod " + name);
}

bool isWaiting(const Json& pod, const std::string& container, std::string& reason) {
    for (const char* list : {"containerStatuses", "initContainerStatuses"}) {
        for (const Json& status : pod.value("status", Json::object()).value(list, Json::array())) {
            if (status.value("name", "") != container) continue;
            if (!status["state"].contains("waiting")) return false;
            reason = status["state"]["waiting"].value("reason", "ContainerCreating");
            return true;
        }
    }
    reason = "ContainerCreating";
    return true;
}

}  // namespace

void answerPodLog(const ObjectStore& store, LogStore& logs, const ApiCall& call, const net::Responder& responder) {
    const ObjectPtr pod = store.find(*call.path.kind, call.path.ns, call.path.name);
    if (!pod)
        return responder.send(storeRefusal(*call.path.kind, Error{ErrorKind::NotFound, call.path.name, 404, {}, {}}));
    const Json tree = pod->parse();
    const auto container = chooseContainer(tree, call.query.get("container"), pod->name);
    if (!container) return responder.send(badRequest(container.error().message));
    if (call.query.flag("previous")) {
        return responder.send(badRequest("previous terminated container \"" + *container + "\" in pod \"" +
                                         pod->name + "\" not found"));
    }
    std::string reason;
    if (isWaiting(tree, *container, reason)) {
        const std::string why = reason == "ErrImagePull" || reason == "ImagePullBackOff"
                                    ? "is waiting to start: trying and failing to pull image"
                                    : "is waiting to start: " + reason;
        return responder.send(badRequest("container \"" + *container + "\" in pod \"" + pod->name + "\" " + why));
    }
    LogQuery query;
    query.timestamps = call.query.flag("timestamps");
    query.follow = call.query.flag("follow");
    if (const auto time = parseRfc3339(call.query.get("sinceTime"))) query.since = *time;
    if (const auto seconds = call.query.number("sinceSeconds"))
        query.since = store.now() - std::chrono::seconds(*seconds);
    if (const auto lines = call.query.number("tailLines"); lines && *lines >= 0)
        query.tailLines = static_cast<std::size_t>(*lines);
    if (const auto bytes = call.query.number("limitBytes"); bytes && *bytes > 0)
        query.limitBytes = static_cast<std::size_t>(*bytes);
    if (query.follow) {
        responder.begin(plainHead());
        return logs.follow(pod->uid, *container, query, responder);
    }
    net::ServerResponse response = plainHead();
    response.body = logs.read(pod->uid, *container, query);
    responder.send(std::move(response));
}

PodProxy::PodProxy(const ObjectStore& store)
    : store_(store),
      transport_(std::make_unique<net::CurlTransport>()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

PodProxy::~PodProxy() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void PodProxy::setReceiverAdminUrl(std::string url) {
    const std::lock_guard lock(mutex_);
    adminUrl_ = std::move(url);
}

void PodProxy::answer(const ApiCall& call, const net::Responder& responder) {
    // "NAME", "NAME:PORT" or "SCHEME:NAME:PORT".
    std::string name = call.path.name;
    if (std::ranges::count(name, ':') == 2) name = name.substr(name.find(':') + 1);
    name = name.substr(0, name.find(':'));
    const ObjectPtr pod = store_.find(*call.path.kind, call.path.ns, name);
    if (!pod) return responder.send(storeRefusal(*call.path.kind, Error{ErrorKind::NotFound, name, 404, {}, {}}));
    const auto label = pod->label("app.kubernetes.io/name");
    const std::lock_guard lock(mutex_);
    if (adminUrl_.empty() || !label || *label != "github-webhook-receiver") {
        return responder.send(statusAnswer(503, "ServiceUnavailable",
                                           "error trying to reach service: dial tcp: connect: connection refused",
                                           nullptr));
    }
    net::HttpRequest request;
    request.method = call.http.method;
    request.url = adminUrl_ + (call.path.rest.empty() ? "/" : call.path.rest) +
                  (call.http.query.empty() ? "" : "?" + call.http.query);
    request.version = net::HttpVersion::Http1;
    request.body = call.http.body;
    for (const auto& [field, value] : call.http.headers.fields()) {
        // The API server uses up Authorization itself; the rest is the service's.
        const bool hop =
            net::equalsIgnoreCase(field, "Authorization") || net::equalsIgnoreCase(field, "Host") ||
            net::equalsIgnoreCase(field, "Connection") || net::equalsIgnoreCase(field, "Content-Length") ||
            net::equalsIgnoreCase(field, "Transfer-Encoding") || net::equalsIgnoreCase(field, "Accept-Encoding");
        if (!hop) request.headers.add(field, value);
    }
    jobs_.push_back({std::move(request), responder});
    wake_.notify_one();
}

void PodProxy::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex_);
        if (!wake_.wait(lock, stop, [this] { return !jobs_.empty(); })) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        const auto response = transport_->send(job.request, stop);
        if (!response) {
            job.responder.send(statusAnswer(503, "ServiceUnavailable",
                                            "error trying to reach service: " + response.error().message, nullptr));
            continue;
        }
        net::ServerResponse answer;
        answer.status = response->status;
        answer.body = response->body;
        if (const auto type = response->headers.find("Content-Type"))
            answer.headers.add("Content-Type", std::string(*type));
        job.responder.send(std::move(answer));
    }
}

}  // namespace cerebral::demo
