#include "ui/models/run_row.h"

#include <QRegularExpression>
#include <algorithm>
#include <iterator>

#include "core/pipeline/run_name.h"
#include "core/tekton/branch_ref.h"
#include "core/tekton/run_labels.h"
#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

using tekton::PipelineRun;
using tekton::RunState;
namespace labels = tekton::labels;

/// "mk" of "mk", "Max Kern" and "max@example.org" stay as they are: who pushed, in their own words.
QString triggerText(const QString& kind, const QString& who) {
    if (kind == QLatin1String("base-image")) return QStringLiteral("base image");
    if (kind.isEmpty()) return QStringLiteral("by hand");
    return who.isEmpty() ? kind : kind + QStringLiteral(" by ") + who;
}

std::string_view branchOf(const PipelineRun& run) {
    const std::string_view ref = run.meta.annotations.get(labels::kRef);
    if (!ref.empty()) return tekton::branchNamedBy(ref).value_or(ref);
    const std::string_view param = run.params.get("branch");
    return param.empty() ? run.meta.labels.get(labels::kBranch) : param;
}

QString taskAt(const PipelineRun& run, std::size_t index) {
    return index < run.pipelineTasks.size() ? fromUtf8(run.pipelineTasks[index]) : QString();
}

/// Without counts in its condition: those that never ran are named as skipped, and the last one before was under way.
/// Without them nothing is known of the parts.
std::vector<CellState> timedOutCells(std::vector<CellState> cells) {
    const auto skipped = std::find(cells.begin(), cells.end(), CellState::Skipped);
    const bool known = skipped != cells.begin() && skipped != cells.end() &&
                       std::all_of(skipped, cells.end(), [](CellState cell) { return cell == CellState::Skipped; });
    if (!known) return {};
    std::fill(cells.begin(), skipped, CellState::Done);
    *std::prev(skipped) = CellState::Failed;
    return cells;
}

/// Without counts in its condition: what began was stopped, unless another task that began had waited for it.
std::vector<CellState> cancelledCells(const PipelineRun& run, std::vector<CellState> cells) {
    const auto began = [&](const std::string& task) {
        return std::any_of(run.children.begin(), run.children.end(),
                           [&](const tekton::ChildReference& child) { return child.pipelineTaskName == task; });
    };
    const auto passed = [&](const std::string& task) {
        return std::any_of(run.tasks.begin(), run.tasks.end(), [&](const tekton::PipelineTask& other) {
            return std::find(other.after.begin(), other.after.end(), task) != other.after.end() && began(other.name);
        });
    };
    for (std::size_t i = 0; i < run.pipelineTasks.size(); ++i) {
        const std::string& task = run.pipelineTasks[i];
        if (began(task)) cells[i] = passed(task) ? CellState::Done : CellState::Cancelled;
    }
    return cells;
}

/// "1 h" of `… failed to finish within "1h0m0s"`; empty when the limit is not told.
QString limitOf(const PipelineRun& run) {
    static const QRegularExpression within(
        QStringLiteral("within \"(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)(?:\\.\\d+)?s)?\""));
    const auto found = within.match(fromUtf8(run.message));
    if (!found.hasMatch()) return {};
    const int hours = found.captured(1).toInt();
    const int minutes = found.captured(2).toInt();
    const int seconds = found.captured(3).toInt();
    const auto limit = std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
    if (limit.count() == 0) return {};
    // Beside a shorter time (of a cluster that runs faster than its clock, as the demo's does) it explains nothing.
    if (!run.startTime || !run.completionTime || *run.completionTime - *run.startTime < limit) return {};
    if (minutes == 0 && seconds == 0) return QStringLiteral("%1 h").arg(hours);
    if (hours == 0 && seconds == 0) return QStringLiteral("%1 min").arg(minutes);
    return formatDuration(limit);
}

std::vector<CellState> cellsOf(const PipelineRun& run, RunState state) {
    const std::size_t known = run.pipelineTasks.size();
    std::vector<CellState> cells(known == 0 ? 3 : known, CellState::Waiting);
    if (state == RunState::Succeeded || state == RunState::Completed) {
        std::fill(cells.begin(), cells.end(), CellState::Done);
    }
    for (const auto& skipped : run.skipped) {
        const auto it = std::find(run.pipelineTasks.begin(), run.pipelineTasks.end(), skipped.name);
        if (it != run.pipelineTasks.end()) {
            cells[static_cast<std::size_t>(it - run.pipelineTasks.begin())] = CellState::Skipped;
        }
    }
    if (state == RunState::Succeeded || state == RunState::Completed) return cells;
    const auto progress = run.progress();
    if (!progress) {
        if (state == RunState::TimedOut) return timedOutCells(std::move(cells));
        if (state == RunState::Cancelling || state == RunState::Cancelled)
            cells = cancelledCells(run, std::move(cells));
        // Nothing that has not begun will.
        if (state == RunState::Cancelled)
            std::replace(cells.begin(), cells.end(), CellState::Waiting, CellState::Skipped);
        return cells;
    }
    const auto passed =
        static_cast<std::size_t>(std::max(0, progress->completed - progress->failed - progress->cancelled));
    std::size_t at = 0;
    for (std::size_t done = 0; at < cells.size() && done < passed; ++at) {
        if (cells[at] == CellState::Skipped) continue;
        cells[at] = CellState::Done;
        ++done;
    }
    if (at >= cells.size()) return cells;
    switch (state) {
        case RunState::Failed:
        case RunState::TimedOut:
            cells[at] = CellState::Failed;
            break;
        case RunState::Cancelled:
        case RunState::Cancelling:
            cells[at] = CellState::Cancelled;
            break;
        case RunState::Stuck:
            cells[at] = CellState::Stuck;
            break;
        case RunState::Running:
            cells[at] = CellState::Active;
            break;
        default:
            break;
    }
    return cells;
}

