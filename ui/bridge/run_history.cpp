#include "ui/bridge/run_history.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/analysis/explain.h"
#include "core/analysis/line_level.h"
#include "core/history/record_run.h"
#include "core/kube/store.h"
#include "core/pipeline/json_yaml.h"
#include "core/tekton/decode.h"
#include "core/tekton/run_labels.h"

namespace cerebral::ui {
namespace {

constexpr int kLastRuns = 20;
constexpr int kSeenDays = 90;
/// Runs with the same error that are named.
constexpr std::size_t kMostSeen = 12;

std::unique_ptr<history::HistoryReader> readerOf(RunServices& services) {
    if (services.history() == nullptr) return nullptr;
    auto reader = services.history()->reader();
    return reader ? std::move(*reader) : nullptr;
}

history::RunFilter sameService(RunServices& services, const tekton::PipelineRun& run) {
    history::RunFilter filter;
    filter.cluster = services.clusterName();
    filter.service = run.meta.label(tekton::labels::kService);
    return filter;
}

std::optional<analysis::RunFacts> factsOfGreen(RunServices& services, history::HistoryReader* reader,
                                               const FailureQuestion& question) {
    const auto inCluster = [&](const RunObject& run) {
        return history::factsOf(history::recordOf(*run, services.clusterName()));
    };
    const std::string service = question.run->meta.label(tekton::labels::kService);
    const auto inHistory = [&](const std::string& onBranch) -> std::optional<analysis::RunFacts> {
        if (reader == nullptr || service.empty()) return std::nullopt;
        const auto found = reader->lastGreenBefore(services.clusterName(), service, onBranch,
                                                   question.run->meta.creationTimestamp.value_or(WallTime{}));
        if (!found || !*found) return std::nullopt;
        return history::factsOf(**found);
    };
    if (question.greenOnBranch) return inCluster(question.greenOnBranch);
    if (const std::string branch = question.run->meta.label(tekton::labels::kBranch); !branch.empty()) {
        if (auto kept = inHistory(branch)) return kept;
    }
    // Of another branch it is better than nothing.
    return question.green ? inCluster(question.green) : inHistory({});
}

void addSightings(RunServices& services, history::HistoryReader& reader, const std::string& fingerprint,
                  const FailureQuestion& question, analysis::FailureCard& card) {
    history::RunFilter filter;
    filter.cluster = services.clusterName();
    filter.from = services.clock().now() - std::chrono::hours(24 * kSeenDays);
    const auto sightings = reader.sightings(filter, fingerprint);
    if (!sightings) return;
    const bool thisToo = std::any_of(sightings->begin(), sightings->end(), [&](const history::Sighting& sighting) {
        return sighting.runUid == question.run->meta.uid;
    });
    analysis::Seen seen;
    seen.times = static_cast<int>(sightings->size()) + (thisToo ? 0 : 1);
    seen.days = kSeenDays;
    if (!sightings->empty()) {
        seen.first = sightings->back().at;
        seen.firstService = sightings->back().service;
    }
    for (const history::Sighting& sighting : *sightings) {
        if (sighting.runUid != question.run->meta.uid && seen.others.size() < kMostSeen)
            seen.others.push_back({sighting.runUid, sighting.runName, sighting.service, sighting.at});
    }
    if (seen.times > 1) card.seen = std::move(seen);
}

/// Of a run whose TaskRuns are gone: where it failed, as it was kept when they were there.
void addKeptError(history::HistoryReader& reader, analysis::FailureCard& card, const std::string& runUid) {
    auto kept = reader.firstErrors(runUid);
    if (!kept || kept->empty()) return;
    history::FirstErrorRecord& error = kept->front();
    card.task = std::move(error.task);
    card.step = std::move(error.step);
    card.explanation = std::move(error.explanation);
    if (error.excerpt.empty()) return;
    analysis::Excerpt excerpt;
    excerpt.firstNumber = static_cast<std::size_t>(error.excerptFirst);
    excerpt.errorNumber = static_cast<std::size_t>(error.errorNumber);
    excerpt.totalLines = static_cast<std::size_t>(error.totalLines);
    excerpt.lines = std::move(error.excerpt);
    if (excerpt.errorNumber < excerpt.firstNumber ||
        excerpt.errorNumber - excerpt.firstNumber >= excerpt.lines.size()) {
        return;
    }
    card.byLevel = analysis::lineLevel(excerpt.errorLine()) == analysis::LineLevel::Error;
    card.excerpt = std::move(excerpt);
}

/// Fetches the TaskRuns of these runs and hands both to the history.
void backfill(RunServices& services, const std::vector<RunObject>& runs, std::stop_token stop) {
    if (runs.empty()) return;
    std::string names;
    for (const RunObject& run : runs) names.append(names.empty() ? "" : ",").append(run->meta.name);
    kube::ListOptions options;
    options.labelSelector = std::string(tekton::kPipelineRunLabel) + " in (" + names + ")";
    const auto list = services.client().list(kube::types::kTaskRuns, runs.front()->meta.ns, options, stop);
    if (!list) return;
    kube::Store<tekton::TaskRun> store;
    const auto sink = tekton::makeTaskRunSink(store);
    if (!sink->addPage(*list, false)) return;
    sink->commitList();
    const auto taskRuns = store.snapshot();
    for (const RunObject& run : runs) {
        history::RunRecord record = history::recordOf(*run, services.clusterName());
        for (const auto& taskRun : taskRuns) {
            if (taskRun->pipelineRunName() != run->meta.name) continue;
            for (history::TaskRecord& task : history::recordsOf(*taskRun)) record.tasks.push_back(std::move(task));
        }
        services.history()->record(std::move(record));
    }
    static_cast<void>(services.history()->flush());  // refused ones are missing below, that is all
}

int tasksBehind(const history::DurationProfile& profile) {
    int count = 0;
    for (const history::TaskProfile& task : profile.tasks) count = std::max(count, task.run.count);
    return count;
}

}  // namespace

analysis::FailureCard answerFailure(RunServices& services, const FailureQuestion& question) {
    const tekton::PipelineRun& run = *question.run;
    analysis::FailureCard card;
    card.service = run.meta.label(tekton::labels::kService);
    card.branch = run.meta.label(tekton::labels::kBranch);
    card.commit = run.meta.label(tekton::labels::kCommit);
    card.commitMessage = run.meta.annotation(tekton::labels::kMessage);
    card.run = run.meta.name;
    card.task = question.task;
    card.step = question.step;
    card.after = question.after;
    card.pod = question.pod;
    card.events = question.events;
    card.logProblem = question.logProblem;
    card.eventsProblem = question.eventsProblem;
    card.link = question.link;
    card.explanation =
        question.step.empty() || question.stoppedByRun
            ? analysis::explainReason(question.reason, question.message)
            : analysis::explainStepEnd({question.exitCode, question.reason, question.message, question.memoryLimit});
    // Nothing but its colour is known.
    if (card.explanation.empty() && !card.task.empty()) card.explanation = "failed";
    const auto reader = readerOf(services);
    if (auto error = analysis::analyseStepLog(question.log, analysis::Timestamps::Absent, question.firstNumber)) {
        card.byLevel = error->byLevel;
        if (reader) addSightings(services, *reader, error->fingerprint, question, card);
        card.excerpt = std::move(error->excerpt);
    }
    if (reader && question.step.empty()) addKeptError(*reader, card, run.meta.uid);
    if (const auto green = factsOfGreen(services, reader.get(), question)) {
        card.differences =
            analysis::differencesOf(*green, history::factsOf(history::recordOf(run, services.clusterName())));
    } else {
        card.firstRun = reader != nullptr;
    }
    return card;
}

std::optional<history::DurationProfile> usualDurations(RunServices& services, const tekton::PipelineRun& run,
                                                       const std::vector<RunObject>& greens, std::stop_token stop) {
    const auto reader = readerOf(services);
    if (!reader) return std::nullopt;
    const history::RunFilter filter = sameService(services, run);
    auto profile = reader->durations(filter, kLastRuns);
    if (!profile) return std::nullopt;
    const std::size_t wanted = std::min<std::size_t>(kLastRuns, greens.size());
    if (static_cast<std::size_t>(tasksBehind(*profile)) < wanted && !stop.stop_requested()) {
        backfill(services,
                 std::vector<RunObject>(greens.begin(), greens.begin() + static_cast<std::ptrdiff_t>(wanted)), stop);
        profile = reader->durations(filter, kLastRuns);
        if (!profile) return std::nullopt;
    }
    return std::move(*profile);
}

std::optional<KeptLog> keptLog(RunServices& services, const std::string& runUid, const std::string& task,
                               const std::string& step) {
    const auto reader = readerOf(services);
    if (!reader) return std::nullopt;
    const auto found = reader->stepLog(runUid, task, step);
    if (!found || !*found) return std::nullopt;
    return KeptLog{(*found)->bytes, (*found)->firstNumber, (*found)->totalLines};
}

std::optional<history::RunRecord> keptRun(RunServices& services, const std::string& runUid) {
    const auto reader = readerOf(services);
    if (!reader) return std::nullopt;
    auto found = reader->run(runUid);
    return found ? std::move(*found) : std::nullopt;
}

std::vector<history::FirstErrorRecord> keptErrors(RunServices& services, const std::vector<std::string>& runUids) {
    std::vector<history::FirstErrorRecord> found;
    const auto reader = readerOf(services);
    if (!reader) return found;
    for (const std::string& uid : runUids) {
        auto errors = reader->firstErrors(uid);
        if (errors && !errors->empty()) found.push_back(std::move(errors->front()));
    }
    return found;
}

Result<std::string> objectYaml(RunServices& services, const kube::ResourceType& type, const std::string& ns,
                               const std::string& name, std::stop_token stop) {
    auto json = services.client().get(type, ns, name, stop);
    if (!json) return json;
    // Nobody reads managedFields, and they are half of the object.
    auto object = nlohmann::ordered_json::parse(*json, nullptr, false);
    if (object.is_discarded()) return fail(ErrorKind::Malformed, name + ": the server's answer is no JSON");
    if (object.contains("metadata") && object["metadata"].is_object()) object["metadata"].erase("managedFields");
    return pipeline::yamlFromJson(object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace cerebral::ui
