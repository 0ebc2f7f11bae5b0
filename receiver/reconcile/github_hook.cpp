#include "receiver/reconcile/github_hook.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/plain_text.h"
#include "core/base/time_format.h"
#include "core/net/url.h"

namespace cerebral::receiver {
namespace {

using Json = nlohmann::json;

/// 100 each: more than a busy repository pushes in three days.
constexpr int kMostPages = 100;
constexpr std::size_t kMostBytes = 4U * 1024U * 1024U;

std::string text(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::chrono::seconds seconds(std::optional<std::string_view> header) {
    std::int64_t value = 0;
    if (header) std::from_chars(header->data(), header->data() + header->size(), value);
    return std::chrono::seconds(std::max<std::int64_t>(value, 0));
}

Error refusal(const net::HttpResponse& response) {
    Error error;
    error.httpStatus = response.status;
    const Json body = Json::parse(response.body, nullptr, false);
    const std::string said = body.is_object() ? plainLine(text(body, "message"), 200) : std::string();
    error.message = "GitHub answered " + std::to_string(response.status) + (said.empty() ? "" : ": " + said);
    const auto retryAfter = seconds(response.headers.find("Retry-After"));
    if (retryAfter.count() > 0) error.retryAfter = retryAfter;
    switch (response.status) {
        case 401:
            error.kind = ErrorKind::Unauthorized;
            error.message += " (GITHUB_REDELIVERY_TOKEN is not valid)";
            break;
        case 403:
        case 429:
            // Both are GitHub's for its rate limits.
            error.kind = error.retryAfter || response.headers.find("X-RateLimit-Remaining") == "0"
                             ? ErrorKind::TooManyRequests
                             : ErrorKind::Forbidden;
            break;
        case 404:
            error.kind = ErrorKind::NotFound;
            error.message +=
                " (GITHUB_REDELIVERY_HOOK names no webhook, or the token has no write access to the repository's "
                "webhooks)";
            break;
        default:
            error.kind = response.status >= 500 ? ErrorKind::ServerError : ErrorKind::Invalid;
    }
    return error;
}

bool sameServer(const std::string& left, const std::string& right) {
    const auto one = net::Url::parse(left);
    const auto other = net::Url::parse(right);
    return one && other && one->scheme == other->scheme && one->authority() == other->authority();
}

}  // namespace

std::string nextPage(std::string_view link) {
    while (!link.empty()) {
        const auto open = link.find('<');
        const auto close = link.find('>', open);
        if (close == std::string_view::npos) return {};
        const std::string_view target = link.substr(open + 1, close - open - 1);
        // Parameters up to the next target; a comma may stand inside of a target, not inside of these.
        const auto comma = link.find(',', close);
        if (link.substr(close, comma - close).find("rel=\"next\"") != std::string_view::npos) {
            return std::string(target);
        }
        link = comma == std::string_view::npos ? std::string_view() : link.substr(comma + 1);
    }
    return {};
}

Result<std::vector<HookDelivery>> parseDeliveries(std::string_view json) {
    const Json list = Json::parse(json, nullptr, false);
    if (!list.is_array()) return fail(ErrorKind::Malformed, "GitHub's list of deliveries is not a JSON array");
    std::vector<HookDelivery> deliveries;
    for (const Json& item : list) {
        if (!item.is_object()) continue;
        const auto id = item.find("id");
        const auto code = item.find("status_code");
        const auto again = item.find("redelivery");
        const auto at = parseRfc3339(text(item, "delivered_at"));
        HookDelivery delivery;
        delivery.guid = text(item, "guid");
        if (id == item.end() || !id->is_number_unsigned() || delivery.guid.empty() || !at) continue;
        delivery.id = id->get<std::uint64_t>();
        delivery.deliveredAt = *at;
        delivery.event = text(item, "event");
        delivery.redelivery = again != item.end() && again->is_boolean() && again->get<bool>();
        delivery.statusCode = code != item.end() && code->is_number_integer() ? code->get<int>() : 0;
        deliveries.push_back(std::move(delivery));
    }
    return deliveries;
}

GithubHook::GithubHook(net::HttpTransport& transport, const RedeliverySettings& settings)
    : transport_(transport),
      base_(settings.apiUrl + "/repos/" + settings.repository + "/hooks/" + settings.hookId + "/deliveries"),
      token_(settings.token) {}

net::HttpRequest GithubHook::request(net::Method method, std::string url) const {
    net::HttpRequest request;
    request.method = method;
    request.url = std::move(url);
    request.headers = {{"Accept", "application/vnd.github+json"},
                       {"X-GitHub-Api-Version", "2022-11-28"},
                       {"User-Agent", "github-webhook-receiver"}};
    request.bearerToken = token_;
    request.maxBody = kMostBytes;
    return request;
}

Result<std::vector<HookDelivery>> GithubHook::deliveriesSince(WallTime since, std::stop_token stop) {
    std::vector<HookDelivery> all;
    std::string url = base_ + "?per_page=100";
    for (int page = 0; page < kMostPages && !url.empty(); ++page) {
        const auto response = transport_.send(request(net::Method::Get, url), stop);
        if (!response) return fail(response.error());
        if (response->status != 200) return fail(refusal(*response));
        auto deliveries = parseDeliveries(response->body);
        if (!deliveries) return fail(deliveries.error());
        const bool reached = !deliveries->empty() && deliveries->back().deliveredAt < since;
        all.insert(all.end(), std::make_move_iterator(deliveries->begin()),
                   std::make_move_iterator(deliveries->end()));
        if (reached || deliveries->empty()) break;
        url = nextPage(response->headers.find("Link").value_or(std::string_view()));
        if (!url.empty() && !sameServer(url, base_)) {
            return fail(ErrorKind::Malformed, "GitHub's list of deliveries continues on another server");
        }
    }
    return all;
}

Result<void> GithubHook::redeliver(std::uint64_t delivery, std::stop_token stop) {
    const auto response = transport_.send(
        request(net::Method::Post, base_ + "/" + std::to_string(delivery) + "/attempts"), std::move(stop));
    if (!response) return fail(response.error());
    if (response->status != 202) return fail(refusal(*response));
    return {};
}

}  // namespace cerebral::receiver
