#include "tests/support/fake_api_server.h"

#include <algorithm>

#include "core/net/url.h"

namespace cerebral::test {
namespace {

using namespace std::chrono_literals;

constexpr auto kBookmarkEvery = 60s;

std::string objectJson(const std::string& name, const FakeApiServer::Object& object) {
    return R"({"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":")" + name +
           R"(","namespace":"ns","uid":")" + object.uid + R"(","resourceVersion":")" +
           std::to_string(object.version) + R"("},"spec":{"size":)" + std::to_string(object.size) + "}}";
}

std::string eventLine(const std::string& type, const std::string& objectText) {
    return R"({"type":")" + type + R"(","object":)" + objectText + "}\n";
}

std::string bookmarkLine(std::uint64_t version, bool endOfInitialEvents) {
    std::string annotations;
    if (endOfInitialEvents) annotations = R"("annotations":{"k8s.io/initial-events-end":"true"},)";
    return eventLine("BOOKMARK", R"({"kind":"Widget","metadata":{)" + annotations + R"("resourceVersion":")" +
                                     std::to_string(version) + R"("}})");
}

std::string statusJson(int code, const std::string& reason, const std::string& message) {
    return R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":")" + message + R"(","reason":")" +
           reason + R"(","code":)" + std::to_string(code) + "}";
}

net::HttpResponse statusAnswer(int code, const std::string& reason, const std::string& message) {
    return {code, {{"Content-Type", "application/json"}}, statusJson(code, reason, message)};
}

std::map<std::string, std::string> queryOf(const std::string& url) {
    std::map<std::string, std::string> query;
    const std::size_t question = url.find('?');
    if (question == std::string::npos) return query;
    for (auto& [key, value] : net::parseQuery(std::string_view(url).substr(question + 1))) query[key] = value;
    return query;
}

}  // namespace

class FakeApiServer::RotatingToken final : public kube::Credentials {
public:
    explicit RotatingToken(std::shared_ptr<int> token) : token_(std::move(token)) {}
    Result<void> apply(net::HttpRequest& request, std::stop_token) override {
        request.bearerToken = Secret("token-" + std::to_string(*token_));
        return {};
    }
    bool renew() override {
        ++*token_;
        return true;
    }

private:
    std::shared_ptr<int> token_;
};

struct FakeApiServer::Watch {
    net::StreamHandler& handler;
    SteadyTime deadline;
    SteadyTime nextBookmark;
    std::uint64_t position = 0;  ///< version of the last event sent or dropped
    std::chrono::seconds silenceTimeout{0};

    /// False when the client wants no more.
    bool write(std::string_view bytes) const { return handler.onData(bytes); }
};

FakeApiServer::FakeApiServer(FakeClock& clock, FakeServerPlan plan, std::stop_source end)
    : clock_(clock), plan_(plan), end_(std::move(end)), random_(plan.seed) {
    const SteadyTime start = clock.steadyNow();
    calmAt_ = start + plan.calmAfter;
    endAt_ = start + plan.endAfter;
    nextChange_ = start;
    for (std::size_t i = 0; i < plan.firstObjects; ++i) change(start);
    compact();
}

std::shared_ptr<kube::Credentials> FakeApiServer::credentials() {
    return std::make_shared<RotatingToken>(sentToken_);
}

std::optional<SteadyTime> FakeApiServer::oldestUntold() const {
    for (const Event& event : history_) {
        if (event.version > toldVersion_) return event.at;
    }
    return std::nullopt;
}

bool FakeApiServer::chance(double probability) {
    return std::uniform_real_distribution(0.0, 1.0)(random_) < probability;
}

std::uint64_t FakeApiServer::below(std::uint64_t bound) {
    return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random_);
}

bool FakeApiServer::strikes(const char* fault, double factor) {
    if (clock_.steadyNow() >= calmAt_ || !chance(plan_.faultRate * factor)) return false;
    ++faults_[fault];
    return true;
}

bool FakeApiServer::over() const {
    return clock_.steadyNow() >= endAt_;
}

void FakeApiServer::advanceTo(SteadyTime time) {
    const SteadyTime now = clock_.steadyNow();
    if (time > now) clock_.advance(time - now);
    catchUp();
}

