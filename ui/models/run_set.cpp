#include "ui/models/run_set.h"

#include <algorithm>

#include "ui/models/format.h"
#include "ui/models/push_text.h"

namespace cerebral::ui {
namespace {
constexpr std::size_t kMedianOf = 20;
constexpr std::size_t kLeastForMedian = 5;
/// Fewer are freed sooner than handed on.
constexpr std::size_t kWorthAThread = 16;

/// Empty: none.
std::string runningStep(const tekton::TaskRun& task) {
    if (task.state() != tekton::TaskState::Running) return {};
    const auto step = std::find_if(task.steps.begin(), task.steps.end(), [](const tekton::Step& each) {
        return each.state() == tekton::StepState::Running;
    });
    return step == task.steps.end() ? std::string() : step->name;
}
}  // namespace

RunSet::RunSet(QObject* parent) : QObject(parent) {
    freeing_.setMaxThreadCount(1);
}
RunSet::~RunSet() = default;

void RunSet::remember(const RunRow& row) {
    if (row.state != tekton::RunState::Succeeded || row.startedMs == 0 || row.completedMs == 0) return;
    auto& last = durations_[row.service];
    last.emplace(row.completedMs, row.completedMs - row.startedMs);
    if (last.size() > kMedianOf) last.erase(last.begin());
}

void RunSet::keepScale(const RunRow& row) {
    const bool well = row.state == tekton::RunState::Succeeded || row.state == tekton::RunState::Completed;
    if (!row.finished() || well || stopped_.contains(row.uid)) return;
    stopped_.insert(row.uid, medianMs(row.service));
}

void RunSet::apply(const RunChanges& changes) {
    RunBatch batch;
    std::vector<std::unique_ptr<RunRow>> gone;
    std::vector<RunPtr> replaced;

    for (const auto& run : changes.removed) {
        const auto it = rows_.find(QString::fromStdString(run->meta.uid));
        if (it == rows_.end()) continue;
        places_.remove(it->first);
        stopped_.remove(it->first);
        --counter(*it->second);
        batch.removed.push_back(it->second.get());
        gone.push_back(std::move(it->second));
        rows_.erase(it);
    }
    const auto upsert = [&](const RunPtr& run) {
        auto [it, fresh] = rows_.try_emplace(QString::fromStdString(run->meta.uid));
        if (fresh) {
            it->second = std::make_unique<RunRow>();
            it->second->uid = it->first;
            batch.added.push_back(it->second.get());
        } else {
            --counter(*it->second);
            replaced.push_back(std::move(it->second->run));
            batch.updated.push_back(it->second.get());
        }
        describe(*it->second, run);
        remember(*it->second);
    };
    for (const auto& run : changes.added) upsert(run);
    for (const auto& run : changes.updated) upsert(run);
    // Once the medians know all that ended together.
    for (const auto* some : {&batch.added, &batch.updated}) {
        for (const RunRow* row : *some) keepScale(*row);
    }
    if (!batch.added.empty() || !batch.updated.empty() || !batch.removed.empty()) emit changed(batch);
    letGo(std::move(replaced));
}

void RunSet::letGo(std::vector<RunPtr> replaced) {
    // This is the last owner of most of them, and in a storm freeing their parts took as long as all else here.
    if (replaced.size() < kWorthAThread) return;
    freeing_.start([held = std::make_shared<std::vector<RunPtr>>(std::move(replaced))] { held->clear(); });
}

std::optional<RunSet::Known> RunSet::knownOf(const journey::ServiceJourney& service) {
    if (service.runState == tekton::RunState::Stuck && service.stuck)
        return Known{true, fromUtf8(service.stuck->reason)};
    if (service.runState != tekton::RunState::Failed || !service.failure) return std::nullopt;
    return knownOf(*service.failure);
}

std::optional<RunSet::Known> RunSet::knownOf(const journey::FailurePoint& failure) {
    if (failure.step.empty()) return std::nullopt;
    return Known{false, QStringLiteral("Failed: ") + failureWords(failure).join(QStringLiteral(", "))};
}

int& RunSet::counter(const RunRow& row) {
    return counts_[static_cast<std::size_t>(row.state)];
}

void RunSet::describe(RunRow& row, const RunPtr& run) {
    row = makeRunRow(run, std::move(row.uid), texts_);
    mark(row);
    ++counter(row);
}

void RunSet::mark(RunRow& row) const {
    if (row.state == tekton::RunState::Running) {
        if (const auto place = places_.constFind(row.uid); place != places_.cend())
            row.reason = QStringLiteral("step ") + place->front().step;
    }
    const auto known = known_.constFind(row.uid);
    if (known == known_.cend()) return;
    if (!known->stuck) {
        if (row.state == tekton::RunState::Failed) row.reason = known->reason;
        return;
    }
    if (row.state != tekton::RunState::Running) return;
    row.state = tekton::RunState::Stuck;
    row.reason = known->reason;
    std::replace(row.cells.begin(), row.cells.end(), CellState::Active, CellState::Stuck);
}

void RunSet::applyPushes(const journey::PushChanges& changes) {
    RunBatch batch;
    for (const journey::PushPtr& push : changes.changed) {
        for (const journey::ServiceJourney& service : push->services) {
            const QString uid = QString::fromStdString(service.runUid);
            const std::optional<Known> known = knownOf(service);
            const auto before = known_.constFind(uid);
            if (before == known_.cend() ? !known : known == *before) continue;
            if (known) {
                known_.insert(uid, *known);
            } else {
                known_.remove(uid);
            }
            describeAgain(uid, batch);
        }
    }
    if (!batch.updated.empty()) emit changed(batch);
}

void RunSet::applyFailures(const QHash<QString, journey::FailurePoint>& failures) {
    RunBatch batch;
    for (auto failure = failures.cbegin(); failure != failures.cend(); ++failure) {
        const std::optional<Known> known = knownOf(*failure);
        if (!known || known_.contains(failure.key())) continue;
        known_.insert(failure.key(), *known);
        describeAgain(failure.key(), batch);
    }
    if (!batch.updated.empty()) emit changed(batch);
}

void RunSet::applyTaskRuns(const TaskRunChanges& changes) {
    RunBatch batch;
    for (const auto& task : changes.removed) moveTo(*task, {}, batch);
    for (const auto* some : {&changes.added, &changes.updated}) {
        for (const auto& task : *some) moveTo(*task, runningStep(*task), batch);
    }
    if (!batch.updated.empty()) emit changed(batch);
}

void RunSet::moveTo(const tekton::TaskRun& task, const std::string& step, RunBatch& batch) {
    if (step.empty() && places_.isEmpty()) return;
    const QString uid = QString::fromStdString(task.pipelineRunUid());
    if (uid.isEmpty() || (step.empty() && !places_.contains(uid))) return;
    std::vector<Place>& places = places_[uid];
    const QString before = places.empty() ? QString() : places.front().step;
    const auto place =
        std::find_if(places.begin(), places.end(), [&](const Place& each) { return each.taskRun == task.meta.uid; });
    if (place == places.end()) {
        if (!step.empty()) places.push_back({task.meta.uid, fromUtf8(step)});
    } else if (step.empty()) {
        places.erase(place);
    } else {
        place->step = fromUtf8(step);
    }
    const QString now = places.empty() ? QString() : places.front().step;
    if (places.empty()) places_.remove(uid);
    if (now != before) describeAgain(uid, batch);
}

void RunSet::describeAgain(const QString& uid, RunBatch& batch) {
    const auto it = rows_.find(uid);
    if (it == rows_.end()) return;
    --counter(*it->second);
    describe(*it->second, it->second->run);
    batch.updated.push_back(it->second.get());
}

void RunSet::clear() {
    known_.clear();
    places_.clear();
    stopped_.clear();
    rows_.clear();
    counts_.fill(0);
    durations_.clear();
    emit cleared();
}

const RunRow* RunSet::find(const QString& uid) const {
    const auto it = rows_.find(uid);
    return it == rows_.end() ? nullptr : it->second.get();
}

const RunRow* RunSet::findByName(const QString& name) const {
    const std::string wanted = name.toStdString();
    const auto it = std::find_if(rows_.begin(), rows_.end(),
                                 [&](const auto& entry) { return entry.second->run->meta.name == wanted; });
    return it == rows_.end() ? nullptr : it->second.get();
}

std::optional<qint64> RunSet::medianMs(const QString& service) const {
    const auto it = durations_.constFind(service);
    if (it == durations_.cend() || it->size() < kLeastForMedian) return std::nullopt;
    std::vector<qint64> values;
    values.reserve(it->size());
    for (const auto& [completed, duration] : *it) values.push_back(duration);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::optional<qint64> RunSet::scaleMs(const RunRow& row) const {
    const auto stopped = stopped_.constFind(row.uid);
    return stopped == stopped_.cend() ? medianMs(row.service) : *stopped;
}

}  // namespace cerebral::ui
