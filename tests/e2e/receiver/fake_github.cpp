#include "tests/e2e/receiver/fake_github.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/base/time_format.h"
#include "core/net/url.h"
#include "tests/support/receiver_process.h"

namespace cerebral::test {
namespace {

using Json = nlohmann::ordered_json;
using net::Responder;

constexpr std::string_view kDeliveries = "/repos/acme/cerebral/hooks/42/deliveries";
/// Pages are linked by the repository's number, not by its name.
constexpr std::string_view kNumbered = "/repositories/1296269/hooks/42/deliveries";

void answer(const Responder& responder, int status, const Json& body, const net::Headers& more = {}) {
    net::ServerResponse response{status, more, body.dump(), false};
    response.headers.add("Content-Type", "application/json; charset=utf-8");
    responder.send(std::move(response));
}

std::uint64_t numberIn(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Json toJson(const FakeGithub::Attempt& attempt) {
    Json json{{"id", attempt.id},
              {"guid", attempt.guid},
              {"delivered_at", formatRfc3339Millis(attempt.deliveredAt)},
              {"redelivery", attempt.redelivery},
              {"duration", 0.03},
              {"status", attempt.statusCode == 200 ? "OK" : "failed to connect to host"},
              {"status_code", attempt.statusCode},
              {"event", attempt.event}};
    json["action"] = nullptr;
    json["installation_id"] = nullptr;
    json["repository_id"] = 1296269;
    json["throttled_at"] = nullptr;
    return json;
}

}  // namespace

FakeGithub::FakeGithub() {
    net::ServerCallbacks callbacks;
    callbacks.onRequest = [this](const net::ServerRequest& request, const Responder& responder) {
        handle(request, responder);
    };
    auto started = net::HttpServer::start({}, callbacks, *log_);
    if (!started) throw std::runtime_error(started.error().message);
    server_ = std::move(*started);
}

void FakeGithub::setReceiver(std::uint16_t port) {
    const std::scoped_lock lock(mutex_);
    receiver_ = port;
    receiverKnown_.notify_all();
}

void FakeGithub::addPast(Attempt attempt, std::chrono::seconds age) {
    const std::scoped_lock lock(mutex_);
    attempt.id = nextId_++;
    attempt.deliveredAt = std::chrono::system_clock::now() - age;
    attempts_.push_back(std::move(attempt));
    std::stable_sort(attempts_.begin(), attempts_.end(),
                     [](const Attempt& left, const Attempt& right) { return left.deliveredAt < right.deliveredAt; });
}

void FakeGithub::refuseWith(int status, net::Headers headers) {
    const std::scoped_lock lock(mutex_);
    refusal_ = status;
    refusalHeaders_ = std::move(headers);
}

std::vector<std::string> FakeGithub::redelivered() const {
    const std::scoped_lock lock(mutex_);
    return redelivered_;
}

std::size_t FakeGithub::listRequests() const {
    const std::scoped_lock lock(mutex_);
    return listRequests_;
}

void FakeGithub::handle(const net::ServerRequest& request, const Responder& responder) {
    {
        const std::scoped_lock lock(mutex_);
        if (refusal_ != 0)
            return answer(responder, refusal_, {{"message", "API rate limit exceeded"}}, refusalHeaders_);
    }
    if (!request.headers.find("User-Agent")) {
        return answer(responder, 403, {{"message", "Request forbidden by administrative rules."}});
    }
    if (request.headers.find("Authorization") != "Bearer " + std::string(kToken)) {
        return answer(responder, 401, {{"message", "Bad credentials"}});
    }
    if (request.method == net::Method::Get && (request.path == kDeliveries || request.path == kNumbered)) {
        return list(request, responder);
    }
    const std::string prefix = std::string(kDeliveries) + "/";
    if (request.method == net::Method::Post && request.path.starts_with(prefix) &&
        request.path.ends_with("/attempts")) {
        return redeliver(numberIn(std::string_view(request.path).substr(prefix.size())), responder);
    }
    answer(responder, 404, {{"message", "Not Found"}});
}

void FakeGithub::list(const net::ServerRequest& request, const Responder& responder) {
    std::uint64_t from = UINT64_MAX;
    for (const auto& [name, value] : net::parseQuery(request.query)) {
        if (name == "cursor") from = numberIn(std::string_view(value).substr(value.find('_') + 1));
    }
    const std::scoped_lock lock(mutex_);
    ++listRequests_;
    Json page = Json::array();
    net::Headers headers;
    std::size_t index = from == UINT64_MAX ? 0 : static_cast<std::size_t>(from);
    for (; index < attempts_.size() && page.size() < kPage; ++index) {
        page.push_back(toJson(attempts_[attempts_.size() - 1 - index]));
    }
    if (index < attempts_.size()) {
        headers.add("Link", "<" + url() + std::string(kNumbered) + "?per_page=100&cursor=v1_0>; rel=\"prev\", <" +
                                url() + std::string(kNumbered) + "?per_page=100&cursor=v1_" + std::to_string(index) +
                                ">; rel=\"next\"");
    }
    answer(responder, 200, page, headers);
}

void FakeGithub::redeliver(std::uint64_t id, const Responder& responder) {
    const std::scoped_lock lock(mutex_);
    const auto original =
        std::find_if(attempts_.begin(), attempts_.end(), [id](const Attempt& attempt) { return attempt.id == id; });
    if (original == attempts_.end()) return answer(responder, 404, {{"message", "Not Found"}});
    redelivered_.push_back(original->guid);
    (void)deliverer_.run([this, attempt = *original](const std::stop_token& stop) { deliver(attempt, stop); });
    answer(responder, 202, Json::object());
}

void FakeGithub::deliver(Attempt attempt, const std::stop_token& stop) {
    std::uint16_t port = 0;
    {
        std::unique_lock lock(mutex_);
        if (!receiverKnown_.wait(lock, stop, [this] { return receiver_ != 0; })) return;
        port = receiver_;
    }
    const std::string response = sendTo(port, deliveryRequest(attempt.body, attempt.guid, attempt.event));
    const std::scoped_lock lock(mutex_);
    attempt.id = nextId_++;
    attempt.deliveredAt = std::chrono::system_clock::now();
    attempt.redelivery = true;
    attempt.statusCode = RawClient::status(response);
    attempts_.push_back(std::move(attempt));
}

}  // namespace cerebral::test
