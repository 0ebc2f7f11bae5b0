#include "ui/models/run_texts.h"

#include <algorithm>

#include "core/analysis/estimate.h"
#include "core/base/time_format.h"
#include "core/tekton/run_labels.h"
#include "ui/models/format.h"
#include "ui/models/timeline.h"

namespace cerebral::ui {
namespace {

/// They carry their own run's commit: always different, never a cause.
bool carriesCommit(std::string_view name) {
    return name == "revision" || name == "commit" || name == "image-digest" || name == "image-url";
}

void addHeading(std::vector<TextRow>& rows, const char* title) {
    TextRow row;
    row.key = QString::fromUtf8(title);
    row.heading = true;
    row.cells = {row.key, {}, {}};
    rows.push_back(std::move(row));
}

void addValues(std::vector<TextRow>& rows, const char* kind, const kube::PackedPairs& values,
               const kube::PackedPairs* green) {
    for (const auto& value : values) {
        TextRow row;
        row.key = QString::fromUtf8(kind) + QLatin1Char('/') + fromUtf8(value.name);
        QString before;
        if (green != nullptr) {
            const auto was = green->find(value.name);
            const bool same = was == std::optional(value.value);
            if (!same) before = was ? fromUtf8(*was) : QStringLiteral("(not set)");
            row.marked = !same && !carriesCommit(value.name);
        }
        row.cells = {fromUtf8(value.name), fromUtf8(value.value), before};
        rows.push_back(std::move(row));
    }
}

}  // namespace

QString stateAndPlace(const RunDetail& run, bool held) {
    const bool past = held && !run.row.finished();
    const QString word = past ? QStringLiteral("Was %1").arg(stateWord(run.state).toLower()) : stateWord(run.state);
    const QString place = run.row.finished() && run.failedTask < 0 ? QString() : run.place();
    return place.isEmpty() ? word : QStringLiteral("%1 · %2").arg(word, place);
}

std::vector<TextRow> paramRows(const RunDetail& run, const tekton::PipelineRun* green) {
    std::vector<TextRow> rows;
    const bool both = !run.row.run->params.empty() && !run.row.run->results.empty();
    if (both) addHeading(rows, "Params");
    addValues(rows, "param", run.row.run->params, green != nullptr ? &green->params : nullptr);
    if (both) addHeading(rows, "Results");
    addValues(rows, "result", run.row.run->results, green != nullptr ? &green->results : nullptr);
    return rows;
}

std::vector<TextRow> eventRows(const RunDetail& run) {
    std::vector<TextRow> rows;
    // What holds the run up is told as any other news by the one who waits.
    const tekton::Stuck* stuck = run.stuck();
    // What happened last explains what there is now.
    for (auto it = run.events.rbegin(); it != run.events.rend(); ++it) {
        const auto& event = *it;
        TextRow row;
        row.key = QString::fromStdString(event->meta.uid);
        const bool warns = event->isWarning() || (stuck != nullptr && event->reason == stuck->reason);
        row.level = warns ? RowLevel::Warning : RowLevel::Normal;
        row.marked = warns;
        QString message = fromUtf8(event->message).simplified();
        if (event->count > 1) message += QStringLiteral(" (%1 times)").arg(event->count);
        row.cells = {formatClockSeconds(event->when()), fromUtf8(event->reason),
                     fromUtf8(event->kind) + QLatin1Char('/') + fromUtf8(event->name), message};
        row.tips = {formatAbsolute(event->when())};
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<RunFact> runFacts(const RunDetail& run, const history::DurationProfile* profile, qint64 nowMs,
                              const LiveImage& live, bool held) {
    const RunRow& row = run.row;
    std::vector<RunFact> facts;
    const auto add = [&](const char* label, const QString& value, bool mono = false,
                         std::optional<tekton::RunState> state = {}) {
        if (!value.isEmpty()) facts.push_back({QString::fromUtf8(label), value, mono, state});
    };
    add("Trigger", row.trigger());
    const auto received = parseRfc3339(row.run->meta.annotation(tekton::labels::kReceivedAt));
    const auto addTime = [&](const char* label, WallTime time) {
        add(label, formatClockSeconds(time, fromMillis(nowMs)));
        facts.back().tip = formatAbsolute(time);
    };
    if (received) addTime("Received", *received);
    const bool red = run.state == tekton::RunState::Failed || run.state == tekton::RunState::TimedOut;
    if (row.startedMs > 0 && !(red && received)) addTime("Started", fromMillis(row.startedMs));
    if (const qint64 duration = row.durationMs(nowMs); duration >= 0)
        add("Duration", formatTicking(Millis(duration)), false,
            row.finished() ? std::optional<tekton::RunState>() : std::optional(run.state));
    if (run.failedTask >= 0) add("Stopped at", run.place(), false, tekton::RunState::Failed);
    if (red) {
        const bool before = live.since && toMillis(*live.since) < row.createdMs;
        add(before ? "Still live" : "Live now", live.words);
    }
    const bool known = profile != nullptr && profile->runs >= analysis::kRunsForEstimate;
    // What broke is not measured by what went well.
    if (known && !red) {
        // The same end as in the timeline, once that knows the tasks.
        const Timeline line = makeTimeline(run, profile, nowMs);
        const qint64 expected = line.eta ? line.originMs + *line.eta : row.startedMs + profile->run.median.count();
        // An end that is promised for a moment gone by, or of a run that nothing moves, is no promise.
        if (run.state == tekton::RunState::Running && !held && row.startedMs > 0 && expected > nowMs)
            addTime("Expected", fromMillis(expected));
        const QString label = QStringLiteral("Median of the last %1").arg(profile->runs);
        add(qUtf8Printable(label), formatTicking(profile->run.median));
    }
    const QString image = fromUtf8(row.run->param("image-name"));
    const QString tag = fromUtf8(row.run->param("image-tag"));
    if (!image.isEmpty()) add("Image", tag.isEmpty() ? image : image + QLatin1Char(':') + tag, true);
    if (run.failedTask < 0 && red) add("Reason", row.reason, false, tekton::RunState::Failed);
    return facts;
}

}  // namespace cerebral::ui
