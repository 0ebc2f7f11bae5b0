#include "tests/unit/kube_logs/log_server.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/time_format.h"
#include "core/net/url.h"

namespace cerebral::test {
namespace {
constexpr std::size_t kBuffer = 64U * 1024U;
}

std::string StampedLine::raw() const {
    using namespace std::chrono;
    std::string stamp = formatRfc3339(time);
    auto nanos = std::to_string(duration_cast<nanoseconds>(time - floor<seconds>(time)).count());
    nanos.insert(0, 9 - nanos.size(), '0');
    stamp.insert(stamp.size() - 1, "." + nanos);
    return stamp + " " + text;
}

LogServer::LogServer(Plan plan, std::vector<std::vector<StampedLine>> instances)
    : plan_(plan), instances_(std::move(instances)), random_(plan.seed) {}

std::string LogServer::podJson() const {
    using nlohmann::json;
    const bool ended = instanceEnded();
    const bool over = ended && !plan_.restartsAlways;
    const json state = ended ? json{{"terminated", {{"exitCode", plan_.restartsAlways ? 1 : 0}}}}
                             : json{{"running", {{"startedAt", "2026-11-23T08:41:00Z"}}}};
    const json container{{"name", "step-build"}, {"restartCount", current_}, {"state", state}};
    const json pod{
        {"metadata", {{"name", "p"}, {"uid", podUid_}}},
        {"spec",
         {{"restartPolicy", plan_.restartsAlways ? "Always" : "Never"},
          {"containers", json::array({{{"name", "step-build"}}})}}},
        {"status", {{"phase", over ? "Succeeded" : "Running"}, {"containerStatuses", json::array({container})}}}};
    return pod.dump();
}

void LogServer::write() {
    const std::size_t left = instances_[current_].size() - written_;
    written_ += std::min<std::size_t>(left, 1 + random_() % plan_.burst);
}

Result<net::HttpResponse> LogServer::send(const net::HttpRequest&, std::stop_token) {
    if (onRequest) onRequest(requests_);
    ++requests_;
    if (podUid_.empty()) {
        return net::HttpResponse{
            404,
            {{"Content-Type", "application/json"}},
            R"({"kind":"Status","status":"Failure","reason":"NotFound","message":"pods \"p\" not found","code":404})"};
    }
    // A crashed container comes back while nobody looks.
    if (plan_.restartsAlways && instanceEnded() && current_ + 1 < instances_.size() && random_() % 2 == 0) {
        ++current_;
        written_ = 0;
    }
    return net::HttpResponse{200, {{"Content-Type", "application/json"}}, podJson()};
}

Result<net::StreamEnd> LogServer::stream(const net::HttpRequest& request, net::StreamHandler& handler,
                                         std::stop_token stop) {
    if (onRequest) onRequest(requests_);
    ++requests_;
    const auto url = net::Url::parse(request.url).value();
    logRequests_.push_back(url.query);
    WallTime since = WallTime::min();
    bool follow = false;
    bool previous = false;
    auto tail = static_cast<std::size_t>(-1);
    for (const auto& [key, value] : net::parseQuery(url.query)) {
        if (key == "sinceTime") since = parseRfc3339(value).value();
        if (key == "follow") follow = value == "true";
        if (key == "previous") previous = value == "true";
        if (key == "tailLines") tail = std::stoul(value);
    }
    if (previous && current_ == 0) {
        if (!handler.onHead({400, {}})) return net::StreamEnd::StoppedByHandler;
        handler.onData(R"({"kind":"Status","reason":"BadRequest","message":"no previous instance","code":400})");
        return net::StreamEnd::Complete;
    }
    if (!handler.onHead({200, {{"Content-Type", "text/plain"}}})) return net::StreamEnd::StoppedByHandler;

    const bool drops = dropped_ < plan_.drops;
    std::size_t budget = drops ? 1 + random_() % plan_.dropWithin : static_cast<std::size_t>(-1);
    const auto& lines = instances_[previous ? current_ - 1 : current_];
    const auto available = [&] { return previous ? lines.size() : written_; };
    std::size_t at = available() > tail ? available() - tail : 0;
    std::string buffer;
    for (;;) {
        for (; at < available() && buffer.size() < kBuffer; ++at) {
            if (lines[at].time < since) continue;
            buffer += lines[at].raw();
            if (at + 1 < lines.size() || plan_.newlineAtEnd) buffer += '\n';
        }
        for (std::string_view rest = buffer; !rest.empty();) {
            const std::size_t size = std::min({rest.size(), budget, std::size_t{1} + random_() % 5000});
            if (!handler.onData(rest.substr(0, size))) return net::StreamEnd::StoppedByHandler;
            rest.remove_prefix(size);
            budget -= size;
            if (budget == 0) {
                ++dropped_;
                // The container does not wait for readers: often it ends before the next one comes.
                if (!previous && random_() % 2 == 0) written_ = lines.size();
                return fail(ErrorKind::ConnectionLost, "cut");
            }
        }
        buffer.clear();
        if (stop.stop_requested()) return fail(ErrorKind::Cancelled, "cancelled");
        if (at < available()) continue;
        if (!follow || previous || instanceEnded()) return net::StreamEnd::Complete;
        write();
    }
}

}  // namespace cerebral::test