/// Changes happen at their own times, whoever moved the clock past them.
void FakeApiServer::catchUp() {
    const SteadyTime now = clock_.steadyNow();
    while (nextChange_ <= now && nextChange_ < calmAt_) {
        change(nextChange_);
        nextChange_ += std::chrono::milliseconds(200 + below(12'000));
        if (chance(0.02)) compact();
    }
    if (observer_) observer_();
    if (over()) end_.request_stop();
}

void FakeApiServer::change(SteadyTime at) {
    const std::string name = "w-" + std::to_string(below(plan_.firstObjects * 2));
    const auto it = objects_.find(name);
    if (it == objects_.end()) {
        Object fresh{"uid-" + std::to_string(nextUid_++), ++version_, static_cast<std::int64_t>(below(1'000))};
        record("ADDED", name, fresh, at);
        objects_.emplace(name, std::move(fresh));
        return;
    }
    Object& object = it->second;
    object.version = ++version_;
    if (chance(0.7)) {
        object.size = static_cast<std::int64_t>(below(1'000));
        record("MODIFIED", name, object, at);
        return;
    }
    record("DELETED", name, object, at);
    if (chance(0.5)) {
        objects_.erase(it);
        return;
    }
    object = {"uid-" + std::to_string(nextUid_++), ++version_, 0};
    record("ADDED", name, object, at);
}

void FakeApiServer::record(const char* type, const std::string& name, const Object& object, SteadyTime at) {
    history_.push_back({object.version, at, eventLine(type, objectJson(name, object))});
}

/// Old versions can no longer be watched from; what is untold stays for the truth's sake.
void FakeApiServer::compact() {
    compactedAt_ = version_;
}

void FakeApiServer::told(std::uint64_t version) {
    toldVersion_ = std::max(toldVersion_, version);
}

void FakeApiServer::delivered() {
    lastDelivery_ = clock_.steadyNow();
}

std::optional<Error> FakeApiServer::brokenConnection() {
    if (strikes("refused")) return Error{ErrorKind::Unreachable, "connection refused", 0, {}, {}};
    if (strikes("reset")) return Error{ErrorKind::ConnectionLost, "connection reset", 0, {}, {}};
    return std::nullopt;
}

std::optional<net::HttpResponse> FakeApiServer::refusal(const net::HttpRequest& request) {
    if (strikes("401 once")) acceptedToken_ = *sentToken_ + 1;
    if (request.bearerToken.reveal() != "token-" + std::to_string(acceptedToken_) && *sentToken_ < acceptedToken_) {
        return statusAnswer(401, "Unauthorized", "Unauthorized");
    }
    if (strikes("429 as plain text")) {
        return net::HttpResponse{429, {{"Retry-After", "1"}}, "Too many requests, please try again later.\n"};
    }
    if (strikes("500")) return statusAnswer(500, "InternalError", "etcdserver: leader changed");
    if (strikes("403", 0.3)) return statusAnswer(403, "Forbidden", "widgets is forbidden");
    return std::nullopt;
}

Result<net::HttpResponse> FakeApiServer::send(const net::HttpRequest& request, std::stop_token stop) {
    advanceTo(clock_.steadyNow() + 20ms);
    if (stop.stop_requested()) return fail(ErrorKind::Cancelled, "cancelled");
    if (auto broken = brokenConnection()) return fail(std::move(*broken));
    if (auto refused = refusal(request)) return std::move(*refused);
    return listPage(queryOf(request.url));
}

net::HttpResponse FakeApiServer::listPage(const std::map<std::string, std::string>& query) {
    std::string snapshotId;
    std::string after;
    if (const auto token = query.find("continue"); token != query.end()) {
        const std::size_t bar = token->second.find('|');
        snapshotId = token->second.substr(0, bar);
        after = token->second.substr(bar + 1);
        if (strikes("410 while paging", 2.0)) {
            return statusAnswer(410, "Expired", "The provided continue parameter is too old");
        }
    } else {
        snapshotId = std::to_string(version_);
        pagedSnapshots_[snapshotId] = objects_;
    }
    const Objects& snapshot = pagedSnapshots_.at(snapshotId);
    const auto limitText = query.find("limit");
    const std::size_t limit = limitText == query.end() ? snapshot.size() : std::stoul(limitText->second);
    std::string items;
    std::size_t count = 0;
    auto it = after.empty() ? snapshot.begin() : snapshot.upper_bound(after);
    for (; it != snapshot.end() && count < limit; ++it, ++count) {
        if (count > 0) items += ',';
        items += objectJson(it->first, it->second);
        after = it->first;
    }
    std::string meta = R"("resourceVersion":")" + snapshotId + "\"";
    if (it != snapshot.end()) {
        meta += R"(,"continue":")" + snapshotId + "|" + after + "\"";
    } else {
        told(std::stoull(snapshotId));
        lastDelivery_ = clock_.steadyNow();
    }
    return {200, {}, R"({"kind":"WidgetList","metadata":{)" + meta + R"(},"items":[)" + items + "]}"};
}

Result<net::StreamEnd> FakeApiServer::stream(const net::HttpRequest& request, net::StreamHandler& handler,
                                             std::stop_token stop) {
    advanceTo(clock_.steadyNow() + 20ms);
    if (stop.stop_requested()) return fail(ErrorKind::Cancelled, "cancelled");
    if (auto broken = brokenConnection()) return fail(std::move(*broken));
    const auto query = queryOf(request.url);
    auto refused = refusal(request);
    const bool initial = query.contains("sendInitialEvents");
    if (!refused && initial && plan_.watchList == FakeServerPlan::WatchList::Refused422) {
        refused = statusAnswer(422, "Invalid", "sendInitialEvents is forbidden for watch unless the feature is on");
    }
    const auto from = query.find("resourceVersion");
    const std::uint64_t version = from == query.end() ? 0 : std::stoull(from->second);
    const bool expired = !refused && !initial && (version < compactedAt_ || strikes("410"));
    if (expired && chance(0.5)) refused = statusAnswer(410, "Gone", "too old resource version");
    if (refused) {
        if (handler.onHead({refused->status, refused->headers})) handler.onData(refused->body);
        return net::StreamEnd::Complete;
    }
    if (!handler.onHead({200, {}})) return net::StreamEnd::StoppedByHandler;

    const SteadyTime now = clock_.steadyNow();
    Watch watch{handler, now + std::chrono::seconds(std::stoll(query.at("timeoutSeconds"))), now + kBookmarkEvery,
                version, request.silenceTimeout};
    if (expired) {
        watch.write(eventLine("ERROR", statusJson(410, "Expired", "too old resource version")));
        return net::StreamEnd::Complete;
    }
    if (initial) {
        if (const auto ended = openWatch(watch, query)) return *ended;
    }
    return serveWatch(watch, stop);
}

/// The initial events of a WatchList.
std::optional<net::StreamEnd> FakeApiServer::openWatch(Watch& watch, const std::map<std::string, std::string>&) {
    if (plan_.watchList == FakeServerPlan::WatchList::RefusedInStream) {
        watch.write(eventLine("ERROR", statusJson(500, "InternalError",
                                                  "a watch stream was requested by the client but the required "
                                                  "storage feature RequestWatchProgress is disabled")));
        return net::StreamEnd::Complete;
    }
    for (const auto& [name, object] : objects_) {
        if (!watch.write(eventLine("ADDED", objectJson(name, object)))) return net::StreamEnd::StoppedByHandler;
        if (strikes("list cut short", 0.2)) return net::StreamEnd::Complete;
    }
    watch.position = version_;
    told(version_);
    if (!watch.write(bookmarkLine(version_, true))) return net::StreamEnd::StoppedByHandler;
    delivered();
    return std::nullopt;
}

Result<net::StreamEnd> FakeApiServer::serveWatch(Watch& watch, std::stop_token stop) {
    for (;;) {
        const auto next = std::upper_bound(history_.begin(), history_.end(), watch.position,
                                           [](std::uint64_t v, const Event& event) { return v < event.version; });
        if (stop.stop_requested()) return fail(ErrorKind::Cancelled, "cancelled");
        if (next != history_.end()) {
            const Event event = *next;
            if (auto ended = deliverEvent(watch, event)) return std::move(*ended);
            continue;
        }
        const SteadyTime now = clock_.steadyNow();
        if (now >= watch.deadline) return net::StreamEnd::Complete;
        if (now >= watch.nextBookmark) {
            watch.nextBookmark = now + kBookmarkEvery;
            if (!watch.write(bookmarkLine(watch.position, false))) return net::StreamEnd::StoppedByHandler;
            delivered();
        }
        const SteadyTime change = nextChange_ < calmAt_ ? nextChange_ : endAt_;
        advanceTo(std::min({watch.deadline, watch.nextBookmark, change, endAt_}));
    }
}

std::optional<Result<net::StreamEnd>> FakeApiServer::deliverEvent(Watch& watch, const Event& event) {
    if (auto ended = disturbWatch(watch, event)) return ended;
    watch.position = event.version;
    if (plan_.dropEvents && strikes("event dropped")) return std::nullopt;
    // Told before written: whatever the client shows while it applies the event is the truth.
    if (!plan_.dropEvents) told(event.version);
    if (plan_.slowDrip && strikes("slow drip")) {
        for (const char& byte : event.line) {
            clock_.advance(10ms);
            if (!watch.write({&byte, 1})) return net::StreamEnd::StoppedByHandler;
        }
    } else if (!watch.write(event.line)) {
        return net::StreamEnd::StoppedByHandler;
    }
    delivered();
    return std::nullopt;
}

std::optional<Result<net::StreamEnd>> FakeApiServer::disturbWatch(Watch& watch, const Event& event) {
    if (strikes("cut inside a line")) {
        watch.write(std::string_view(event.line).substr(0, event.line.size() / 2));
        return fail(ErrorKind::ConnectionLost, "connection reset");
    }
    if (strikes("clean end inside a line", 0.5)) {
        watch.write(std::string_view(event.line).substr(0, event.line.size() / 2));
        return net::StreamEnd::Complete;
    }
    if (strikes("cut between lines")) return fail(ErrorKind::ConnectionLost, "connection reset");
    if (strikes("ended early")) return net::StreamEnd::Complete;
    if (strikes("half-closed")) {
        advanceTo(clock_.steadyNow() + watch.silenceTimeout);
        return fail(ErrorKind::Timeout, "nothing was heard");
    }
    if (strikes("500 as event")) {
        watch.write(eventLine("ERROR", statusJson(500, "InternalError", "etcdserver: request timed out")));
        return net::StreamEnd::Complete;
    }
    if (strikes("410 as event")) {
        watch.write(eventLine("ERROR", statusJson(410, "Expired", "too old resource version")));
        return net::StreamEnd::Complete;
    }
    if (strikes("rubbish", 0.3)) {
        watch.write("<html>502 Bad Gateway</html>\n");
        return net::StreamEnd::Complete;
    }
    return std::nullopt;
}

}  // namespace cerebral::test
