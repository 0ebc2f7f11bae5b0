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
#include "core/net/curl_transport.h"
#include "core/rebuild/rebuild_client.h"

namespace cerebral::ctl {
namespace {

using Json = nlohmann::ordered_json;

struct RebuildOptions {
    ClusterOptions cluster;
    Format format = Format::Text;
    rebuild::Order order;
    rebuild::Receiver receiver;
};

void printAnswer(const Json& answer) {
    const auto runs = answer.find("pipelineRuns");
    if (runs == answer.end() || !runs->is_array() || runs->empty()) return;
    Table table({"SERVICE", "OUTCOME", "RUN"});
    for (const Json& run : *runs) table.add({textAt(run, "/service"), textAt(run, "/outcome"), textAt(run, "/name")});
    table.print(std::cout);
}

int run(RebuildOptions options, const Clock& clock) {
    const auto connection = ClusterConnection::open(options.cluster, clock);
    if (!connection) return reportError(connection.error());
    if (options.order.requestId.empty()) options.order.requestId = randomGuid();
    options.receiver.ns = options.cluster.ns;
    options.receiver.hint = "give it with --receiver-url";
    const auto request = rebuild::prepare((*connection)->client(), options.receiver, options.order, {});
    if (!request) return reportError(request.error());
    net::CurlTransport transport;
    const auto response = transport.send(*request, {});
    const std::string again = "; the same request again is safe with --request-id " + options.order.requestId;
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
    options->order.branch = "main";
    app->add_option("services", options->order.services, "names, e.g. ai-services")
        ->required()
        ->type_name("SERVICE...");
    app->add_option("--branch", options->order.branch, "which branch")->type_name("NAME")->capture_default_str();
    app->add_option("--commit", options->order.commit, "full commit id (default: the last one built)")
        ->type_name("SHA");
    app->add_option("--reason", options->order.reason, "why, for the others")->type_name("TEXT");
    app->add_option("--request-id", options->order.requestId, "the same id never builds twice (default: a new one)")
        ->type_name("ID");
    app->add_option("--receiver-url", options->receiver.url, "the receiver (default: the Ingress's host)")
        ->type_name("URL");
    app->add_option("--ingress-namespace", options->receiver.ingressNamespace, "where that Ingress is")
        ->type_name("NAMESPACE")
        ->capture_default_str();
    addClusterOptions(*app, options->cluster);
    addOutputOption(*app, options->format);
    app->footer(
        "Asks the cluster for a token of the ServiceAccount rebuild-trigger, good for ten minutes and for the\n"
        "receiver alone. Who may have one is the cluster's decision (RBAC: create serviceaccounts/token).");
    return {app, [options, &clock] { return run(*options, clock); }};
}

}  // namespace cerebral::ctl