QString skippedText(const PipelineRun& run) {
    if (run.skipped.empty()) return {};
    const QString first = fromUtf8(run.skipped.front().name);
    if (run.skipped.size() == 1) return first + QStringLiteral(" skipped");
    return QStringLiteral("%1 and %2 more skipped").arg(first).arg(run.skipped.size() - 1);
}

QString reasonText(const PipelineRun& run, RunState state, const std::vector<CellState>& cells) {
    const auto marked = [&](CellState wanted) {
        const auto it = std::find(cells.begin(), cells.end(), wanted);
        return it == cells.end() ? QString() : taskAt(run, static_cast<std::size_t>(it - cells.begin()));
    };
    switch (state) {
        case RunState::Running:
            return marked(CellState::Active);
        case RunState::Stuck:
            return fromUtf8(run.reason);
        case RunState::Failed: {
            // A condition without task counts speaks for itself ("Invalid…", "CouldntGetTask").
            if (!run.progress()) return fromUtf8(run.reason) + QStringLiteral(": ") + fromUtf8(run.message);
            const QString task = marked(CellState::Failed);
            return task.isEmpty() ? QStringLiteral("Failed") : QStringLiteral("Failed: ") + task;
        }
        case RunState::TimedOut:
            if (const QString limit = limitOf(run); !limit.isEmpty())
                return QStringLiteral("Timed out after ") + limit;
            return QStringLiteral("Timed out");
        case RunState::Cancelling:
            return QStringLiteral("Cancelling");
        case RunState::Cancelled: {
            const std::string_view newer = run.meta.annotations.get(labels::kSupersededBy);
            if (newer.empty()) return QStringLiteral("Cancelled");
            const std::string_view commit = pipeline::commitOfRunName(newer);
            return QStringLiteral("Superseded by ") + (commit.empty() ? fromUtf8(newer) : shortSha(fromUtf8(commit)));
        }
        case RunState::Completed:
            return skippedText(run);
        case RunState::Pending:
            return run.reason.empty() ? QStringLiteral("Waiting to start") : fromUtf8(run.reason);
        case RunState::Succeeded:
            break;
    }
    return {};
}

}  // namespace

qint64 RunRow::durationMs(qint64 nowMs) const noexcept {
    if (startedMs == 0) return -1;
    return std::max<qint64>(0, (completedMs != 0 ? completedMs : nowMs) - startedMs);
}

QString RunRow::name() const {
    return fromUtf8(run->meta.name);
}

QString RunRow::commit() const {
    const std::string_view label = run->meta.labels.get(labels::kCommit);
    return fromUtf8(label.empty() ? run->params.get("revision") : label);
}

QString RunRow::trigger() const {
    const kube::PackedPairs& annotations = run->meta.annotations;
    for (const std::string_view key : {labels::kRequestedBy, labels::kPusher, labels::kAuthor}) {
        if (const auto who = annotations.get(key); !who.empty()) return triggerText(triggerKind, fromUtf8(who));
    }
    return triggerText(triggerKind, {});
}

QString RunRow::message() const {
    return fromUtf8(run->meta.annotations.get(labels::kMessage));
}

RunRow makeRunRow(RunPtr run, QString uid, SharedTexts& texts) {
    const PipelineRun& r = *run;
    RunRow row;
    row.state = r.state();
    row.uid = std::move(uid);
    row.service = texts.of(r.meta.labels.get(labels::kService));
    if (row.service.isEmpty()) row.service = fromUtf8(r.meta.name);
    row.branch = texts.of(branchOf(r));
    row.triggerKind = texts.of(r.meta.labels.get(labels::kTrigger));
    if (r.meta.creationTimestamp) row.createdMs = toMillis(*r.meta.creationTimestamp);
    if (r.startTime) row.startedMs = toMillis(*r.startTime);
    if (r.completionTime) row.completedMs = toMillis(*r.completionTime);
    row.cells = cellsOf(r, row.state);
    row.reason = reasonText(r, row.state, row.cells);
    row.run = std::move(run);
    return row;
}

RunRow makeRunRow(RunPtr run) {
    SharedTexts texts;
    QString uid = fromUtf8(run->meta.uid);
    return makeRunRow(std::move(run), std::move(uid), texts);
}

QString stateWord(RunState state) {
    switch (state) {
        case RunState::Pending:
            return QStringLiteral("Pending");
        case RunState::Running:
            return QStringLiteral("Running");
        case RunState::Stuck:
            return QStringLiteral("Stuck");
        case RunState::Succeeded:
            return QStringLiteral("Succeeded");
        case RunState::Completed:
            return QStringLiteral("Completed");
        case RunState::Failed:
            return QStringLiteral("Failed");
        case RunState::Cancelling:
            return QStringLiteral("Cancelling");
        case RunState::Cancelled:
            return QStringLiteral("Cancelled");
        case RunState::TimedOut:
            return QStringLiteral("Timed out");
    }
    return {};
}

}  // namespace cerebral::ui
