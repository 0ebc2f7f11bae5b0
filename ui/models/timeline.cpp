#include "ui/models/timeline.h"

#include <algorithm>
#include <array>

#include "core/analysis/estimate.h"
#include "core/base/time_format.h"
#include "core/tekton/run_labels.h"
#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

using tekton::Interval;
using tekton::StepState;
using tekton::TaskState;

constexpr qint64 kMostBeforeCreation = 3'600'000;
constexpr qint64 kResolution = 1000;  ///< of the cluster's times

class Builder {
public:
    Builder(const RunDetail& run, const history::DurationProfile* profile, qint64 nowMs)
        : run_(run),
          profile_(profile != nullptr && profile->runs >= analysis::kRunsForEstimate ? profile : nullptr),
          nowMs_(nowMs) {}

    Timeline build() {
        findOrigin();
        expect();
        for (std::size_t i = 0; i < run_.tasks.size(); ++i) addTask(i);
        addPath();
        if (!tekton::isFinished(run_.state)) {
            out_.now = nowMs_ - out_.originMs;
            // What is stuck ends when somebody helps it: an estimate would only flee before the clock.
            const auto end = analysis::expectedEnd(expectations_);
            if (end && !stuck()) out_.eta = fromStart(end->count());
            out_.end = std::max({out_.end, *out_.now, out_.eta.value_or(0)});
        }
        if (run_.row.completedMs > 0) out_.end = std::max(out_.end, run_.row.completedMs - out_.originMs);
        if (profile_ != nullptr) {
            out_.basedOn = profile_->runs;
            out_.usualRun = profile_->run.median.count();
        }
        return std::move(out_);
    }

private:
    void findOrigin() {
        const RunRow& row = run_.row;
        startMs_ = row.startedMs > 0 ? row.startedMs : row.createdMs;
        out_.originMs = startMs_;
        const auto received = parseRfc3339(row.run->meta.annotation(tekton::labels::kReceivedAt));
        if (received && toMillis(*received) <= row.createdMs + kResolution &&
            toMillis(*received) > row.createdMs - kMostBeforeCreation) {
            out_.pushMs = toMillis(*received);
            // The cluster counts in whole seconds: within one of them the run began with its push.
            if (*out_.pushMs < startMs_ - kResolution) out_.originMs = *out_.pushMs / kResolution * kResolution;
        } else {
            out_.originMs = std::min(out_.originMs, row.createdMs);
        }
        // Nothing is cut off that is known to have been earlier.
        for (const TaskDetail& task : run_.tasks) {
            if (task.start) out_.originMs = std::min(out_.originMs, toMillis(*task.start));
            const auto began = [&](const tekton::TaskTiming& timing) {
                for (const auto& part : {timing.queued, timing.pulling, timing.running}) {
                    if (part) out_.originMs = std::min(out_.originMs, toMillis(part->start));
                }
            };
            began(task.timing);
            for (const EarlierTry& earlier : task.earlierTries) began(earlier.timing);
        }
    }
    [[nodiscard]] bool stuck() const { return run_.state == tekton::RunState::Stuck; }
    [[nodiscard]] qint64 at(WallTime time) const { return toMillis(time) - out_.originMs; }
    /// From the run's start, as estimates count.
    [[nodiscard]] qint64 fromStart(qint64 ms) const { return startMs_ + ms - out_.originMs; }
    [[nodiscard]] qint64 endOf(const Interval& interval) const {
        return interval.end ? at(*interval.end) : std::max(nowMs_ - out_.originMs, at(interval.start));
    }

    [[nodiscard]] const history::TaskProfile* usualTask(const QString& name) const {
        if (profile_ == nullptr) return nullptr;
        const std::string wanted = name.toStdString();
        const auto it = std::find_if(profile_->tasks.begin(), profile_->tasks.end(),
                                     [&](const history::TaskProfile& task) { return task.task == wanted; });
        return it == profile_->tasks.end() ? nullptr : &*it;
    }

    void expect() {
        for (const TaskDetail& task : run_.tasks) {
            analysis::PlannedTask plan;
            plan.after = task.after;
            if (task.start) plan.began = Millis(toMillis(*task.start) - startMs_);
            if (task.end) plan.ended = Millis(toMillis(*task.end) - startMs_);
            if (task.counted) plan.counted = Millis(toMillis(*task.counted) - startMs_);
            if (const auto* usual = usualTask(task.name)) plan.usual = usual->run;
            planned_.push_back(std::move(plan));
        }
        expectations_ = analysis::expectTasks(planned_, Millis(std::max<qint64>(0, nowMs_ - startMs_)));
    }

