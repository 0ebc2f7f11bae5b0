#include "tests/support/replay_server.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/captures.h"

namespace cerebral::test {
namespace {

using nlohmann::json;

constexpr const char* kStreamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

std::string chunk(std::string_view bytes) {
    std::array<char, 32> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return size.data() + std::string(bytes) + "\r\n";
}

std::string event(const char* type, const std::string& object) {
    return std::string(R"({"type":")") + type + R"(","object":)" + object + "}\n";
}

std::string plainAnswer(const char* status, const std::string& body) {
    return std::string("HTTP/1.1 ") + status +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

ReplayServer::ReplayServer(ReplayPlan plan) : plan_(std::move(plan)), lines_(captureLines(plan_.stream)) {
    std::set<std::string> mentioned;
    for (const std::string& line : lines_) {
        const json object = json::parse(line).at("object");
        mentioned.insert(object.at("metadata").value("uid", ""));
    }
    const json list = json::parse(readCapture(plan_.list));
    for (const json& item : list.at("items")) {
        if (!mentioned.contains(item.at("metadata").at("uid").get<std::string>())) before_.push_back(item.dump());
    }
    const json first = json::parse(lines_.front()).at("object").at("metadata");
    startVersion_ = std::to_string(std::stoull(first.at("resourceVersion").get<std::string>()) - 1);
    server_ = std::make_unique<RawServer>([this](RawConnection& connection) { serve(connection); });
}

std::vector<std::string> ReplayServer::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

void ReplayServer::serve(RawConnection& connection) {
    for (;;) {
        const std::string request = connection.readRequest();
        if (request.empty()) return;
        const std::string target = request.substr(0, request.find('\n'));
        const bool watch = target.find("watch=true") != std::string::npos;
        const bool initial = target.find("sendInitialEvents=true") != std::string::npos;
        bool again = false;
        {
            const std::scoped_lock lock(mutex_);
            requests_.emplace_back(initial ? "watchlist" : watch ? "watch" : "list");
            again = expired_;
        }
        if (!watch) {
            answerList(connection, again);
        } else if (initial) {
            answerWatchList(connection);
        } else {
            answerWatch(connection, target);
        }
    }
}

void ReplayServer::answerList(RawConnection& connection, bool complete) {
    if (complete) {
        connection.answer(readCapture(plan_.list), "Content-Type: application/json\r\n");
        return;
    }
    std::string items;
    for (const std::string& item : before_) items += (items.empty() ? "" : ",") + item;
    connection.answer(
        R"({"kind":"List","metadata":{"resourceVersion":")" + startVersion_ + R"("},"items":[)" + items + "]}",
        "Content-Type: application/json\r\n");
}

void ReplayServer::answerWatchList(RawConnection& connection) {
    if (plan_.watchList == ReplayPlan::WatchList::Refused422) {
        connection.write(
            plainAnswer("422 Unprocessable Entity",
                        R"({"kind":"Status","status":"Failure","reason":"Invalid","code":422,"message":)"
                        R"("ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: )"
                        R"(sendInitialEvents is forbidden for watch unless the WatchList feature gate is )"
                        R"(enabled"})"));
        return;
    }
    connection.write(kStreamHead);
    if (plan_.watchList == ReplayPlan::WatchList::RefusedInStream) {
        connection.write(chunk(captureBody("errors/500-watchlist-unsupported.http")) + "0\r\n\r\n");
        return;
    }
    for (const std::string& object : before_) connection.write(chunk(event("ADDED", object)));
    connection.write(chunk(event("BOOKMARK", R"({"kind":"X","metadata":{"resourceVersion":")" + startVersion_ +
                                                 R"(","annotations":{"k8s.io/initial-events-end":"true"}}})")));
    play(connection, 0, lines_.size());
    connection.waitForPeer();
}

void ReplayServer::answerWatch(RawConnection& connection, const std::string& target) {
    bool first = false;
    {
        const std::scoped_lock lock(mutex_);
        first = !expired_ && plan_.expiry != ReplayPlan::Expiry::Never;
    }
    if (!first) {
        connection.write(kStreamHead);
        if (target.find("resourceVersion=" + startVersion_ + "&") != std::string::npos) {
            play(connection, 0, lines_.size());
        }
        connection.waitForPeer();
        return;
    }
    {
        const std::scoped_lock lock(mutex_);
        expired_ = true;
    }
    if (plan_.expiry == ReplayPlan::Expiry::AsAnswer) {
        connection.write(plainAnswer("410 Gone", R"({"kind":"Status","status":"Failure","reason":"Gone","code":410,)"
                                                 R"("message":"too old resource version"})"));
        return;
    }
    connection.write(kStreamHead);
    play(connection, 0, lines_.size() / 2);
    connection.write(chunk(captureBody("errors/410-watch-expired.http")) + "0\r\n\r\n");
}

/// In pieces that do not respect lines, as a network does.
void ReplayServer::play(RawConnection& connection, std::size_t from, std::size_t to) {
    constexpr std::size_t kPiece = 1'000;
    std::string bytes;
    for (std::size_t i = from; i < to; ++i) bytes += lines_[i] + "\n";
    for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
        if (!connection.write(chunk(std::string_view(bytes).substr(at, kPiece)))) return;
    }
}

}  // namespace cerebral::test
