#include "receiver/admin/admin_routes.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/time_format.h"
#include "core/net/url.h"
#include "receiver/http/front.h"
#include "receiver/rebuild/rebuild_handler.h"
#include "receiver/rebuild/token_review.h"

namespace cerebral::receiver {
namespace {

constexpr std::string_view kDeliveries = "/deliveries";
constexpr std::string_view kReplay = "/replay";
constexpr std::size_t kDefaultLimit = 100;
constexpr std::size_t kMaxLimit = 1000;

net::ServerResponse plain(int status, std::string body, const char* type = "text/plain; charset=utf-8") {
    return {status, {{"Content-Type", type}}, std::move(body), false};
}

std::size_t limitOf(std::string_view query) {
    std::size_t limit = kDefaultLimit;
    for (const auto& [name, value] : net::parseQuery(query)) {
        std::size_t asked = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), asked);
        if (name == "limit" && error == std::errc() && end == value.data() + value.size()) limit = asked;
    }
    return std::min(limit, kMaxLimit);
}

/// "ID" out of "/deliveries/ID/replay"; empty when it is something else.
std::string replayedId(std::string_view path) {
    if (!path.starts_with("/deliveries/") || !path.ends_with(kReplay)) return {};
    path.remove_prefix(kDeliveries.size() + 1);
    if (path.size() <= kReplay.size()) return {};
    path.remove_suffix(kReplay.size());
    return path.find('/') == std::string_view::npos ? net::percentDecode(path) : std::string();
}

}  // namespace

void AdminRoutes::handle(net::ServerRequest request, const net::Responder& responder) {
    const bool get = request.method == net::Method::Get || request.method == net::Method::Head;
    if (get && request.path == "/healthz") return responder.send(plain(200, "ok\n"));
    if (get && request.path == "/readyz") {
        if (!parts_.ready.load()) return responder.send(plain(503, "draining\n"));
        if (!parts_.spool.healthy()) return responder.send(plain(503, "the spool cannot be written\n"));
        return responder.send(plain(200, "ok\n"));
    }
    if (get && request.path == "/metrics") {
        return responder.send(plain(200, parts_.metrics.text(), "text/plain; version=0.0.4; charset=utf-8"));
    }
    if (get && request.path == kDeliveries) {
        return withToken(std::move(request), responder,
                         [this, responder](const net::ServerRequest& r) { listDeliveries(r, responder); });
    }
    if (std::string id = replayedId(request.path); !id.empty() && request.method == net::Method::Post) {
        return withToken(std::move(request), responder,
                         [this, responder, id = std::move(id)](const net::ServerRequest&) { replay(id, responder); });
    }
    responder.send(jsonAnswer(404, "rejected", "no such page"));
}

void AdminRoutes::withToken(net::ServerRequest request, const net::Responder& responder,
                            std::function<void(const net::ServerRequest&)> go) {
    if (const auto wait = parts_.limit.take()) return responder.send(tooManyRequests(*wait));
    auto shared = std::make_shared<net::ServerRequest>(std::move(request));
    const bool taken = parts_.calls.run([this, shared, responder, go = std::move(go)](const std::stop_token& stop) {
        if (auto let = reviewToken(parts_.client, parts_.ns, tokenOf(shared->headers), stop); !let) {
            return responder.send(tokenRefused(let.error()));
        }
        go(*shared);
    });
    if (!taken) responder.send(jsonAnswer(503, "rejected", "too many requests are being checked"));
}

void AdminRoutes::listDeliveries(const net::ServerRequest& request, const net::Responder& responder) {
    using Json = nlohmann::ordered_json;
    const auto records = parts_.spool.deliveries(limitOf(request.query));
    if (!records) return responder.send(jsonAnswer(503, "rejected", records.error().message));
    Json items = Json::array();
    for (const DeliveryRecord& record : *records) {
        Json runs = Json::array();
        for (const std::string& name : record.runNames) {
            Json run{{"name", name}};
            // What became of it since; gone when it is older than redeliveries can be.
            if (const auto held = parts_.spool.find(name); held && *held) {
                run["service"] = (*held)->service;
                run["outcome"] = toString((*held)->state);
                if (!(*held)->detail.empty()) run["reason"] = (*held)->detail;
            }
            runs.push_back(std::move(run));
        }
        items.push_back({{"id", record.id},
                         {"time", formatRfc3339Millis(record.receivedAt)},
                         {"event", record.event},
                         {"repository", record.repository},
                         {"ref", record.ref},
                         {"after", record.after},
                         {"decision", record.status},
                         {"httpStatus", record.httpStatus},
                         {"reason", record.reason},
                         {"runs", std::move(runs)},
                         {"latencyMs", record.latencyMs}});
    }
    const Json body{{"deliveries", std::move(items)}};
    responder.send(plain(200, body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n", "application/json"));
}

void AdminRoutes::replay(const std::string& id, const net::Responder& responder) {
    const auto record = parts_.spool.delivery(id);
    if (!record) return responder.send(jsonAnswer(503, "rejected", record.error().message));
    if (!*record) return responder.send(jsonAnswer(404, "rejected", "no such delivery is known"));
    std::vector<SpooledRun> runs;
    for (const std::string& name : (*record)->runNames) {
        auto held = parts_.spool.find(name);
        if (held && *held && !(*held)->manifest.empty()) runs.push_back(std::move(**held));
    }
    if (runs.empty()) {
        return responder.send(jsonAnswer(404, "rejected",
                                         (*record)->runNames.empty()
                                             ? "this delivery started no run: " + (*record)->reason
                                             : "the manifests of this delivery are no longer kept"));
    }
    parts_.log.info("replay", {{"delivery", id}, {"runs", runs.size()}});
    parts_.launcher.relaunch(std::move(runs), id, "replay of " + id, parts_.clock.steadyNow(),
                             [responder](const DeliveryAnswer& done) { responder.send(toResponse(done)); });
}

}  // namespace cerebral::receiver
