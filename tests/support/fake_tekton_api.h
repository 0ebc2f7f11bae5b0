#pragma once
/// @file FakeTektonApi: as much of a Kubernetes API with Tekton as the receiver talks to, over real HTTP.
///
/// It keeps the record a crash test counts by: every PipelineRun that was ever created, and every 201
/// and 409 it said. It can misbehave on creates in each way a real one does, and go away and come back
/// on the same port. Answers follow tests/data/captures/errors. Thread-safe.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/net/server/http_server.h"
#include "receiver/threads/deadline_queue.h"
#include "tests/support/reserved_port.h"

namespace cerebral::test {

enum class CreateFault : std::uint8_t {
    None,
    TooManyRequests,  ///< 429 with Retry-After, plain text
    ErrorBefore,      ///< 500, nothing was created
    ErrorAfter,       ///< created, but the answer is 500
    CutBefore,        ///< connection cut, nothing was created
    CutAfter,         ///< created, then the connection is cut
    Quota,            ///< 403 exceeded quota
    Forbidden,        ///< 403 RBAC
    Admission,        ///< 400 from Tekton's validation webhook
    NoNamespace,      ///< 404
};

class FakeTektonApi {
public:
    FakeTektonApi();
    ~FakeTektonApi();
    FakeTektonApi(const FakeTektonApi&) = delete;
    FakeTektonApi& operator=(const FakeTektonApi&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_.number(); }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
    /// Writes a kubeconfig for it, returns its path.
    [[nodiscard]] std::string writeKubeconfig(const std::string& directory) const;

    /// Refuses connections until `comeBack`; cuts those it has.
    void goAway();
    void comeBack();
    void setCreateDelay(std::chrono::milliseconds delay) { createDelay_ = delay; }
    /// Asked for each create, with the run's name.
    void setCreateFault(std::function<CreateFault(const std::string& name)> fault);
    /// What a TokenReview of `token` finds.
    void addToken(const std::string& token, const std::string& username, const std::string& audience);
    void addDeployment(const std::string& name, const std::string& image);

    /// 201s said or lost, by run name: the count of an exactly-once test.
    [[nodiscard]] std::map<std::string, int> creations() const;
    [[nodiscard]] std::size_t createRequests() const noexcept { return createRequests_.load(); }
    [[nodiscard]] std::size_t tokenReviews() const noexcept { return tokenReviews_.load(); }
    /// The object; null when there is none.
    [[nodiscard]] nlohmann::json run(const std::string& name) const;
    [[nodiscard]] std::vector<nlohmann::json> runs() const;
    /// Puts a run there as it is.
    void addRun(nlohmann::json run);
    /// Removes it, as pruning does.
    void removeRun(const std::string& name);
    /// Blocks until `done` holds for the record; false when the deadline passed first.
    bool waitFor(const std::function<bool()>& done, std::chrono::milliseconds limit = std::chrono::seconds(20)) const;

private:
    struct Token {
        std::string username;
        std::string audience;
    };
    void listen();
    void handle(const net::ServerRequest& request, const net::Responder& responder);
    void create(const std::string& body, const net::Responder& responder);
    void finishCreate(const nlohmann::json& object, CreateFault fault, const net::Responder& responder);
    void listRuns(const std::string& query, const net::Responder& responder) const;
    void patchRun(const std::string& name, const std::string& body, const net::Responder& responder);
    void reviewToken(const std::string& body, const net::Responder& responder);

    std::unique_ptr<Logger> log_ = makeNullLogger();
    ReservedPort port_;
    std::atomic<std::chrono::milliseconds> createDelay_{std::chrono::milliseconds(0)};
    std::atomic<std::size_t> createRequests_{0};
    std::atomic<std::size_t> tokenReviews_{0};
    mutable std::mutex mutex_;
    std::function<CreateFault(const std::string&)> fault_;
    std::map<std::string, nlohmann::json> runs_;
    std::map<std::string, int> creations_;
    std::map<std::string, Token> tokens_;
    std::vector<nlohmann::json> deployments_;
    std::uint64_t version_ = 100;
    receiver::DeadlineQueue later_;
    std::unique_ptr<net::HttpServer> server_;
};

}  // namespace cerebral::test
