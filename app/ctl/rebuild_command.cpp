#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/ctl/cluster_connection.h"
#include "app/ctl/json_value.h"
#include "app/ctl/output.h"
#include "app/ctl/random_id.h"
#include "app/ctl/subcommand.h"
#include "app/ctl/table.h"
#include "core/kube/reviews.h"
#include "core/net/url.h"

namespace cerebral::ctl {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kAccount = "rebuild-trigger";
constexpr std::string_view kAudience = "github-webhook-receiver";
constexpr std::chrono::minutes kTokenLifetime{10};
constexpr const char* kIngress = "cerebral-github-listener";
constexpr std::size_t kMaxAnswer = 1024U * 1024U;

struct RebuildOptions {
    ClusterOptions cluster;
    Format format = Format::Text;
    std::vector<std::string> services;
    std::string branch = "main";
    std::string commit;
    std::string reason;
    std::string requestId;
    std::string receiverUrl;
    std::string ingressNamespace = "cerebral-development";
};

/// The Ingress knows where the receiver is.
Result<std::string> findReceiver(kube::KubeClient& client, const RebuildOptions& options) {
    if (!options.receiverUrl.empty()) return options.receiverUrl;
    const auto ingress = client.get(kube::types::kIngresses, options.ingressNamespace, kIngress, {});
    if (!ingress) {
        return fail(ingress.error().kind,
                    "the receiver's URL is not known: " + ingress.error().message + "; give it with --receiver-url");
    }
    const std::string host = textAt(Json::parse(*ingress, nullptr, false), "/spec/rules/0/host");
    if (host.empty()) {
        return fail(ErrorKind::Config, std::string("Ingress ") + kIngress + " names no host; give --receiver-url");
    }
    return "https://" + host + "/";
}

/// A token on an unencrypted line is everybody's.
Result<std::string> rebuildUrl(const std::string& base) {
    auto url = net::Url::parse(base);
    if (!url) return fail(url.error());
    const bool loopback = url->host == "127.0.0.1" || url->host == "::1" || url->host == "localhost";
    if (url->scheme != "https" && !loopback) {
        return fail(ErrorKind::Config, url->authority() + " is not on this machine; use https");
    }
    while (url->path.ends_with('/')) url->path.pop_back();
    url->path += "/rebuild";
    url->query.clear();
    return url->text();
}

Json requestBody(const RebuildOptions& options, const std::string& requestedBy) {
    Json body{{"services", options.services}, {"branch", options.branch}, {"requestId", options.requestId}};
    if (!options.commit.empty()) body["commit"] = options.commit;
    if (!options.reason.empty()) body["reason"] = options.reason;
    if (!requestedBy.empty()) body["requestedBy"] = requestedBy;
    return body;
}

void printAnswer(const Json& answer) {
    const auto runs = answer.find("pipelineRuns");
    if (runs == answer.end() || !runs->is_array() || runs->empty()) return;
    Table table({"SERVICE", "OUTCOME", "RUN"});
    for (const Json& run : *runs) table.add({textAt(run, "/service"), textAt(run, "/outcome"), textAt(run, "/name")});
    table.print(std::cout);
}

int rebuild(RebuildOptions options, const Clock& clock) {
    const auto connection = ClusterConnection::open(options.cluster, clock);
    if (!connection) return reportError(connection.error());
    kube::KubeClient& client = (*connection)->client();
    const auto receiver = findReceiver(client, options);
    if (!receiver) return reportError(receiver.error());
    const auto url = rebuildUrl(*receiver);
    if (!url) return reportError(url.error());
    auto issued = kube::requestToken(client, options.cluster.ns, kAccount, kAudience, kTokenLifetime, {});
    if (!issued) return reportError(issued.error());
    // Who asks is recorded as claimed; a server that cannot say leaves it out.
    const auto self = kube::whoAmI(client, {});
    if (options.requestId.empty()) options.requestId = randomGuid();

    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = *url;
    request.version = net::HttpVersion::Http1;
    request.headers = {{"Content-Type", "application/json"}};
    request.bearerToken = issued->token;
    request.body = requestBody(options, self ? self->username : std::string()).dump();
    request.maxBody = kMaxAnswer;
    net::CurlTransport transport;
    const auto response = transport.send(request, {});
    const std::string again = "; the same request again is safe with --request-id " + options.requestId;
    if (!response) return reportError(response.error().message + again);

    const Json answer = Json::parse(response->body, nullptr, false);
    if (options.format == Format::Json) {
        printJson(answer.is_discarded() ? Json{{"httpStatus", response->status}, {"body", response->body}} : answer);
    } else {
        printAnswer(answer);
    }
    if (response->status >= 200 && response->status < 300) return kOk;
    const std::string reason = textAt(answer, "/reason");
    return reportError("the receiver answered HTTP " + std::to_string(response->status) +
                       (reason.empty() ? std::string() : ": " + reason) + (response->status >= 500 ? again : ""));
}

}  // namespace

Subcommand addRebuild(CLI::App& parent, const Clock& clock) {
    CLI::App* app = parent.add_subcommand("rebuild", "Build services again, through the receiver");
    const auto options = std::make_shared<RebuildOptions>();
    app->add_option("services", options->services, "names, e.g. ai-services")->required()->type_name("SERVICE...");
    app->add_option("--branch", options->branch, "which branch")->type_name("NAME")->capture_default_str();
    app->add_option("--commit", options->commit, "full commit id (default: the last one built)")->type_name("SHA");
    app->add_option("--reason", options->reason, "why, for the others")->type_name("TEXT");
    app->add_option("--request-id", options->requestId, "the same id never builds twice (default: a new one)")
        ->type_name("ID");
    app->add_option("--receiver-url", options->receiverUrl, "the receiver (default: the Ingress's host)")
        ->type_name("URL");
    app->add_option("--ingress-namespace", options->ingressNamespace, "where that Ingress is")
        ->type_name("NAMESPACE")
        ->capture_default_str();
    addClusterOptions(*app, options->cluster);
    addOutputOption(*app, options->format);
    app->footer(
        "Asks the cluster for a token of the ServiceAccount rebuild-trigger, good for ten minutes and for the\n"
        "receiver alone. Who may have one is the cluster's decision (RBAC: create serviceaccounts/token).");
    return {app, [options, &clock] { return rebuild(*options, clock); }};
}

}  // namespace cerebral::ctl
