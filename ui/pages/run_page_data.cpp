// What the run page shows, and the questions it asks elsewhere.
#include <algorithm>

#include "core/journey/push_book.h"
#include "core/tekton/run_labels.h"
#include "ui/models/format.h"
#include "ui/models/push_context.h"
#include "ui/models/run_texts.h"
#include "ui/models/yaml_colors.h"
#include "ui/pages/run_page.h"
#include "ui/widgets/run_words.h"

namespace cerebral::ui {
namespace {

constexpr std::size_t kGreensForMedians = 20;
/// Of a failed step's log that is searched for its first error.
constexpr std::size_t kMostAnalysed = 32U << 20U;

/// Of the task that is this stage; empty for the others.
std::string taskOf(journey::Stage stage) {
    const journey::JourneyRules rules;
    switch (stage) {
        case journey::Stage::Clone:
            return rules.cloneTask;
        case journey::Stage::Build:
            return rules.buildTask;
        case journey::Stage::Rollout:
        case journey::Stage::Live:
            return rules.deployTask;
        case journey::Stage::Received:
        case journey::Stage::Image:
            break;
    }
    return {};
}

}  // namespace

bool RunPage::open(const QString& uid) {
    const RunRow* row = runs_.find(uid);
    if (row == nullptr) return false;
    close();
    services_.openRun(row->run->meta.ns, row->run->meta.name);
    detail_.row = *row;
    logs_->setRun(uid);
    refresh();
    askProfile();
    const bool red = row->state == tekton::RunState::Failed || row->state == tekton::RunState::TimedOut;
    showTab(red ? LogsTab : TimelineTab);
    return true;
}

void RunPage::close() {
    if (uid().isEmpty()) return;
    services_.closeRun(detail_.row.run->meta.ns, detail_.row.run->meta.name);
    detail_ = {};
    profile_.reset();
    gone_ = false;
    failureFor_.clear();
    yamlFor_.clear();
    stageWanted_.reset();
    failure_->clear();
    failure_->setCommitUrl({});
    yamlLines_.clear();
    yamlPanel_->view().setLog(&yamlLines_);
    logs_->setRun({});
    params_.setRows({});
    events_.setRows({});
    applyTop();
}

void RunPage::showStage(journey::Stage stage) {
    stageWanted_.reset();
    if (taskOf(stage).empty()) return showTab(stage == journey::Stage::Image ? ParamsTab : TimelineTab);
    stageWanted_ = stage;
    showTab(LogsTab);
    followStage();
}

void RunPage::followStage() {
    if (!stageWanted_) return;
    const QString name = QString::fromStdString(taskOf(*stageWanted_));
    const auto task = std::find_if(detail_.tasks.begin(), detail_.tasks.end(),
                                   [&](const TaskDetail& each) { return each.name == name; });
    if (task == detail_.tasks.end()) return;
    // What failed is shown with its first error, which a step chosen by hand would not be.
    const StepDetail* focus = detail_.focusStep();
    if (focus != nullptr && focus->task == name) return stageWanted_.reset();
    const auto step =
        std::find_if(task->steps.rbegin(), task->steps.rend(), [](const StepDetail& each) { return each.hasLog(); });
    if (step == task->steps.rend()) return;
    logs_->choose(step->key());
    stageWanted_.reset();
}

qint64 RunPage::nowMs() const {
    return held_ && heldSinceMs_ != 0 ? heldSinceMs_ : toMillis(services_.clock().now());
}

void RunPage::tick() {
    if (uid().isEmpty() || detail_.row.finished() || held_) return;
    refreshTimeline();
    refreshStuck();
}

void RunPage::refresh() {
    if (uid().isEmpty()) return;
    if (const RunRow* row = runs_.find(uid())) {
        const tekton::PipelineRun& run = *row->run;
        detail_ = makeRunDetail(row->run, objects_.taskRunsOf(run), objects_.podsOf(run), objects_.eventsOf(run));
    }
    refreshTimeline();
    refreshTables();
    logs_->update(detail_);
    followStage();
    stuck_->setVisible(detail_.stuck() != nullptr);
    refreshStuck();
    askFailure();
    askYaml();
    emit shown();
}

void RunPage::refreshStuck() {
    const tekton::Stuck* stuck = detail_.stuck();
    if (stuck == nullptr) return;
    const TaskDetail& task = *detail_.stuckTask();
    const QString title =
        stuck->since
            ? QStringLiteral("%1 has been stuck for %2")
                  .arg(task.name, formatDuration(Millis(std::max<qint64>(1000, nowMs() - toMillis(*stuck->since)))))
            : QStringLiteral("%1 is stuck").arg(task.name);
    stuck_->setTexts(title, fromUtf8(stuck->words));
    stuck_->setToolTip(task.message.toHtmlEscaped());
}

void RunPage::refreshTimeline() {
    const history::DurationProfile* profile = profile_ ? &*profile_ : nullptr;
    RunHeaderText texts;
    const RunRow& row = detail_.row;
    texts.name = row.name;
    texts.service = row.service;
    texts.status = held_ && !row.finished() ? Status::Held : statusOf(detail_.state);
    texts.state =
        gone_ ? QStringLiteral("%1 · deleted from the cluster").arg(stateAndPlace(detail_)) : stateAndPlace(detail_);
    texts.branch = row.branch;
    texts.sha = shortSha(row.commit);
    texts.message = row.message();
    const bool red = detail_.state == tekton::RunState::Failed || detail_.state == tekton::RunState::TimedOut;
    LiveImage live;
    if (pushes_ != nullptr && red && !held_) live = liveImage(*pushes_, row.service.toStdString());
    for (const RunFact& fact : runFacts(detail_, profile, nowMs(), live)) {
        std::optional<Status> status = fact.state ? std::optional<Status>(statusOf(*fact.state)) : std::nullopt;
        if (held_ && status == Status::Running) status = Status::Held;
        texts.facts.push_back({fact.label, fact.value, fact.mono, status});
    }
    header_->setTexts(std::move(texts));
    if (tab() == GraphTab) graph_->setRun(detail_, profile, nowMs());
    const int before = timeline_->contentHeight();
    Timeline drawn = makeTimeline(detail_, profile, nowMs());
    drawn.held = held_;
    timeline_->setTimeline(std::move(drawn));
    const Timeline& line = timeline_->timeline();
    legendNote_->setText(QStringLiteral("%1 %2").arg(
        !line.fromPush                             ? QStringLiteral("from its creation at")
        : row.triggerKind == QLatin1String("push") ? QStringLiteral("from the push at")
                                                   : QStringLiteral("from the request at"),
        formatClockSeconds(fromMillis(line.originMs), fromMillis(nowMs()))));
    if (timeline_->contentHeight() != before) applyTop();
}

void RunPage::refreshTables() {
    const std::vector<RunPtr> known = greens();
    params_.setRows(paramRows(detail_, known.empty() ? nullptr : known.front().get()));
    events_.setRows(eventRows(detail_));
    const auto& shown = params_.rows();
    tabs_->setCount(ParamsTab, static_cast<int>(std::count_if(shown.begin(), shown.end(),
                                                              [](const TextRow& row) { return !row.heading; })));
    tabs_->setCount(EventsTab, events_.rowCount());
}

std::vector<RunPtr> RunPage::greens() const {
    std::vector<std::pair<qint64, RunPtr>> found;
    const RunRow& mine = detail_.row;
    runs_.forEach([&](const RunRow& row) {
        const bool green = row.state == tekton::RunState::Succeeded || row.state == tekton::RunState::Completed;
        if (green && row.service == mine.service && row.uid != mine.uid && row.createdMs <= mine.createdMs)
            found.emplace_back(row.createdMs, row.run);
    });
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<RunPtr> runs;
    for (std::size_t i = 0; i < std::min(found.size(), kGreensForMedians); ++i) runs.push_back(found[i].second);
    return runs;
}

// ---- questions ----

void RunPage::askProfile() {
    background_.run([&services = services_, run = detail_.row.run, known = greens()](
                        const std::stop_token& stop) { return usualDurations(services, *run, known, stop); },
                    [this, asked = uid()](std::optional<history::DurationProfile> profile) {
                        if (asked != uid()) return;
                        profile_ = std::move(profile);
                        refreshTimeline();
                    });
}

void RunPage::askYaml() {
    const QString version = uid() + QString::fromStdString(detail_.row.run->meta.resourceVersion);
    if (tab() != YamlTab || yamlFor_ == version || gone_) return;
    yamlFor_ = version;
    background_.run(
        [&services = services_, run = detail_.row.run](const std::stop_token& stop) {
            return objectYaml(services, kube::types::kPipelineRuns, run->meta.ns, run->meta.name, stop);
        },
        [this, version](const Result<std::string>& yaml) {
            if (version != yamlFor_) return;
            const auto top = yamlPanel_->view().firstVisibleLine();
            yamlLines_.clear();
            if (yaml) {
                for (const std::string& line : colouredYaml(*yaml)) yamlLines_.append(0, line);
            } else {
                yamlLines_.append(0, yaml.error().message);
            }
            yamlPanel_->setNote(QStringLiteral("%1 lines").arg(yamlLines_.size()));
            yamlPanel_->setFileName(detail_.row.name + QStringLiteral(".yaml"));
            yamlPanel_->view().setLog(&yamlLines_);
            if (top) yamlPanel_->view().showLine(*top, 0);
        });
}

FailureQuestion RunPage::failureQuestion() const {
    FailureQuestion question;
    question.run = detail_.row.run;
    const std::vector<RunPtr> known = greens();
    if (!known.empty()) question.green = known.front();
    question.link = "cerebral://run/" + detail_.row.run->meta.ns + "/" + detail_.row.run->meta.name;
    if (detail_.failedTask < 0) {
        question.reason = detail_.row.run->reason;
        question.message = detail_.row.run->message;
        return question;
    }
    const TaskDetail& task = detail_.tasks[static_cast<std::size_t>(detail_.failedTask)];
    question.task = task.name.toStdString();
    question.reason = task.reason.toStdString();
    question.message = task.message.toStdString();
    std::string pod = task.steps.empty() ? std::string() : task.steps.front().pod;
    if (detail_.failedStep >= 0) {
        const StepDetail& step = *detail_.focusStep();
        question.step = step.name.toStdString();
        question.exitCode = step.exitCode;
        question.reason = step.reason;
        question.message.clear();
        if (step.running && step.running->end) {
            question.after =
                std::chrono::duration_cast<std::chrono::seconds>(*step.running->end - step.running->start);
        }
        if (const StepLog* log = logs_->logs().find(step.key())) {
            // The end of a log that is too long to be looked through whole.
            std::size_t from = log->lines.size();
            for (std::size_t bytes = 0; from > 0 && bytes < kMostAnalysed; --from)
                bytes += log->lines.line(from - 1).size();
            for (std::size_t i = from; i < log->lines.size(); ++i)
                question.log.append(log->lines.line(i)).push_back('\n');
            question.firstNumber = static_cast<std::size_t>(log->firstNumber) + from;
        }
    }
    question.pod = pod;
    for (const auto& event : detail_.events) {
        if (event->kind != "Pod" || event->name != pod) continue;
        question.events.push_back({event->when(), event->isWarning(), event->reason, event->message, event->count});
    }
    return question;
}

void RunPage::askFailure() {
    const bool red = detail_.state == tekton::RunState::Failed || detail_.state == tekton::RunState::TimedOut;
    if (uid().isEmpty() || !red) return;
    const StepDetail* step = detail_.failedStep >= 0 ? detail_.focusStep() : nullptr;
    if (step != nullptr) {
        const StepLog* log = logs_->logs().open(step->key());
        if (log == nullptr || !log->ended()) return;  // asked again when it has ended
    }
    const QString about =
        QStringLiteral("%1/%2/%3").arg(uid(), step != nullptr ? step->key() : QString()).arg(detail_.events.size());
    if (about == failureFor_) return;
    failureFor_ = about;
    background_.run(
        [&services = services_, question = failureQuestion()](const std::stop_token&) {
            return answerFailure(services, question);
        },
        [this, about, key = step != nullptr ? step->key() : QString()](const analysis::FailureCard& card) {
            if (about != failureFor_) return;
            const bool fresh = !failure_->card().has_value();
            const StepDetail* shown = detail_.findStep(key);
            FailureAside aside;
            aside.tryNumber = shown != nullptr ? shown->tryNumber : 0;
            const StepLog* read = logs_->logs().find(key);
            aside.noOutput = read != nullptr && read->lines.empty() ? read->problem
                             : card.step.empty()                    ? blind_
                                                                    : QString();
            if (pushes_ != nullptr && card.differences)
                aside.pushes = pushesBetween(*pushes_, detail_.row.branch.toStdString(),
                                             card.differences->commit.before, card.differences->commit.after);
            failure_->setCard(card, services_.clock().now(), aside);
            failure_->setCommitUrl(fromUtf8(detail_.row.run->meta.annotation(tekton::labels::kCompareUrl)));
            if (card.excerpt && !key.isEmpty()) {
                const StepLog* log = logs_->logs().find(key);
                const auto first = static_cast<std::size_t>(log != nullptr ? log->firstNumber : 1);
                logs_->setError(key, card.excerpt->errorNumber - first);
            }
            if (fresh) {
                applyTop();
                // Only now is it known how much room the log has.
                QTimer::singleShot(0, logs_, &RunLogArea::showError);
            }
            emit failureShown();
        });
}

void RunPage::refreshFailure(const QString& which) {
    if (which != uid() || !failure_->card()) return;
    failureFor_.clear();
    askFailure();
}

}  // namespace cerebral::ui
