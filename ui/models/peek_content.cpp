#include "ui/models/peek_content.h"

#include <QUrl>
#include <algorithm>

#include "core/tekton/run_labels.h"
#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

using tekton::RunState;
using tekton::TaskState;
namespace labels = tekton::labels;

/// Around the first error: what led to it tells more than what came after.
constexpr std::size_t kLinesBefore = 2;
constexpr std::size_t kLinesAfter = 1;

bool isRed(RunState state) {
    return state == RunState::Failed || state == RunState::TimedOut;
}

QString personOf(const tekton::PipelineRun& run) {
    for (const std::string_view key : {labels::kAuthor, labels::kPusher, labels::kRequestedBy}) {
        if (const auto who = run.meta.annotations.get(key); !who.empty()) return fromUtf8(who);
    }
    return {};
}

PeekFact commitFact(const RunRow& row) {
    PeekFact fact{QStringLiteral("Commit"), shortSha(row.commit()), false, shortSha(row.commit()).size()};
    if (row.commit().isEmpty()) fact = {QStringLiteral("Commit"), QStringLiteral("unknown")};
    if (!row.branch.isEmpty()) fact.value += QStringLiteral(" on ") + row.branch;
    if (const QString who = personOf(*row.run); !who.isEmpty()) fact.second = QStringLiteral("by ") + who;
    const QString sha = shortSha(row.commit());
    fact.tip = row.commit() + fact.value.mid(row.commit().isEmpty() ? 0 : sha.size());
    return fact;
}

PeekFact startFact(const RunRow& row, qint64 nowMs) {
    const bool started = row.startedMs != 0;
    const qint64 ms = started ? row.startedMs : row.createdMs;
    if (ms == 0) return {QStringLiteral("Started"), QStringLiteral("unknown")};
    const QString age = formatAge(Millis(std::max<qint64>(0, nowMs - ms)));
    PeekFact fact{started ? QStringLiteral("Started") : QStringLiteral("Created"),
                  QStringLiteral("%1, %2").arg(
                      formatClockSeconds(fromMillis(ms), fromMillis(nowMs)),
                      age == QLatin1String("now") ? QStringLiteral("just now") : age + QStringLiteral(" ago"))};
    fact.tip = formatAbsolute(fromMillis(ms));
    return fact;
}

void addFacts(const RunDetail& run, const PeekAside& aside, std::vector<PeekFact>& facts) {
    const RunRow& row = run.row;
    facts.push_back({QStringLiteral("Run"), row.name(), true});
    facts.push_back(commitFact(row));
    facts.push_back(startFact(row, aside.nowMs));
    PeekFact took{row.finished() ? QStringLiteral("Took") : QStringLiteral("Runs for"),
                  QStringLiteral("not started")};
    if (const qint64 ms = row.durationMs(aside.nowMs); ms >= 0) took.value = formatTicking(Millis(ms));
    if (aside.medianMs) took.aside = QStringLiteral("median ") + formatTicking(Millis(*aside.medianMs));
    facts.push_back(took);
    if (const QString place = run.state == RunState::Running ? run.place() : QString(); !place.isEmpty())
        facts.push_back({QStringLiteral("Now"), place});
    // Why it failed has a part of its own.
    const bool told = isRed(run.state) && run.state != RunState::TimedOut;
    if (row.finished() && !told && !row.reason.isEmpty()) facts.push_back({QStringLiteral("Reason"), row.reason});
}

/// From its first attempt's start to its last one's end, as the history has kept it.
std::optional<qint64> keptMs(const history::RunRecord& kept, const QString& task) {
    std::optional<WallTime> start;
    std::optional<WallTime> end;
    for (const history::TaskRecord& record : kept.tasks) {
        if (fromUtf8(record.pipelineTask) != task || !record.started || !record.finished) continue;
        start = start ? std::min(*start, *record.started) : *record.started;
        end = end ? std::max(*end, *record.finished) : *record.finished;
    }
    if (!start || !end) return std::nullopt;
    return toMillis(*end) - toMillis(*start);
}