    void addBar(TimelineRow& row, TimelineBar::Kind kind, const std::optional<Interval>& interval,
                int tryNumber = 0) {
        if (!interval) return;
        row.bars.push_back({kind, at(interval->start), endOf(*interval), tryNumber});
        out_.end = std::max(out_.end, row.bars.back().to);
    }

    void addTry(TimelineRow& row, const EarlierTry& earlier) {
        const tekton::TaskTiming& timing = earlier.timing;
        const auto& failedIn = timing.running ? timing.running : timing.pulling ? timing.pulling : timing.queued;
        if (!failedIn) return;
        if (timing.running || timing.pulling) addBar(row, TimelineBar::Kind::Queue, timing.queued, earlier.number);
        if (timing.running) addBar(row, TimelineBar::Kind::Pull, timing.pulling, earlier.number);
        addBar(row, TimelineBar::Kind::Earlier, failedIn, earlier.number);
        row.bars.back().stepBegan = timing.running.has_value();
    }

    /// Where the task's medians stand.
    [[nodiscard]] qint64 countedFrom(const TaskDetail& task) const { return at(task.counted.value_or(*task.start)); }

    void addTask(std::size_t index) {
        const TaskDetail& task = run_.tasks[index];
        rowOfTask_.push_back(static_cast<int>(out_.rows.size()));
        const history::TaskProfile* usual = usualTask(task.name);
        TimelineRow row;
        row.task = static_cast<int>(index);
        row.name = task.name;
        row.taskState = task.state;
        row.running = task.state == TaskState::Running || task.state == TaskState::Stuck;
        for (auto earlier = task.earlierTries.rbegin(); earlier != task.earlierTries.rend(); ++earlier)
            addTry(row, *earlier);
        addBar(row, TimelineBar::Kind::Queue, task.timing.queued);
        addBar(row, TimelineBar::Kind::Pull, task.timing.pulling);
        addBar(row, TimelineBar::Kind::Run, task.timing.running);
        if (task.start) {
            const qint64 from = at(*task.start);
            const qint64 to = task.end ? at(*task.end) : nowMs_ - out_.originMs;
            row.duration = to - from;
            if (row.bars.empty()) addBar(row, TimelineBar::Kind::Run, Interval{*task.start, task.end});
        }
        if (usual != nullptr && usual->run.count > 0) {
            row.usual = usual->run.median.count();
            if (task.start) {
                row.ghost = TimelineSpan{countedFrom(task), countedFrom(task) + *row.usual};
                row.whole = *row.usual + task.uncounted().count();
                out_.end = std::max(out_.end, row.ghost->to);
            }
        }
        std::optional<TimelineSpan> expected;
        if (!task.start && !run_.row.finished() && !stuck() && expectations_[index]) {
            expected = TimelineSpan{fromStart(expectations_[index]->begin.count()),
                                    fromStart(expectations_[index]->end.count())};
            row.expected = expected;
            out_.end = std::max(out_.end, expected->to);
        }
        out_.rows.push_back(std::move(row));
        if (!task.steps.empty()) {
            addSteps(static_cast<int>(index), usual);
        } else if (expected && usual != nullptr) {
            addExpectedSteps(static_cast<int>(index), *usual, *expected);
        }
    }

    [[nodiscard]] static std::optional<qint64> usualStep(const history::TaskProfile* usual, const QString& name) {
        if (usual == nullptr) return std::nullopt;
        const std::string wanted = name.toStdString();
        const auto it = std::find_if(usual->steps.begin(), usual->steps.end(),
                                     [&](const history::StepProfile& profile) { return profile.step == wanted; });
        return it == usual->steps.end() || it->run.count == 0 ? std::nullopt
                                                              : std::optional(qint64{it->run.median.count()});
    }

    /// The medians of the steps inside the median of their task, one behind the other up to its end: a part is never
    /// drawn longer than the whole.
    [[nodiscard]] std::vector<std::optional<TimelineSpan>> ghostsWithin(const TaskDetail& task,
                                                                        const history::TaskProfile* usual) const {
        std::vector<std::optional<TimelineSpan>> ghosts(task.steps.size());
        if (usual == nullptr || usual->run.count == 0 || !task.start) return ghosts;
        const qint64 from = countedFrom(task);
        qint64 to = from + usual->run.median.count();
        for (std::size_t s = task.steps.size(); s-- > 0;) {
            const std::optional<qint64> takes = usualStep(usual, task.steps[s].name);
            if (!takes) continue;
            const qint64 begin = std::max(from, to - *takes);
            ghosts[s] = TimelineSpan{begin, to};
            to = begin;
        }
        return ghosts;
    }

