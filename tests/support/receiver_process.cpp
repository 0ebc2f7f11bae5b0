#include "tests/support/receiver_process.h"

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/webhook/signature.h"

namespace cerebral::test {
namespace {

ChildProcess::Environment environmentOf(const ReceiverPlan& plan) {
    ChildProcess::Environment environment{{"PORT", "0"},
                                          {"ADMIN_PORT", "0"},
                                          {"LISTEN_ADDRESS", "127.0.0.1"},
                                          {"GITHUB_WEBHOOK_SECRET", ReceiverProcess::kSecret},
                                          {"KUBECONFIG", QString::fromStdString(plan.kubeconfig)},
                                          {"SPOOL_DIR", QString::fromStdString(plan.spoolDir)}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) environment[name] = QString::fromStdString(value);
    };
    add("CEREBRAL_CONFIG", plan.configFile);
    add("CEREBRAL_FAILPOINT", plan.failpoint);
    add("ANSWER_BUDGET_MS", plan.answerBudgetMs);
    for (const auto& [name, value] : plan.more) environment[name] = value;
    return environment;
}

}  // namespace

ReceiverProcess::ReceiverProcess(const ReceiverPlan& plan)
    : process_("github-webhook-receiver", {}, environmentOf(plan)) {
    const auto line = process_.waitForJson([](const QJsonObject& o) { return o["event"].toString() == "listening"; });
    if (!line) return;
    port_ = static_cast<std::uint16_t>((*line)["port"].toInt());
    adminPort_ = static_cast<std::uint16_t>((*line)["adminPort"].toInt());
}

double ReceiverProcess::metric(const std::string& sample) const {
    const std::string text = sendTo(adminPort_, "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const auto at = text.find("\n" + sample + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + sample.size() + 2));
}

long ReceiverProcess::statusKb(const char* field) const {
    std::ifstream status("/proc/" + std::to_string(process_.pid()) + "/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(field)) return std::stol(line.substr(line.find(':') + 1));
    }
    return -1;
}

long ReceiverProcess::anonymousKb() const {
    return statusKb("RssAnon:");
}
long ReceiverProcess::residentKb() const {
    return statusKb("VmRSS:");
}

std::string deliveryRequest(const std::string& body, const std::string& id, const std::string& event,
                            const std::string& secret, const std::string& moreHeaders) {
    return "POST / HTTP/1.1\r\nHost: webhook.test\r\nContent-Type: application/json\r\nUser-Agent: "
           "GitHub-Hookshot/1\r\n"
           "X-GitHub-Event: " +
           event + "\r\nX-GitHub-Delivery: " + id +
           "\r\nX-Hub-Signature-256: " + webhook::signBody(body, Secret(secret)) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + moreHeaders + "\r\n" + body;
}

std::string sendTo(std::uint16_t port, const std::string& request) {
    RawClient client(port);
    if (!client.connected() || !client.send(request)) return {};
    return client.readResponse();
}

std::string pushBody(const PushText& push) {
    using Json = nlohmann::ordered_json;
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    Json commit{{"id", push.after},
                {"message", "Change " + push.service + push.padding},
                {"author", {{"name", "Ada"}, {"email", "ada@example.test"}, {"username", "ada"}}},
                {"added", Json::array()},
                {"removed", Json::array()},
                {"modified", {"microservices/" + push.service + "/main.py"}}};
    for (const std::string& service : push.moreServices) {
        commit["modified"].push_back("microservices/" + service + "/main.py");
    }
    const Json body{{"ref", "refs/heads/" + push.branch},
                    {"before", push.before},
                    {"after", push.after},
                    {"created", false},
                    {"deleted", false},
                    {"forced", false},
                    {"base_ref", nullptr},
                    {"compare", "https://github.test/acme/cerebral/compare/2...1"},
                    {"commits", Json::array({commit})},
                    {"head_commit", commit},
                    {"repository",
                     {{"full_name", "acme/cerebral"},
                      {"clone_url", "https://github.test/acme/cerebral.git"},
                      {"default_branch", "main"},
                      {"pushed_at", push.pushedAt == 0 ? now.count() : push.pushedAt}}},
                    {"pusher", {{"name", "ada"}, {"email", "ada@example.test"}}}};
    return body.dump();
}

}  // namespace cerebral::test
