#pragma once
/// @file FakeGithub: what GitHub's REST API says about one repository webhook, and does about it.
///
/// Follows docs.github.com/en/rest/repos/webhooks (list deliveries, redeliver): newest first, pages by
/// an opaque cursor in the Link header, 202 for a redelivery, which is then really sent, signed, with
/// the same GUID and an id of its own. Thread-safe.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/net/server/http_server.h"
#include "receiver/threads/task_pool.h"

namespace cerebral::test {

class FakeGithub {
public:
    static constexpr const char* kToken = "github_pat_for_tests";
    static constexpr const char* kHook = "acme/cerebral/42";

    struct Attempt {
        std::uint64_t id = 0;
        std::string guid;
        std::string event = "push";
        int statusCode = 0;
        WallTime deliveredAt{};
        bool redelivery = false;
        std::string body;
    };

    FakeGithub();

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
    /// Where the webhook points; redeliveries go there, and wait until it is known.
    void setReceiver(std::uint16_t port);
    /// Something that happened `age` ago.
    void addPast(Attempt attempt, std::chrono::seconds age);
    /// Answers every request with this instead; 0: no longer.
    void refuseWith(int status, net::Headers headers = {});

    /// GUIDs for which a redelivery was asked, in order.
    [[nodiscard]] std::vector<std::string> redelivered() const;
    [[nodiscard]] std::size_t listRequests() const;

private:
    void handle(const net::ServerRequest& request, const net::Responder& responder);
    void list(const net::ServerRequest& request, const net::Responder& responder);
    void redeliver(std::uint64_t id, const net::Responder& responder);
    void deliver(Attempt attempt, const std::stop_token& stop);

    static constexpr std::size_t kPage = 5;  ///< however many are asked for: several pages are seen

    mutable std::mutex mutex_;
    std::condition_variable_any receiverKnown_;
    std::vector<Attempt> attempts_;  ///< oldest first
    std::vector<std::string> redelivered_;
    std::size_t listRequests_ = 0;
    std::uint64_t nextId_ = 93'000'000'001;
    std::uint16_t receiver_ = 0;
    int refusal_ = 0;
    net::Headers refusalHeaders_;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<net::HttpServer> server_;
    receiver::TaskPool deliverer_{1, 1000};  // last: it uses the others
};

}  // namespace cerebral::test
