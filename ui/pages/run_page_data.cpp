// What the run page shows, and the questions it asks elsewhere.
#include <algorithm>
#include <utility>

#include "core/journey/push_book.h"
#include "core/tekton/run_labels.h"
#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/models/push_context.h"
#include "ui/models/run_texts.h"
#include "ui/models/yaml_colors.h"
#include "ui/pages/run_page.h"
#include "ui/theme/held.h"
#include "ui/widgets/run_words.h"

namespace cerebral::ui {
namespace {

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
    if (runs_.find(uid) == nullptr) return false;
    close();
    run_.follow(uid);
    logs_->setRun(uid);
    refreshRights();
    refreshAll();
    askProfile();
    const tekton::RunState state = detail().row.state;
    const bool red = state == tekton::RunState::Failed || state == tekton::RunState::TimedOut;
    showTab(red ? LogsTab : TimelineTab);
    return true;
}

void RunPage::close() {
    if (uid().isEmpty()) return;
    run_.leave();
    profile_.reset();
    why_.clear();
    yamlFor_.clear();
    stageWanted_.reset();
    failure_->clear();
    failure_->setCommitUrl({});
    yamlLines_.clear();
    yamlPanel_->view().setLog(&yamlLines_);
    logs_->setRun({});
    params_.setRows({});
    events_->clear();
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
    const auto task = std::find_if(detail().tasks.begin(), detail().tasks.end(),
                                   [&](const TaskDetail& each) { return each.name == name; });
    if (task == detail().tasks.end()) return;
    // What failed is shown with its first error, which a step chosen by hand would not be.
    const StepDetail* focus = detail().focusStep();
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
    if (uid().isEmpty() || detail().row.finished() || held_) return;
    refreshTimeline();
    refreshStuck();
}

void RunPage::refresh() {
    if (uid().isEmpty()) return;
    run_.refresh();
    refreshAll();
}

void RunPage::refreshAll() {
    refreshTimeline();
    refreshTables();
    logs_->update(detail());
    followStage();
    stuck_->setVisible(detail().stuck() != nullptr);
    refreshStuck();
    why_.ask();
    askYaml();
    emit shown();
}

void RunPage::refreshStuck() {
    const tekton::Stuck* stuck = detail().stuck();
    if (stuck == nullptr) return;
    const TaskDetail& task = *detail().stuckTask();
    QString title =
        held_ ? QStringLiteral("%1 was stuck").arg(task.name) : QStringLiteral("%1 is stuck").arg(task.name);
    if (stuck->since) {
        title =
            (held_ ? QStringLiteral("%1 was stuck for %2") : QStringLiteral("%1 has been stuck for %2"))
                .arg(task.name, formatDuration(Millis(std::max<qint64>(1000, nowMs() - toMillis(*stuck->since)))));
    }
    stuck_->setHeld(held_);
    stuck_->setTexts(title, fromUtf8(stuck->words));
    stuck_->setToolTip(task.message.toHtmlEscaped());
}

void RunPage::refreshTimeline() {
    const qint64 now = nowMs();
    const history::DurationProfile* profile = profile_ ? &*profile_ : nullptr;
    RunHeaderText texts;
    const RunRow& row = detail().row;
    texts.name = row.name();
    texts.service = row.service;
    const Status seen = statusOf(detail().state);
    texts.status = held_ && !row.finished() ? heldRun(seen) : seen;
    texts.state = stateAndPlace(detail(), held_);
    if (run_.gone()) texts.state += QStringLiteral(" · deleted from the cluster");
    texts.branch = row.branch;
    texts.sha = shortSha(row.commit());
    texts.message = row.message();
    const bool red = detail().state == tekton::RunState::Failed || detail().state == tekton::RunState::TimedOut;
    LiveImage live;
    if (pushes_ != nullptr && red && !held_) live = liveImage(*pushes_, row.service.toStdString());
    for (const RunFact& fact : runFacts(detail(), profile, now, live, held_)) {
        const auto status = fact.state ? std::optional<Status>(shownAs(statusOf(*fact.state), held_)) : std::nullopt;
        texts.facts.push_back({fact.label, fact.value, fact.mono, status, fact.tip});
    }
    header_->setTexts(std::move(texts));
    if (tab() == GraphTab) graph_->setRun(detail(), profile, now, held_);
    const int before = timeline_->contentHeight();
    Timeline drawn = makeTimeline(detail(), profile, now);
    drawn.held = held_;
    if (held_) drawn.eta.reset();
    timeline_->setTimeline(std::move(drawn));
    const Timeline& line = timeline_->timeline();
    legend_->setDrawn(line);
    legendNote_->setText(QStringLiteral("%1 %2").arg(
        !line.pushMs                               ? QStringLiteral("from its creation at")
        : row.triggerKind == QLatin1String("push") ? QStringLiteral("from the push at")
                                                   : QStringLiteral("from the request at"),
        formatClockSeconds(fromMillis(line.pushMs.value_or(line.originMs)), fromMillis(now))));
    if (timeline_->contentHeight() != before) applyTop();
}

void RunPage::refreshTables() {
    RunPtr green = run_.greenOnBranch();
    const bool sameBranch = green != nullptr;
    if (const std::vector<RunPtr> known = run_.greens(); !sameBranch && !known.empty()) green = known.front();
    const RunRow* other = green != nullptr && !sameBranch ? runs_.find(fromUtf8(green->meta.uid)) : nullptr;
    params_.setTitle(2, QStringLiteral("In the last green run%1, where it differs")
                            .arg(other != nullptr ? QStringLiteral(" on ") + other->branch : QString()));
    params_.setRows(paramRows(detail(), green.get()));
    events_->setRun(detail());
    const auto& shown = params_.rows();
    tabs_->setCount(ParamsTab, static_cast<int>(std::count_if(shown.begin(), shown.end(),
                                                              [](const TextRow& row) { return !row.heading; })));
    tabs_->setCount(EventsTab, events_->count());
}

void RunPage::refreshRights() {
    if (uid().isEmpty()) return;
    const QString ns = QString::fromStdString(detail().row.run->meta.ns);
    const auto refusal = [&](const char* kind) { return connection_.refusalOf(QLatin1String(kind), ns); };
    const QString tasks = refusal("taskruns");
    logs_->setBlind(tasks.isEmpty() ? refusal("task pods") : tasks);
    tasksRefused_ = !tasks.isEmpty();
    if (tasksRefused_)
        refusal_->setTexts(
            QStringLiteral("No access to tasks and steps"),
            QStringLiteral("%1. A cluster administrator can grant it:").arg(asSentence(logs_->blind())),
            grantCommand(tasks, ns));
    showRefusal();
    timeline_->setProblem(tasksRefused_ ? QStringLiteral("When its tasks ran may not be read")
                                        : asSentence(logs_->blind()));
    const QString events = refusal("events");
    events_->setAccess(events, connection_.hasRead(QLatin1String("events"), ns), ns);
    tabs_->setCount(EventsTab, events_->count());
    why_.setUnread(logs_->blind(), plainRefusal(events));
}

void RunPage::showRefusal() {
    refusal_->setVisible(tasksRefused_ && (tab() == TimelineTab || tab() == GraphTab));
}

// ---- questions ----

void RunPage::askProfile() {
    background_.run([&services = services_, run = detail().row.run, known = run_.greens()](
                        const std::stop_token& stop) { return usualDurations(services, *run, known, stop); },
                    [this, asked = uid()](std::optional<history::DurationProfile> profile) {
                        if (asked != uid()) return;
                        profile_ = std::move(profile);
                        refreshTimeline();
                    });
}

void RunPage::askYaml() {
    const QString version = uid() + QString::fromStdString(detail().row.run->meta.resourceVersion);
    if (tab() != YamlTab || yamlFor_ == version) return;
    if (run_.gone()) {
        yamlPanel_->view().setEmptyText(QStringLiteral("The run is no longer in the cluster."));
        return;
    }
    yamlFor_ = version;
    yamlPanel_->view().setEmptyText(QStringLiteral("Reading the run."));
    background_.run(
        [&services = services_, run = detail().row.run](const std::stop_token& stop) {
            return objectYaml(services, kube::types::kPipelineRuns, run->meta.ns, run->meta.name, stop);
        },
        [this, version](const Result<std::string>& yaml) {
            if (version != yamlFor_) return;
            const auto top = yamlPanel_->view().firstVisibleLine();
            yamlLines_.clear();
            if (yaml) {
                for (const std::string& line : colouredYaml(*yaml)) yamlLines_.append(0, line);
            } else {
                yamlPanel_->view().setEmptyText(asSentence(plainRefusal(fromUtf8(yaml.error().message))) +
                                                QLatin1Char('.'));
                yamlFor_.clear();
            }
            yamlPanel_->setNote(yaml ? QStringLiteral("%1 lines").arg(yamlLines_.size()) : QString());
            yamlPanel_->setFileName(detail().row.name() + QStringLiteral(".yaml"));
            yamlPanel_->view().setLog(&yamlLines_);
            if (top) yamlPanel_->view().showLine(*top, 0);
        });
}

void RunPage::showFailure(bool first) {
    const analysis::FailureCard& card = *why_.card();
    const StepDetail* shown = detail().findStep(why_.stepKey());
    FailureAside aside;
    aside.tryNumber = shown != nullptr ? shown->tryNumber : 0;
    aside.timedOut = detail().state == tekton::RunState::TimedOut;
    if (pushes_ != nullptr && card.differences)
        aside.pushes = pushesBetween(*pushes_, detail().row.branch.toStdString(), card.differences->commit.before,
                                     card.differences->commit.after);
    failure_->setCard(card, services_.clock().now(), aside);
    failure_->setCommitUrl(fromUtf8(detail().row.run->meta.annotation(tekton::labels::kCompareUrl)));
    if (shown == nullptr && !card.step.empty()) logs_->openKept(fromUtf8(card.task), fromUtf8(card.step));
    if (const auto line = why_.errorLine()) logs_->setError(why_.stepKey(), line);
    if (first) {
        applyTop();
        // Only now is it known how much room the log has.
        QTimer::singleShot(0, logs_, &RunLogArea::showError);
    }
    emit failureShown();
}

void RunPage::refreshFailure(const QString& which) {
    if (which == uid()) why_.askAgain();
}

}  // namespace cerebral::ui
