#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

#include "app/ctl/cluster_connection.h"
#include "app/ctl/list_all.h"
#include "app/ctl/log_printer.h"
#include "app/ctl/subcommand.h"
#include "core/net/url.h"
#include "core/tekton/decode.h"
#include "core/tekton/run_tasks.h"

namespace cerebral::ctl {
namespace {

struct LogsOptions {
    ClusterOptions cluster;
    Format format = Format::Text;
    std::string run;
    std::string task;
    std::string step;
    bool follow = false;
    bool timestamps = false;
};

struct Part {
    kube::LogTarget target;
    LogSource source;
};

/// What is known of the run now.
struct RunParts {
    std::vector<Part> parts;  ///< in step order
    bool finished = false;
};

class RunLogs {
public:
    RunLogs(kube::KubeClient& client, const LogsOptions& options, Clock& clock)
        : client_(client),
          options_(options),
          clock_(clock),
          printer_(options.format, options.timestamps, ::isatty(STDOUT_FILENO) == 1) {}

    Result<bool> print();

private:
    Result<RunParts> look();
    void addSteps(const std::string& task, const std::string& pod, const std::vector<tekton::Step>& steps,
                  RunParts& parts) const;
    Result<bool> readOnce(const Part& part);
    Result<bool> follow(const Part& part);

    kube::KubeClient& client_;
    const LogsOptions& options_;
    Clock& clock_;
    LogPrinter printer_;
    std::set<std::string> printed_;
};

void RunLogs::addSteps(const std::string& task, const std::string& pod, const std::vector<tekton::Step>& steps,
                       RunParts& parts) const {
    if (pod.empty()) return;
    for (const tekton::Step& step : steps) {
        if (!options_.step.empty() && options_.step != step.name) continue;
        // Steps behind a failed one never ran: there is nothing to read.
        if (step.state() == tekton::StepState::Skipped) continue;
        parts.parts.push_back({{options_.cluster.ns, pod, step.container}, {task, step.name}});
    }
}

Result<RunParts> RunLogs::look() {
    const auto body = client_.get(kube::types::kPipelineRuns, options_.cluster.ns, options_.run, {});
    if (!body) return fail(body.error());
    const auto run = tekton::decodePipelineRun(*body);
    if (!run) return fail(run.error());
    const auto taskRuns = listAll<tekton::TaskRun>(client_, kube::types::kTaskRuns, options_.cluster.ns,
                                                   std::string(tekton::kPipelineRunLabel) + "=" + options_.run,
                                                   tekton::makeTaskRunSink);
    if (!taskRuns) return fail(taskRuns.error());
    RunParts parts;
    parts.finished = tekton::isFinished(run->state());
    for (const tekton::RunTask& task : tekton::runTasks(*run, *taskRuns)) {
        if (!options_.task.empty() && options_.task != task.name) continue;
        for (const auto& taskRun : task.taskRuns) {
            for (const auto& attempt : taskRun->retries) addSteps(task.name, attempt.podName, attempt.steps, parts);
            addSteps(task.name, taskRun->podName, taskRun->steps, parts);
        }
    }
    return parts;
}

Result<bool> RunLogs::readOnce(const Part& part) {
    const std::string path = kube::objectPath(kube::types::kPods, part.target.ns, part.target.pod) + "/log?" +
                             net::buildQuery({{"container", part.target.container}, {"timestamps", "true"}});
    printer_.onBegin(part.target);
    kube::LogLineReader reader;
    bool readable = true;
    const auto onLine = [&](std::string_view line) {
        readable = printer_.onLine(kube::parseLogLine(line));
        return readable;
    };
    const auto end = client_.streamRaw(path, net::HttpVersion::Http1, std::chrono::seconds(60),
                                       [&](std::string_view chunk) { return reader.feed(chunk, onLine); }, {});
    if (readable && end) (void)reader.finish(onLine);
    // A container that has not started has no log yet, which is no failure.
    if (!end && end.error().kind == ErrorKind::Invalid) return readable;
    if (!end) {
        const bool gone = end.error().kind == ErrorKind::NotFound;
        printer_.onEnd(part.target, gone ? Result<kube::LogEnd>(kube::LogEnd::PodGone) : fail(end.error()));
    }
    return readable;
}

Result<bool> RunLogs::follow(const Part& part) {
    kube::LogFollower follower(client_, clock_, static_cast<std::uint64_t>(::getpid()));
    const auto end = kube::followRun(follower, {&part.target, 1}, {}, printer_, {});
    if (!end) return fail(end.error());
    return *end != kube::LogEnd::Stopped;
}

Result<bool> RunLogs::print() {
    constexpr std::chrono::milliseconds kBetweenLooks{1000};
    while (true) {
        const auto parts = look();
        if (!parts) return fail(parts.error());
        bool news = false;
        for (const Part& part : parts->parts) {
            if (!printed_.insert(part.target.pod + "/" + part.target.container).second) continue;
            news = true;
            printer_.name(part.target, part.source);
            const auto readable = options_.follow ? follow(part) : readOnce(part);
            if (!readable) return readable;
            if (!*readable) return !printer_.failed();
        }
        if (!options_.follow || (parts->finished && !news)) break;
        // The next TaskRun is made a moment after the one before has ended.
        if (!news) (void)clock_.waitFor(kBetweenLooks, {});
    }
    if (printed_.empty()) std::cerr << "No step of " << options_.run << " has a log.\n";
    return !printer_.failed();
}

int showLogs(const LogsOptions& options, Clock& clock) {
    const auto connection = ClusterConnection::open(options.cluster, clock);
    if (!connection) return reportError(connection.error());
    const auto complete = RunLogs((*connection)->client(), options, clock).print();
    if (!complete) return reportError(complete.error());
    return *complete ? kOk : kFailed;
}

}  // namespace

Subcommand addLogs(CLI::App& parent, Clock& clock) {
    CLI::App* app = parent.add_subcommand("logs", "The whole log of a PipelineRun, in step order");
    const auto options = std::make_shared<LogsOptions>();
    app->add_option("run", options->run, "the PipelineRun's name")->required()->type_name("RUN");
    app->add_option("--task", options->task, "only this task's")->type_name("NAME");
    app->add_option("--step", options->step, "only this step's")->type_name("NAME");
    app->add_flag("-f,--follow", options->follow, "wait for what is still to come, until the run has ended");
    app->add_flag("--timestamps", options->timestamps, "the node's time before each line");
    addClusterOptions(*app, options->cluster);
    addOutputOption(*app, options->format);
    app->footer("With --output json every line is one JSON object. Earlier attempts of a retried task come first.");
    return {app, [options, &clock] { return showLogs(*options, clock); }};
}

}  // namespace cerebral::ctl
