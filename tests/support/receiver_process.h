#pragma once
/// @file ReceiverProcess: a real github-webhook-receiver with its own spool, on ports of the kernel's choice.

#include <QTemporaryDir>
#include <memory>
#include <string>
#include <vector>

#include "core/base/secret.h"
#include "tests/support/child_process.h"
#include "tests/support/raw_client.h"

namespace cerebral::test {

struct ReceiverPlan {
    std::string kubeconfig;
    std::string configFile;  ///< empty: built-in
    std::string spoolDir;    ///< must outlive restarts
    std::string failpoint;
    std::string answerBudgetMs;
    ChildProcess::Environment more;
};

class ReceiverProcess {
public:
    static constexpr const char* kSecret = "It's a Secret to Everybody";

    /// Starts it and waits for its "listening" line; `started()` says whether it came.
    explicit ReceiverProcess(const ReceiverPlan& plan);

    [[nodiscard]] bool started() const noexcept { return port_ != 0; }
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] std::uint16_t adminPort() const noexcept { return adminPort_; }
    [[nodiscard]] ChildProcess& process() noexcept { return process_; }

    /// The text of /metrics' sample, e.g. `github_webhook_deliveries_total{status="created"}`; -1 when absent.
    [[nodiscard]] double metric(const std::string& sample) const;
    /// kB of anonymous memory (RssAnon).
    [[nodiscard]] long anonymousKb() const;
    [[nodiscard]] long residentKb() const;

private:
    [[nodiscard]] long statusKb(const char* field) const;
    ChildProcess process_;
    std::uint16_t port_ = 0;
    std::uint16_t adminPort_ = 0;
};

/// The bytes of a signed delivery.
[[nodiscard]] std::string deliveryRequest(const std::string& body, const std::string& id,
                                          const std::string& event = "push",
                                          const std::string& secret = ReceiverProcess::kSecret,
                                          const std::string& moreHeaders = {});
/// Sends one request on a connection of its own; the whole answer.
std::string sendTo(std::uint16_t port, const std::string& request);

/// A push payload that touches microservices/SERVICE/main.py.
struct PushText {
    std::string service = "ai-services";
    std::string branch = "main";
    std::string after = "1111111111111111111111111111111111111111";
    std::string before = "2222222222222222222222222222222222222222";
    std::int64_t pushedAt = 0;                   ///< 0: now
    std::string padding = {};                    ///< goes into the commit message
    std::vector<std::string> moreServices = {};  ///< touched as well
};
[[nodiscard]] std::string pushBody(const PushText& push);

}  // namespace cerebral::test
