#include "ui/models/run_failure.h"

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

/// Of a failed step's log that is searched for its first error.
constexpr std::size_t kMostAnalysed = 32U << 20U;

}  // namespace

RunFailure::RunFailure(const FollowedRun& run, RunLogs& logs, RunServices& services, QObject* parent)
    : QObject(parent), run_(run), logs_(logs), services_(services) {
    connect(&run_, &FollowedRun::lost, this, [this] { background_.cancel(); });
    connect(&logs_, &RunLogs::stateChanged, this, [this](const QString& key) {
        const RunDetail& detail = run_.detail();
        const StepDetail* focus = detail.failedStep >= 0 ? detail.focusStep() : nullptr;
        if (focus != nullptr && focus->key() == key) ask();
    });
}

void RunFailure::clear() {
    about_.clear();
    key_.clear();
    card_.reset();
}

void RunFailure::askAgain() {
    if (!card_) return;
    about_.clear();
    ask();
}

void RunFailure::setUnread(const QString& steps, const QString& events) {
    if (steps == stepsProblem_ && events == eventsProblem_) return;
    stepsProblem_ = steps;
    eventsProblem_ = events;
    if (card_) ask();
}

std::optional<std::size_t> RunFailure::errorLine() const {
    const StepLog* log = logs_.find(key_);
    if (!card_ || !card_->excerpt || log == nullptr) return std::nullopt;
    const std::size_t first = static_cast<std::size_t>(log->firstNumber);
    const std::size_t number = card_->excerpt->errorNumber;
    // Of a log of which only the end was kept the error may be missing.
    if (number < first || number - first >= log->lines.size()) return std::nullopt;
    return number - first;
}

FailureQuestion RunFailure::question() const {
    const RunDetail& detail = run_.detail();
    FailureQuestion question;
    question.run = detail.row.run;
    question.greenOnBranch = run_.greenOnBranch();
    if (const std::vector<RunPtr> known = run_.greens(); !known.empty()) question.green = known.front();
    question.link = "cerebral://run/" + detail.row.run->meta.ns + "/" + detail.row.run->meta.name;
    if (detail.failedTask < 0) {
        question.reason = detail.row.run->reason;
        question.message = detail.row.run->message;
        return question;
    }
    const TaskDetail& task = detail.tasks[static_cast<std::size_t>(detail.failedTask)];
    question.task = task.name.toStdString();
    question.stoppedByRun = task.stoppedByRun();
    question.reason = question.stoppedByRun ? detail.row.run->reason : task.reason.toStdString();
    if (!question.stoppedByRun) question.message = task.message.toStdString();
    const std::string pod = task.steps.empty() ? std::string() : task.steps.front().pod;
    if (detail.failedStep >= 0) {
        const StepDetail& step = *detail.focusStep();
        question.step = step.name.toStdString();
        question.exitCode = step.exitCode;
        if (!question.stoppedByRun) {
            question.reason = step.reason;
            question.message.clear();
        }
        if (step.running && step.running->end) {
            question.after =
                std::chrono::duration_cast<std::chrono::seconds>(*step.running->end - step.running->start);
        }
        question.memoryLimit = step.memoryLimit;
        if (const StepLog* log = logs_.find(step.key())) {
            if (log->lines.empty()) question.logProblem = log->missing().toStdString();
            // The end of a log that is too long to be looked through whole.
            std::size_t from = log->lines.size();
            for (std::size_t bytes = 0; from > 0 && bytes < kMostAnalysed; --from)
                bytes += log->lines.line(from - 1).size();
            for (std::size_t i = from; i < log->lines.size(); ++i)
                question.log.append(log->lines.line(i)).push_back('\n');
            question.firstNumber = static_cast<std::size_t>(log->firstNumber) + from;
        }
    }
    if (detail.failedStep < 0) question.logProblem = stepsProblem_.toStdString();
    question.pod = pod;
    question.eventsProblem = eventsProblem_.toStdString();
    for (const auto& event : detail.events) {
        if (event->kind != "Pod" || event->name != pod) continue;
        question.events.push_back({event->when(), event->isWarning(), event->reason, event->message, event->count});
    }
    return question;
}

void RunFailure::ask() {
    const RunDetail& detail = run_.detail();
    const bool red = detail.state == tekton::RunState::Failed || detail.state == tekton::RunState::TimedOut;
    if (run_.uid().isEmpty() || !red) return;
    const StepDetail* step = detail.failedStep >= 0 ? detail.focusStep() : nullptr;
    int state = 0;
    if (step != nullptr) {
        const StepLog* log = logs_.open(step->key());
        if (log == nullptr || log->coming()) return;  // asked again when it has ended
        state = static_cast<int>(log->state);
    }
    const QString key = step != nullptr ? step->key() : QString();
    const QString about = QStringLiteral("%1/%2/%3/%4/%5/%6")
                              .arg(run_.uid(), key, stepsProblem_, eventsProblem_)
                              .arg(state)
                              .arg(detail.events.size());
    if (about == about_) return;
    about_ = about;
    background_.run([&services = services_,
                     asked = question()](const std::stop_token&) { return answerFailure(services, asked); },
                    [this, about, key](const analysis::FailureCard& card) {
                        if (about != about_) return;
                        const bool first = !card_.has_value();
                        key_ = key;
                        if (key_.isEmpty() && !card.step.empty())
                            key_ = StepDetail::keyOf(fromUtf8(card.task), fromUtf8(card.step));
                        card_ = card;
                        emit answered(first);
                    });
}

}  // namespace cerebral::ui
