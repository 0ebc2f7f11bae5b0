#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/ctl/output.h"
#include "app/ctl/random_id.h"
#include "app/ctl/subcommand.h"
#include "app/ctl/table.h"
#include "core/base/plain_text.h"
#include "core/base/secret.h"
#include "core/net/curl_transport.h"
#include "core/net/url.h"
#include "core/webhook/signature.h"

namespace cerebral::ctl {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxPayload = 32U * 1024U * 1024U;
constexpr std::size_t kMaxSecret = 64U * 1024U;
constexpr std::size_t kMaxAnswer = 1024U * 1024U;

struct SendOptions {
    std::string payload;
    std::string url;
    std::string secretFile;
    std::string event;
    std::string delivery;
    int timeoutSeconds = 30;
    Format format = Format::Text;
};

/// GitHub's ping carries `zen` and `hook_id`; everything else sent from a file is taken for a push.
std::string guessEvent(const std::string& payload) {
    const Json json = Json::parse(payload, nullptr, false);
    return json.is_object() && json.contains("zen") && json.contains("hook_id") ? "ping" : "push";
}

/// A file written by hand ends with a line break that is not part of the secret.
Result<Secret> readSecret(const std::string& path) {
    auto text = readInput(path, kMaxSecret);
    if (!text) return fail(text.error());
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    if (text->empty()) return fail(ErrorKind::Config, path + " holds no secret");
    return Secret(std::move(*text));
}

/// "created: 1 of 6 services is touched", then a row per PipelineRun.
void printAnswer(const Json& answer) {
    const auto text = [](const Json& from, const char* key) {
        const auto found = from.find(key);
        return found != from.end() && found->is_string() ? plainLine(found->get<std::string>()) : std::string();
    };
    const std::string reason = text(answer, "reason");
    std::cout << text(answer, "status") << (reason.empty() ? "" : ": ") << reason << '\n';
    const auto runs = answer.find("pipelineRuns");
    if (runs == answer.end() || !runs->is_array() || runs->empty()) return;
    Table table({"SERVICE", "PIPELINERUN", "OUTCOME"});
    for (const Json& run : *runs) {
        if (run.is_object()) table.add({text(run, "service"), text(run, "name"), text(run, "outcome")});
    }
    table.print(std::cout);
}

int send(SendOptions options) {
    if (options.payload == "-" && options.secretFile == "-") {
        std::cerr << "cerebralctl: only one of payload and secret can come from standard input\n";
        return kUsage;
    }
    if (const auto url = net::Url::parse(options.url); !url) return reportError(url.error());
    const auto payload = readInput(options.payload, kMaxPayload);
    if (!payload) return reportError(payload.error());
    const auto secret = readSecret(options.secretFile);
    if (!secret) return reportError(secret.error());
    if (options.event.empty()) options.event = guessEvent(*payload);
    if (options.delivery.empty()) options.delivery = randomGuid();

    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = options.url;
    request.version = net::HttpVersion::Http1;
    request.headers = {{"Content-Type", "application/json"},
                       {"User-Agent", "GitHub-Hookshot/cerebralctl-" CEREBRAL_VERSION},
                       {"X-GitHub-Event", options.event},
                       {"X-GitHub-Delivery", options.delivery},
                       {"X-Hub-Signature-256", webhook::signBody(*payload, *secret)}};
    request.body = *payload;
    request.timeout = std::chrono::seconds(options.timeoutSeconds);
    request.maxBody = kMaxAnswer;
    net::CurlTransport transport;
    const auto response = transport.send(request, std::stop_token());
    if (!response) return reportError(response.error());

    const Json answer = Json::parse(response->body, nullptr, false);
    if (answer.is_discarded()) {
        printJson({{"httpStatus", response->status}, {"body", response->body}});
    } else if (options.format == Format::Json || !answer.is_object()) {
        printJson(answer);
    } else {
        printAnswer(answer);
    }
    const bool accepted = response->status >= 200 && response->status < 300;
    if (!accepted) return reportError("the receiver answered HTTP " + std::to_string(response->status));
    return kOk;
}

}  // namespace

Subcommand addSend(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand("send", "Send a signed test delivery, as GitHub would");
    const auto options = std::make_shared<SendOptions>();
    app->add_option("payload", options->payload, "JSON body, sent byte for byte; - reads standard input")
        ->required()
        ->type_name("PAYLOAD.json");
    app->add_option("--url", options->url, "the receiver, e.g. https://webhook.dev.cerebral.baerautotech.com/")
        ->required()
        ->type_name("URL");
    app->add_option("--secret-file", options->secretFile,
                    "file with the webhook secret; - reads standard input (a secret is never an argument)")
        ->required()
        ->type_name("FILE");
    app->add_option("--event", options->event, "X-GitHub-Event (default: ping or push, by the payload)")
        ->type_name("NAME");
    app->add_option("--delivery", options->delivery,
                    "X-GitHub-Delivery (default: a new one; give an old one to redeliver)")
        ->type_name("GUID");
    app->add_option("--timeout", options->timeoutSeconds, "seconds to wait for the answer")
        ->check(CLI::Range(1, 3600))
        ->type_name("SECONDS")
        ->capture_default_str();
    addOutputOption(*app, options->format);
    app->footer(
        "Prints the receiver's answer. Exit code 0: a 2xx answer.\n"
        "  kubectl get secret github-webhook-secret -n tekton-pipelines -o jsonpath='{.data.secretToken}' \\\n"
        "    | base64 -d | cerebralctl send push.json --url http://localhost:3000/ --secret-file -");
    return {app, [options] { return send(*options); }};
}

}  // namespace cerebral::ctl