/// Of a task of which neither the run nor a TaskRun at hand tells.
void addKept(const history::RunRecord& kept, PeekTask& task) {
    for (const history::TaskRecord& record : kept.tasks) {
        if (fromUtf8(record.pipelineTask) != task.name) continue;
        task.unknown = false;
        switch (record.state) {
            case RunState::Succeeded:
            case RunState::Completed:
                task.state = TaskState::Succeeded;
                break;
            case RunState::Failed:
                task.state = TaskState::Failed;
                break;
            case RunState::TimedOut:
                task.state = TaskState::TimedOut;
                break;
            case RunState::Cancelled:
                task.state = TaskState::Cancelled;
                break;
            default:
                task.unknown = true;
        }
    }
}

PeekTask peekTask(const TaskDetail& task, const RunDetail& run, const PeekAside& aside) {
    PeekTask shown{task.name, task.state, task.unknown, {}};
    if (task.unknown && aside.kept != nullptr) addKept(*aside.kept, shown);
    const bool begun = shown.unknown || (shown.state != TaskState::Waiting && shown.state != TaskState::Skipped);
    if (!begun) {
        const bool never = run.row.finished() || shown.state == TaskState::Skipped;
        shown.time = never ? QStringLiteral("not run") : QStringLiteral("not begun");
        return shown;
    }
    const bool finished = tekton::isFinished(shown.state);
    if (task.start && (task.end || !finished)) {
        const qint64 end = task.end ? toMillis(*task.end) : aside.nowMs;
        shown.time = formatTicking(Millis(std::max<qint64>(0, end - toMillis(*task.start))));
    } else if (const auto ms = aside.kept != nullptr ? keptMs(*aside.kept, task.name) : std::nullopt) {
        shown.time = formatTicking(Millis(*ms));
    } else if (!shown.unknown && (shown.state == TaskState::Pending || shown.state == TaskState::Stuck)) {
        shown.time = QStringLiteral("not begun");
    } else if (aside.settled) {
        shown.time = QStringLiteral("unknown");
    }
    return shown;
}

PeekLog peekLog(const analysis::FailureCard& card, const QString& noOutput) {
    PeekLog log;
    log.title = card.byLevel ? QStringLiteral("First error") : QStringLiteral("Last line before the exit");
    log.note = fromUtf8(card.explanation);
    if (!card.step.empty()) log.note = QStringLiteral("step %1, %2").arg(fromUtf8(card.step), log.note);
    if (!card.excerpt) {
        log.title = QStringLiteral("Why it failed");
        log.words = !noOutput.isEmpty() ? asSentence(noOutput)
                    : card.step.empty() ? QStringLiteral("No step of it ran.")
                                        : QStringLiteral("The step wrote nothing before it ended.");
        return log;
    }
    const analysis::Excerpt& excerpt = *card.excerpt;
    const std::size_t error = excerpt.errorNumber - excerpt.firstNumber;
    const std::size_t first = error - std::min(error, kLinesBefore);
    const std::size_t end = std::min(excerpt.lines.size(), error + kLinesAfter + 1);
    for (std::size_t i = first; i < end; ++i)
        log.lines.push_back({QString::number(excerpt.firstNumber + i), fromUtf8(excerpt.lines[i]), i == error});
    return log;
}

void addSince(const analysis::FailureCard& card, int pushes, PeekContent& content) {
    content.sinceTitle = QStringLiteral("Since the last green run");
    if (!card.differences) {
        content.sinceWords = card.firstRun ? QStringLiteral("First run of this service, as far as is known")
                                           : QStringLiteral("No green run of this service is known");
        return;
    }
    if (!card.differences->greenBranch.empty())
        content.sinceTitle += QStringLiteral(" on ") + fromUtf8(card.differences->greenBranch);
    content.since = differenceLines(*card.differences);
    if (pushes > 0)
        content.commitsAside = pushes == 1 ? QStringLiteral("1 push") : QStringLiteral("%1 pushes").arg(pushes);
    // Only what a browser shows: the address comes from outside.
    const QString url = fromUtf8(card.differences->compareUrl);
    if (QUrl(url).scheme() == QLatin1String("https")) content.commitsUrl = url;
}

