#include "core/rebuild/delivery_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/base/plain_text.h"
#include "core/base/time_format.h"
#include "core/kube/reviews.h"
#include "core/net/curl_transport.h"
#include "core/rebuild/rebuild_client.h"

namespace cerebral::rebuild {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kReceiverLabel = "app.kubernetes.io/name=github-webhook-receiver";
constexpr int kAdminPort = 9090;
constexpr int kMostOfEach = 200;
constexpr std::size_t kMostReason = 400;
constexpr std::chrono::minutes kTokenLifetime{10};
constexpr std::chrono::minutes kBeforeItsEnd{2};

/// Gives every request the token. The rest of the call, credentials of the API server among it, is the client's.
class TokenTransport final : public net::HttpTransport {
public:
    explicit TokenTransport(const Secret& token) : token_(token) {}
    Result<net::HttpResponse> send(const net::HttpRequest& request, std::stop_token stop) override {
        return inner_.send(withToken(request), std::move(stop));
    }
    Result<net::StreamEnd> stream(const net::HttpRequest& request, net::StreamHandler& handler,
                                  std::stop_token stop) override {
        return inner_.stream(withToken(request), handler, std::move(stop));
    }

private:
    [[nodiscard]] net::HttpRequest withToken(net::HttpRequest request) const {
        request.headers.set("X-Cerebral-Token", std::string(token_.reveal()));
        return request;
    }

    net::CurlTransport inner_;
    const Secret& token_;
};

std::string textAt(const Json& json, const char* key) {
    const auto it = json.find(key);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Result<std::vector<std::string>> receiverPods(kube::KubeClient& client, const std::string& ns,
                                              const std::stop_token& stop) {
    kube::ListOptions options;
    options.labelSelector = kReceiverLabel;
    const auto list = client.list(kube::types::kPods, ns, options, stop);
    if (!list) return fail(list.error());
    std::vector<std::string> names;
    const Json tree = Json::parse(*list, nullptr, false);
    if (!tree.is_object() || !tree.contains("items") || !tree["items"].is_array()) return names;
    for (const Json& pod : tree["items"]) {
        const std::string phase = pod.value(Json::json_pointer("/status/phase"), std::string());
        std::string name = pod.value(Json::json_pointer("/metadata/name"), std::string());
        if (phase == "Running" && !name.empty()) names.push_back(std::move(name));
    }
    return names;
}

/// A redelivery may have gone to another replica: what started something outweighs what did not.
int weight(const Delivery& delivery) {
    return delivery.status == "created" ? 2 : delivery.status == "queued" ? 1 : 0;
}

}  // namespace

Result<std::vector<Delivery>> parseDeliveries(std::string_view json) {
    const Json tree = Json::parse(json, nullptr, false);
    if (!tree.is_object() || !tree.contains("deliveries") || !tree["deliveries"].is_array())
        return fail(ErrorKind::Malformed, "the receiver's list of deliveries is not understood");
    std::vector<Delivery> deliveries;
    for (const Json& entry : tree["deliveries"]) {
        if (!entry.is_object()) continue;
        Delivery delivery{textAt(entry, "id"),
                          textAt(entry, "event"),
                          textAt(entry, "repository"),
                          textAt(entry, "ref"),
                          textAt(entry, "after"),
                          textAt(entry, "decision"),
                          plainLine(textAt(entry, "reason"), kMostReason),
                          {},
                          {}};
        if (delivery.id.empty()) continue;
        if (const auto time = parseRfc3339(textAt(entry, "time"))) {
            delivery.receivedAt = *time;
            const auto latency = entry.find("latencyMs");
            if (latency != entry.end() && latency->is_number_integer())
                delivery.answeredAt = *time + std::chrono::milliseconds(latency->get<std::int64_t>());
        }
        deliveries.push_back(std::move(delivery));
    }
    return deliveries;
}

DeliveryReader::DeliveryReader(kube::ClusterAccess access, std::string ns, const Clock& clock)
    : access_(std::move(access)), ns_(std::move(ns)), clock_(clock) {}

Result<Secret> DeliveryReader::token(kube::KubeClient& client, const std::stop_token& stop) {
    if (!token_.empty() && clock_.now() + kBeforeItsEnd < tokenEnd_) return token_;
    auto issued = kube::requestToken(client, ns_, kTokenAccount, kAudience, kTokenLifetime, stop);
    if (!issued) return fail(issued.error());
    token_ = issued->token;
    tokenEnd_ = issued->expires.value_or(clock_.now() + kTokenLifetime);
    return token_;
}

Result<std::vector<Delivery>> DeliveryReader::read(std::stop_token stop) {
    net::CurlTransport plain;
    kube::KubeClient client(plain, access_);
    const auto let = token(client, stop);
    if (!let) return fail(let.error());
    const auto pods = receiverPods(client, ns_, stop);
    if (!pods) return fail(pods.error());
    if (pods->empty()) return fail(ErrorKind::NotFound, "no pod of the receiver runs in " + ns_);

    TokenTransport transport(*let);
    kube::KubeClient proxied(transport, access_);
    std::unordered_map<std::string, Delivery> byId;
    std::optional<Error> problem;
    bool answered = false;
    for (const std::string& pod : *pods) {
        const std::string path = kube::objectPath(kube::types::kPods, ns_, pod) + ":" + std::to_string(kAdminPort) +
                                 "/proxy/deliveries?limit=" + std::to_string(kMostOfEach);
        const auto text = proxied.raw(net::Method::Get, path, {}, stop);
        auto deliveries = text ? parseDeliveries(*text) : fail(text.error());
        if (!deliveries) {
            problem = deliveries.error();
            // A token that is refused is not tried again.
            if (problem->kind == ErrorKind::Unauthorized || problem->kind == ErrorKind::Forbidden) token_ = {};
            continue;
        }
        answered = true;
        for (Delivery& delivery : *deliveries) {
            const auto [held, fresh] = byId.try_emplace(delivery.id, delivery);
            if (!fresh && weight(delivery) > weight(held->second)) held->second = std::move(delivery);
        }
    }
    if (!answered && problem) return fail(*problem);
    std::vector<Delivery> all;
    all.reserve(byId.size());
    for (auto& [id, delivery] : byId) all.push_back(std::move(delivery));
    std::sort(all.begin(), all.end(), [](const Delivery& a, const Delivery& b) {
        return a.receivedAt != b.receivedAt ? a.receivedAt > b.receivedAt : a.id < b.id;
    });
    return all;
}

}  // namespace cerebral::rebuild
