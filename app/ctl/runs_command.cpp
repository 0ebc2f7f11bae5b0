#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/ctl/cluster_connection.h"
#include "app/ctl/duration_text.h"
#include "app/ctl/list_all.h"
#include "app/ctl/output.h"
#include "app/ctl/subcommand.h"
#include "app/ctl/table.h"
#include "core/base/time_format.h"
#include "core/tekton/decode.h"
#include "core/tekton/run_labels.h"

namespace cerebral::ctl {
namespace {

using Json = nlohmann::ordered_json;
using tekton::PipelineRun;
using RunPtr = kube::ObjectPtr<PipelineRun>;

constexpr std::size_t kShownCommit = 8;

struct RunsOptions {
    ClusterOptions cluster;
    Format format = Format::Text;
    std::string service;
    std::string state;
    std::size_t limit = 50;
};

/// Runs made by other hands carry no labels; their parameters may still say it.
std::string serviceOf(const PipelineRun& run) {
    const std::string label = run.meta.label(tekton::labels::kService);
    return label.empty() ? run.param("deployment") : label;
}

std::string branchOf(const PipelineRun& run) {
    const std::string param = run.param("branch");
    return param.empty() ? run.meta.label(tekton::labels::kBranch) : param;
}

std::string commitOf(const PipelineRun& run) {
    const std::string label = run.meta.label(tekton::labels::kCommit);
    return label.empty() ? run.param("revision") : label;
}

std::string progressOf(const PipelineRun& run) {
    const auto progress = run.progress();
    if (!progress) return {};
    const int done = progress->completed + progress->skipped;
    return std::to_string(done) + "/" + std::to_string(done + progress->incomplete);
}

std::string durationOf(const PipelineRun& run, WallTime now) {
    if (!run.startTime) return {};
    return durationText(run.completionTime.value_or(now) - *run.startTime);
}

Json toJson(const PipelineRun& run) {
    Json json{{"name", run.meta.name},
              {"namespace", run.meta.ns},
              {"state", tekton::toString(run.state())},
              {"reason", run.reason},
              {"message", run.message},
              {"service", serviceOf(run)},
              {"branch", branchOf(run)},
              {"commit", commitOf(run)},
              {"trigger", run.meta.label(tekton::labels::kTrigger)},
              {"delivery", run.meta.annotation(tekton::labels::kDelivery)}};
    const auto time = [&](const char* key, const std::optional<WallTime>& at) {
        json[key] = at ? Json(formatRfc3339(*at)) : Json(nullptr);
    };
    time("created", run.meta.creationTimestamp);
    time("started", run.startTime);
    time("completed", run.completionTime);
    return json;
}

void printTable(const std::vector<RunPtr>& runs, WallTime now) {
    Table table({"STATE", "SERVICE", "BRANCH", "COMMIT", "TASKS", "AGE", "DURATION", "NAME"});
    for (const RunPtr& run : runs) {
        const auto created = run->meta.creationTimestamp;
        table.add({tekton::toString(run->state()), serviceOf(*run), branchOf(*run),
                   commitOf(*run).substr(0, kShownCommit), progressOf(*run),
                   created ? durationText(now - *created) : std::string(), durationOf(*run, now), run->meta.name});
    }
    table.print(std::cout);
}

int showRuns(const RunsOptions& options, const Clock& clock) {
    const auto connection = ClusterConnection::open(options.cluster, clock);
    if (!connection) return reportError(connection.error());
    const std::string selector =
        options.service.empty() ? std::string() : std::string(tekton::labels::kService) + "=" + options.service;
    auto runs = listAll<PipelineRun>((*connection)->client(), kube::types::kPipelineRuns, options.cluster.ns,
                                     selector, tekton::makePipelineRunSink);
    if (!runs) return reportError(runs.error());
    std::erase_if(*runs, [&](const RunPtr& run) {
        return !options.state.empty() && options.state != tekton::toString(run->state());
    });
    std::sort(runs->begin(), runs->end(), [](const RunPtr& a, const RunPtr& b) {
        return a->meta.creationTimestamp != b->meta.creationTimestamp
                   ? a->meta.creationTimestamp > b->meta.creationTimestamp
                   : a->meta.name < b->meta.name;
    });
    const std::size_t found = runs->size();
    if (options.limit > 0 && found > options.limit) runs->resize(options.limit);

    if (options.format == Format::Json) {
        Json all = Json::array();
        for (const RunPtr& run : *runs) all.push_back(toJson(*run));
        printJson(all);
        return kOk;
    }
    if (runs->empty()) {
        std::cerr << "No PipelineRuns in namespace " << options.cluster.ns << ".\n";
        return kOk;
    }
    printTable(*runs, clock.now());
    if (found > runs->size()) std::cerr << found - runs->size() << " older ones not shown (--limit 0 shows all).\n";
    return kOk;
}

}  // namespace

Subcommand addRuns(CLI::App& parent, const Clock& clock) {
    CLI::App* app = parent.add_subcommand("runs", "List PipelineRuns, newest first");
    const auto options = std::make_shared<RunsOptions>();
    addClusterOptions(*app, options->cluster);
    addOutputOption(*app, options->format);
    app->add_option("--service", options->service, "only this service's")->type_name("NAME");
    app->add_option("--state", options->state, "only these: pending, running, succeeded, failed, cancelled …")
        ->type_name("STATE");
    app->add_option("--limit", options->limit, "at most so many; 0: all")->type_name("N")->capture_default_str();
    return {app, [options, &clock] { return showRuns(*options, clock); }};
}

}  // namespace cerebral::ctl