void addFailure(const RunDetail& run, const PeekAside& aside, PeekContent& content) {
    if (!isRed(run.state)) return;
    // While its tasks are still to come, that no step ran is not known either.
    const bool coming = std::any_of(content.tasks.begin(), content.tasks.end(),
                                    [](const PeekTask& task) { return task.time.isEmpty(); });
    const bool stepless = aside.card != nullptr && aside.card->step.empty();
    if (aside.card == nullptr || (stepless && coming)) {
        content.log.emplace();
        content.log->title = QStringLiteral("First error");
        content.log->loading = true;
        return;
    }
    const QString none = aside.noOutput.isEmpty() && aside.card->step.empty() ? aside.blind : aside.noOutput;
    content.log = peekLog(*aside.card, none);
    addSince(*aside.card, aside.pushes, content);
}

}  // namespace

PeekContent peekContent(const RunDetail& run, const PeekAside& aside) {
    PeekContent content;
    const RunRow& row = run.row;
    content.service = row.service;
    content.state = run.state;
    content.stateText = aside.gone ? stateWord(run.state) + QStringLiteral(", deleted") : stateWord(run.state);
    content.message = row.message();
    addFacts(run, aside, content.facts);
    for (const TaskDetail& task : run.tasks) content.tasks.push_back(peekTask(task, run, aside));
    if (content.tasks.empty()) content.noTasks = QStringLiteral("The pipeline is not known yet.");
    if (!aside.blind.isEmpty()) content.noTasks = asSentence(aside.blind) + QLatin1Char('.');
    if (const tekton::Stuck* stuck = run.stuck()) {
        content.stuckTitle = run.stuckTask()->name + QStringLiteral(" is stuck");
        if (stuck->since) {
            const qint64 ms = std::max<qint64>(1000, aside.nowMs - toMillis(*stuck->since));
            content.stuckTitle =
                QStringLiteral("%1 has been stuck for %2").arg(run.stuckTask()->name, formatDuration(Millis(ms)));
        }
        content.stuckWords = asSentence(fromUtf8(stuck->words));
    }
    addFailure(run, aside, content);
    return content;
}

QStringList PeekContent::spoken() const {
    QStringList all{QStringLiteral("%1, %2").arg(service, stateText)};
    if (!message.isEmpty()) all << message;
    for (const PeekFact& fact : facts)
        all << QStringList{fact.label, fact.value, fact.second, fact.aside}.join(QLatin1Char(' ')).simplified();
    for (const PeekTask& task : tasks) {
        const QString time = task.time.isEmpty() ? QStringLiteral("loading") : task.time;
        const QString word =
            task.unknown ? QStringLiteral("unknown") : QString::fromUtf8(tekton::toString(task.state));
        all << QStringLiteral("%1 %2, %3").arg(task.name, word, time);
    }
    if (!noTasks.isEmpty()) all << noTasks;
    if (!stuckTitle.isEmpty()) all << QStringLiteral("%1: %2").arg(stuckTitle, stuckWords);
    if (log) {
        all << QStringLiteral("%1: %2").arg(log->title, log->loading ? QStringLiteral("loading") : log->note);
        for (const PeekLog::Line& line : log->lines) all << QStringLiteral("%1 %2").arg(line.number, line.text);
        if (!log->words.isEmpty()) all << log->words;
    }
    if (!sinceTitle.isEmpty()) all << sinceTitle;
    if (!sinceWords.isEmpty()) all << sinceWords;
    for (const DifferenceLine& line : since) {
        all << (line.kind == DifferenceLine::Kind::Same
                    ? QStringLiteral("%1: no difference").arg(line.label)
                    : QStringLiteral("%1: %2 became %3").arg(line.label, line.before, line.after));
    }
    return all;
}

}  // namespace cerebral::ui
