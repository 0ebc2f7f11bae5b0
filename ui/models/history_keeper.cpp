#include "ui/models/history_keeper.h"

#include "core/analysis/explain.h"
#include "core/analysis/first_error.h"
#include "core/history/record_run.h"
#include "core/net/url.h"
#include "ui/bridge/run_history.h"
#include "ui/models/run_detail.h"

namespace cerebral::ui {
namespace {

constexpr int kAfterEndMs = 1500;
constexpr int kMostAtOnce = 100;
constexpr int kBetweenMs = 20;
/// New runs in one batch, of which only a list that is being read brings as many: what shows them has the CPU first.
constexpr std::size_t kPartOfAList = 25;
/// Of a log that is kept; its first error must be in this part of it.
constexpr const char* kMostLogBytes = "8388608";

journey::FailurePoint pointAt(std::string task, std::string step, std::optional<int> exitCode) {
    journey::FailurePoint point;
    point.task = std::move(task);
    point.step = std::move(step);
    point.exitCode = exitCode;
    return point;
}

}  // namespace

HistoryKeeper::HistoryKeeper(RunServices& services, RunSet& runs, const ClusterObjects& objects, QObject* parent)
    : QObject(parent), services_(services), runs_(runs), objects_(objects) {
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &HistoryKeeper::work);
}

HistoryKeeper::~HistoryKeeper() = default;

void HistoryKeeper::begin() {
    if (services_.history() == nullptr) return;
    connect(&runs_, &RunSet::changed, this, qOverload<const RunBatch&>(&HistoryKeeper::note));
    connect(&runs_, &RunSet::cleared, this, &HistoryKeeper::forget);
    runs_.forEach([this](const RunRow& row) { note(row); });
    if (!waiting_.empty()) later_.start(kAfterEndMs);
}

void HistoryKeeper::note(const RunRow& row) {
    if (!row.finished() || seen_.contains(row.uid)) return;
    seen_.insert(row.uid);
    waiting_.push_back(row.uid);
    if (row.state == tekton::RunState::Failed) unexplained_.push_back(row.uid.toStdString());
}

void HistoryKeeper::note(const RunBatch& batch) {
    for (const auto* rows : {&batch.added, &batch.updated}) {
        for (const RunRow* row : *rows) note(*row);
    }
    if (waiting_.empty()) return;
    if (batch.added.size() >= kPartOfAList || !later_.isActive()) later_.start(kAfterEndMs);
}

void HistoryKeeper::forget() {
    background_.cancel();
    later_.stop();
    waiting_.clear();
    seen_.clear();
    failed_.clear();
    unexplained_.clear();
    reading_ = false;
}

void HistoryKeeper::askFailures() {
    if (unexplained_.empty()) return;
    background_.run([&services = services_, uids = std::exchange(unexplained_, {})](
                        const std::stop_token&) { return keptErrors(services, uids); },
                    [this](const std::vector<history::FirstErrorRecord>& errors) {
                        QHash<QString, journey::FailurePoint> failures;
                        for (const history::FirstErrorRecord& error : errors) {
                            failures.insert(QString::fromStdString(error.runUid),
                                            pointAt(error.task, error.step, error.exitCode));
                        }
                        runs_.applyFailures(failures);
                    });
}

void HistoryKeeper::work() {
    askFailures();
    for (int i = 0; i < kMostAtOnce && !waiting_.empty(); ++i) {
        if (const RunRow* row = runs_.find(waiting_.front())) keep(*row);
        waiting_.pop_front();
    }
    if (!waiting_.empty()) later_.start(kBetweenMs);
    readNext();
}

void HistoryKeeper::keep(const RunRow& row) {
    history::RunRecord record = history::recordOf(*row.run, services_.clusterName());
    const auto taskRuns = objects_.taskRunsOf(*row.run);
    for (const auto& taskRun : taskRuns) {
        for (history::TaskRecord& task : history::recordsOf(*taskRun)) record.tasks.push_back(std::move(task));
    }
    services_.history()->record(std::move(record));
    if (row.state != tekton::RunState::Failed && row.state != tekton::RunState::TimedOut) return;
    const RunDetail detail = makeRunDetail(row.run, taskRuns, {}, {});
    if (detail.failedStep < 0) return;
    const StepDetail& step = *detail.focusStep();
    runs_.applyFailures({{row.uid, pointAt(step.task.toStdString(), step.name.toStdString(), step.exitCode)}});
    if (!step.pod.empty()) {
        failed_.push_back({row.run, step.task.toStdString(), step.name.toStdString(), step.pod, step.container,
                           step.exitCode, step.reason});
    }
}

void HistoryKeeper::readNext() {
    if (reading_ || failed_.empty()) return;
    reading_ = true;
    const FailedStep step = std::move(failed_.front());
    failed_.pop_front();
    background_.run(
        [&services = services_, step](const std::stop_token& stop) {
            const std::string path =
                kube::objectPath(kube::types::kPods, step.run->meta.ns, step.pod) + "/log?" +
                net::buildQuery(
                    {{"container", step.container}, {"timestamps", "true"}, {"limitBytes", kMostLogBytes}});
            const auto log = services.client().raw(net::Method::Get, path, {}, stop);
            if (!log) return false;
            history::StepLogRecord tail = history::tailOf(*log, {});
            tail.runUid = step.run->meta.uid;
            tail.task = step.task;
            tail.step = step.step;
            services.history()->record(std::move(tail));
            if (const auto error = analysis::analyseStepLog(*log, analysis::Timestamps::Present)) {
                services.history()->record(
                    history::recordOf(*error, step.run->meta.uid, step.task, step.step, step.exitCode,
                                      analysis::explainStepEnd({step.exitCode, step.reason, {}, {}})));
            }
            return true;
        },
        [this, uid = QString::fromStdString(step.run->meta.uid)](bool kept) {
            reading_ = false;
            if (kept) emit failureKept(uid);
            readNext();
        });
}

}  // namespace cerebral::ui