    void addSteps(int index, const history::TaskProfile* usual) {
        const TaskDetail& task = run_.tasks[static_cast<std::size_t>(index)];
        std::optional<qint64> next;  // where a step that has not begun is expected
        const std::vector<std::optional<TimelineSpan>> ghosts = ghostsWithin(task, usual);
        const qint64 taskEnd =
            usual != nullptr && task.start ? countedFrom(task) + qint64{usual->run.median.count()} : 0;
        for (std::size_t s = 0; s < task.steps.size(); ++s) {
            const StepDetail& step = task.steps[s];
            TimelineRow row;
            row.task = index;
            row.step = static_cast<int>(s);
            row.name = step.name;
            row.taskState = task.state;
            row.stepState = step.state;
            row.running = step.state == StepState::Running;
            row.usual = row.whole = usualStep(usual, step.name);
            if (step.running) {
                addBar(row, TimelineBar::Kind::Run, step.running);
                row.duration = row.bars.back().to - row.bars.back().from;
                row.ghost = ghosts[s];
                // Read against the bar, from where it begins.
                if (const qint64 from = row.bars.back().from; row.ghost && row.whole && from < taskEnd)
                    row.ghost = TimelineSpan{from, std::min(from + *row.whole, taskEnd)};
                next = row.bars.back().to;
                if (row.running && row.usual) next = std::max(*next, row.bars.back().from + *row.usual);
            } else if (step.state == StepState::Waiting && next && row.usual && !run_.row.finished() && !stuck()) {
                row.expected = TimelineSpan{*next, *next + *row.usual};
                next = row.expected->to;
            }
            out_.rows.push_back(std::move(row));
        }
    }

    void addExpectedSteps(int index, const history::TaskProfile& usual, const TimelineSpan& within) {
        qint64 at = within.to;
        for (const history::StepProfile& step : usual.steps) at -= step.run.median.count();
        at = std::max(at, within.from);
        for (const history::StepProfile& step : usual.steps) {
            TimelineRow row;
            row.task = index;
            row.step = static_cast<int>(&step - usual.steps.data());
            row.name = QString::fromStdString(step.step);
            row.usual = step.run.median.count();
            row.expected = TimelineSpan{at, std::min(at + *row.usual, within.to)};
            at = row.expected->to;
            out_.rows.push_back(std::move(row));
        }
    }

    void addPath() {
        std::vector<std::size_t> path = analysis::criticalPath(planned_, expectations_);
        // What never began, and will not, decided nothing.
        const auto never = [&](std::size_t task) {
            return (run_.row.finished() || stuck()) && !run_.tasks[task].start;
        };
        path.erase(std::remove_if(path.begin(), path.end(), never), path.end());
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            const auto& from = expectations_[path[i]];
            const auto& to = expectations_[path[i + 1]];
            if (!from || !to) continue;
            const bool expected = !run_.tasks[path[i + 1]].start;
            out_.links.push_back({rowOfTask_[path[i]], rowOfTask_[path[i + 1]], fromStart(from->end.count()),
                                  fromStart(to->begin.count()), expected});
        }
        // What nothing on the path waits for could have taken longer.
        if (path.empty() || !expectations_[path.back()]) return;
        for (std::size_t i = 0; i < run_.tasks.size(); ++i) {
            if (std::find(path.begin(), path.end(), i) != path.end() || !expectations_[i] || never(i)) continue;
            qint64 latest = expectations_[path.back()]->end.count();
            for (std::size_t j = 0; j < run_.tasks.size(); ++j) {
                const auto& after = run_.tasks[j].after;
                if (expectations_[j] && !never(j) && std::find(after.begin(), after.end(), i) != after.end())
                    latest = std::min<qint64>(latest, expectations_[j]->begin.count());
            }
            out_.rows[static_cast<std::size_t>(rowOfTask_[i])].slack =
                std::max<qint64>(0, latest - expectations_[i]->end.count());
        }
    }

    const RunDetail& run_;
    const history::DurationProfile* profile_;
    qint64 nowMs_;
    qint64 startMs_ = 0;
    Timeline out_;
    std::vector<analysis::PlannedTask> planned_;
    std::vector<std::optional<analysis::Expectation>> expectations_;
    std::vector<int> rowOfTask_;
};

}  // namespace

Timeline makeTimeline(const RunDetail& run, const history::DurationProfile* profile, qint64 nowMs) {
    return Builder(run, profile, nowMs).build();
}

qint64 tickDistance(double pixelsPerMs, double least) {
    static constexpr std::array<qint64, 13> kSeconds = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600};
    for (const qint64 seconds : kSeconds) {
        if (static_cast<double>(seconds) * 1000 * pixelsPerMs >= least) return seconds * 1000;
    }
    return kSeconds.back() * 1000;
}

}  // namespace cerebral::ui
