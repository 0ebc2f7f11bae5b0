#include "core/rebuild/rebuild_client.h"

#include <nlohmann/json.hpp>

#include "core/base/plain_text.h"
#include "core/net/curl_transport.h"
#include "core/net/url.h"

namespace cerebral::rebuild {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::minutes kTokenLifetime{10};
constexpr std::size_t kMaxAnswer = 1024U * 1024U;
constexpr std::size_t kMaxReason = 400;

std::string textAt(const Json& json, const char* key) {
    if (!json.is_object()) return {};
    const auto it = json.find(key);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::string hintOf(const Receiver& receiver) {
    return receiver.hint.empty() ? std::string() : "; " + receiver.hint;
}

Result<std::string> baseUrl(kube::KubeClient& client, const Receiver& receiver, const std::stop_token& stop) {
    if (!receiver.url.empty()) return receiver.url;
    const auto text = client.get(kube::types::kIngresses, receiver.ingressNamespace, receiver.ingress, stop);
    if (!text) {
        return fail(text.error().kind, "the receiver's URL is not known: " + text.error().message + hintOf(receiver));
    }
    const Json ingress = Json::parse(*text, nullptr, false);
    const Json::json_pointer host("/spec/rules/0/host");
    if (ingress.is_discarded() || !ingress.contains(host) || !ingress.at(host).is_string()) {
        return fail(ErrorKind::Config, "Ingress " + receiver.ingress + " names no host" + hintOf(receiver));
    }
    return "https://" + ingress.at(host).get<std::string>() + "/";
}

/// A token on an unencrypted line is everybody's.
Result<std::string> rebuildUrl(const std::string& base) {
    auto url = net::Url::parse(base);
    if (!url) return fail(url.error());
    const bool loopback = url->host == "127.0.0.1" || url->host == "::1" || url->host == "localhost";
    if (url->scheme != "https" && !loopback) {
        return fail(ErrorKind::Config, url->authority() + " is not on this machine; use https");
    }
    while (url->path.ends_with('/')) url->path.pop_back();
    url->path += "/rebuild";
    url->query.clear();
    return url->text();
}

std::string bodyOf(const Order& order, const std::string& requestedBy) {
    Json body{{"services", order.services}, {"branch", order.branch}, {"requestId", order.requestId}};
    if (!order.commit.empty()) body["commit"] = order.commit;
    if (!order.reason.empty()) body["reason"] = order.reason;
    if (!requestedBy.empty()) body["requestedBy"] = requestedBy;
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Receipt receiptOf(const net::HttpResponse& response) {
    const Json answer = Json::parse(response.body, nullptr, false);
    Receipt receipt;
    receipt.httpStatus = response.status;
    receipt.status = textAt(answer, "status");
    receipt.reason = plainLine(textAt(answer, "reason"), kMaxReason);
    if (!answer.is_object()) return receipt;
    const auto runs = answer.find("pipelineRuns");
    if (runs == answer.end() || !runs->is_array()) return receipt;
    for (const Json& run : *runs) {
        receipt.runs.push_back({textAt(run, "name"), textAt(run, "service"), textAt(run, "outcome")});
    }
    return receipt;
}

}  // namespace

kube::Right rightToAsk(const Receiver& receiver) {
    return {"create", "", "serviceaccounts", "token", receiver.ns, std::string(kTokenAccount)};
}

Result<net::HttpRequest> prepare(kube::KubeClient& client, const Receiver& receiver, const Order& order,
                                 std::stop_token stop) {
    const auto base = baseUrl(client, receiver, stop);
    if (!base) return fail(base.error());
    const auto url = rebuildUrl(*base);
    if (!url) return fail(url.error());
    auto issued = kube::requestToken(client, receiver.ns, kTokenAccount, kAudience, kTokenLifetime, stop);
    if (!issued) return fail(issued.error());
    // Who asks is recorded as claimed; a server that cannot say leaves it out.
    const auto self = kube::whoAmI(client, stop);

    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = *url;
    request.version = net::HttpVersion::Http1;
    request.headers = {{"Content-Type", "application/json"}};
    request.bearerToken = issued->token;
    request.body = bodyOf(order, self ? self->username : std::string());
    request.maxBody = kMaxAnswer;
    return request;
}

Result<Receipt> send(kube::KubeClient& client, const Receiver& receiver, const Order& order, std::stop_token stop) {
    const auto request = prepare(client, receiver, order, stop);
    if (!request) return fail(request.error());
    net::CurlTransport transport;
    const auto response = transport.send(*request, stop);
    if (!response) return fail(response.error());
    Receipt receipt = receiptOf(*response);
    if (response->status >= 200 && response->status < 300) return receipt;
    const ErrorKind kind = response->status == 401   ? ErrorKind::Unauthorized
                           : response->status == 403 ? ErrorKind::Forbidden
                           : response->status == 404 ? ErrorKind::NotFound
                                                     : ErrorKind::Invalid;
    return fail(kind, receipt.reason.empty() ? "the receiver answered HTTP " + std::to_string(response->status)
                                             : receipt.reason);
}

}  // namespace cerebral::rebuild
