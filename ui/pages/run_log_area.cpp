#include "ui/pages/run_log_area.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/log_metrics.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/run_words.h"

namespace cerebral::ui {
namespace {
constexpr int kTree = 248;
constexpr int kLeastTree = 160;
constexpr int kHead = 40;
constexpr int kScrollBar = 12;

/// Neither the step is known nor a line of it.
bool unknown(const StepDetail* step, const StepLog* log) {
    return step == nullptr && (log == nullptr || log->lines.empty());
}
}  // namespace

RunLogArea::RunLogArea(const Theme& theme, RunServices& services, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      logs_(services),
      splitter_(new QSplitter(Qt::Horizontal, this)),
      side_(new QWidget),
      treeWidth_(kTree) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    splitter_->setHandleWidth(1);
    splitter_->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(side_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(24, 0, 12, 1);
    auto* title = makeLabel(theme_, &Fonts::section, &Colors::text1, QStringLiteral("Steps"), side_);
    title->setFixedHeight(theme_.px(kHead));
    connect(&theme_, &Theme::changed, title, [this, title] { title->setFixedHeight(theme_.px(kHead)); });
    head->addWidget(title, 1);
    head->addWidget(makeLabel(theme_, &Fonts::small, &Colors::text3, QStringLiteral("lines"), side_));
    column->addLayout(head);
    tree_ = new StepTree(theme_, side_);
    column->addWidget(tree_, 1);
    side_->setMinimumWidth(160);
    panel_ = new LogPanel(theme_, LogPanel::Kind::Log, splitter_);
    splitter_->addWidget(side_);
    splitter_->addWidget(panel_);
    splitter_->setStretchFactor(1, 1);
    fitTree();
    connect(splitter_, &QSplitter::splitterMoved, this, [this](int at) {
        treeWidth_ = at / theme_.fontScale();
        dragged_ = true;
    });
    connect(&theme_, &Theme::changed, splitter_, [this, scale = theme_.fontScale()]() mutable {
        if (std::exchange(scale, theme_.fontScale()) != theme_.fontScale()) fitTree();
    });
    row->addWidget(splitter_);

    connect(tree_, &StepTree::keyChosen, this, [this](const QString& key) {
        // A step that only the history knows stands for its task.
        const StepLog* kept = logs_.find(keptKey_);
        const bool task = key.startsWith(QLatin1String("task:"));
        if (task && (kept == nullptr || key != rowOf(keptKey_))) return;
        byHand_ = true;
        show(task ? keptKey_ : key);
        emit stepChosen(key_);
    });
    connect(&logs_, &RunLogs::appended, this, [this](const QString& key) {
        noteLines(key);
        if (key != key_) return;
        panel_->view().setFirstNumber(logs_.find(key)->firstNumber);
        panel_->view().appended();
        markError();
        refreshNote();
    });
    connect(&logs_, &RunLogs::wholeAppended, this, [this] {
        if (key_ == StepTree::kWhole) panel_->view().appended();
        refreshNote();
    });
    connect(&logs_, &RunLogs::stateChanged, this, [this](const QString& key) {
        noteLines(key);
        if (key == key_) refreshNote();
    });
}

void RunLogArea::fitTree() {
    const int all = size().width();
    // Of large text the log needs more than its steps.
    const int most = std::max(theme_.px(kLeastTree), all * 22 / 100);
    const int width = dragged_ ? theme_.px(treeWidth_) : std::min(theme_.px(treeWidth_), most);
    // Before it was laid out there is nothing to share yet.
    splitter_->setSizes({width, all > 2 * width ? all - width : 1000});
}

void RunLogArea::setTreeWidth(double width) {
    dragged_ = width > 0;
    treeWidth_ = dragged_ ? std::clamp(width, 100.0, 800.0) : kTree;
    fitTree();
}

int RunLogArea::headHeight() const {
    return theme_.px(kHead) + 1;
}

int RunLogArea::leastHeight() const {
    return headHeight() + (kLogLinesAbove + 1) * theme_.px(kLogLine) + 2 * kLogTopMargin + kScrollBar;
}

void RunLogArea::setRun(const QString& uid) {
    panel_->view().setLog(nullptr);
    logs_.setRun(uid);
    tree_->clearRun();
    key_.clear();
    keptKey_.clear();
    errorKey_.clear();
    errorLine_.reset();
    byHand_ = false;
    run_ = {};
    refreshNote();
}

QString RunLogArea::focusKey() const {
    // What holds the run up comes before what went well.
    if (const TaskDetail* stuck = run_.stuckTask()) {
        for (const StepDetail& step : stuck->steps) {
            if (step.state == tekton::StepState::Waiting || step.state == tekton::StepState::Running)
                return step.key();
        }
    }
    const StepDetail* step = run_.focusStep();
    return step == nullptr ? QString() : step->key();
}

void RunLogArea::update(const RunDetail& run) {
    run_ = run;
    tree_->setRun(run);
    logs_.update(run);
    for (const StepDetail* step : run.stepsWithLogs()) noteLines(step->key());
    if (!keptKey_.isEmpty()) noteLines(keptKey_);
    // Its step has come since.
    if (!byHand_ && !key_.isEmpty() && key_ == keptKey_ && tree_->selectedKey() != rowOf(key_))
        tree_->selectKey(rowOf(key_));
    // The running step is followed until somebody chooses one.
    const QString focus = focusKey();
    if (!byHand_ && !focus.isEmpty() && focus != key_) show(focus);
    // A step that was chosen before it began.
    if (!key_.isEmpty() && key_ != StepTree::kWhole && logs_.find(key_) == nullptr) attach();
    refreshNote();
}

void RunLogArea::setBlind(const QString& refusal) {
    if (std::exchange(refusal_, refusal) == refusal) return;
    blind_ = plainRefusal(refusal);
    refreshNote();
}

void RunLogArea::refreshRefusal() {
    const StepLog* log = logs_.find(key_);
    const bool steps = key_ != StepTree::kWhole && unknown(run_.findStep(key_), log);
    const QString refusal = steps ? refusal_ : log != nullptr ? log->refusal : QString();
    if (refusal.isEmpty() || run_.row.run == nullptr) return panel_->setRefused({}, {}, {});
    panel_->setRefused(steps ? QStringLiteral("No access to steps") : QStringLiteral("No access to logs"),
                       asSentence(plainRefusal(refusal)) + QLatin1Char('.'),
                       grantCommand(refusal, QString::fromStdString(run_.row.run->meta.ns)));
}

void RunLogArea::noteLines(const QString& key) {
    const StepLog* log = logs_.find(key);
    // How many there are is known once some were read, or the end was seen.
    if (log == nullptr || (log->lines.empty() && !(log->ended() && log->problem.isEmpty()))) return;
    tree_->setNote(rowOf(key), QLocale(QLocale::English).toString(static_cast<qlonglong>(log->lines.size())));
}

QString RunLogArea::rowOf(const QString& key) const {
    // A step that only the history knows has no row of its own.
    const StepLog* kept = key == keptKey_ && run_.findStep(key) == nullptr ? logs_.find(key) : nullptr;
    return kept != nullptr ? StepTree::taskKey(kept->task) : key;
}

void RunLogArea::choose(const QString& key) {
    byHand_ = true;
    show(key);
}

void RunLogArea::openKept(const QString& task, const QString& step) {
    keptKey_ = logs_.openKept(task, step).key;
    if (!byHand_) show(keptKey_);
}

void RunLogArea::show(const QString& key) {
    if (key == key_) return;
    key_ = key;
    tree_->selectKey(rowOf(key));
    attach();
    const StepDetail* step = run_.findStep(key);
    const bool running = step != nullptr && step->state == tekton::StepState::Running;
    panel_->view().setFollow(running);
    markError();
    refreshNote();
    emit stepShown(key);
}

void RunLogArea::attach() {
    if (key_ == StepTree::kWhole) return panel_->view().setLog(&logs_.openWhole());
    const StepLog* log = logs_.open(key_);
    panel_->view().setLog(log != nullptr ? &log->lines : nullptr);
    if (log != nullptr) panel_->view().setFirstNumber(log->firstNumber);
}

void RunLogArea::setError(const QString& key, std::optional<std::size_t> line) {
    errorKey_ = key;
    errorLine_ = line;
    markError();
    showError();
}

void RunLogArea::showError() {
    if (errorKey_ == key_ && errorLine_ && !byHand_) panel_->view().showLine(*errorLine_);
}

void RunLogArea::markError() {
    const bool here = errorKey_ == key_;
    panel_->view().setErrorLine(here ? errorLine_ : std::nullopt);
    panel_->refreshErrorButton();
}

void RunLogArea::refreshNote() {
    refreshRefusal();
    const QLocale numbers(QLocale::English);
    const auto lineCount = [&](std::size_t count) {
        return count == 1 ? QStringLiteral("1 line")
                          : QStringLiteral("%1 lines").arg(numbers.toString(static_cast<qlonglong>(count)));
    };
    if (key_ == StepTree::kWhole) {
        panel_->setTitle(QStringLiteral("All steps"));
        panel_->setLive(!logs_.wholeComplete());
        panel_->setNote(lineCount(logs_.whole().size() - logs_.whole().sections()));
        panel_->setFileName(run_.row.name() + QStringLiteral(".log"));
        return;
    }
    const StepDetail* step = run_.findStep(key_);
    const StepLog* log = logs_.find(key_);
    panel_->view().setEmptyText(emptyWords(step, log));
    const bool nothing = unknown(step, log);
    panel_->setTitle(nothing ? QStringLiteral("Log") : step == nullptr ? log->step : step->title());
    // What is over is read to its end anyway.
    panel_->setLive(log != nullptr && !log->ended() && step != nullptr && !run_.row.finished());
    if (nothing)
        return panel_->setNote(!blind_.isEmpty()                           ? QStringLiteral("steps cannot be read")
                               : run_.tasks.empty() || run_.row.finished() ? QString()
                                                                           : QStringLiteral("no step has begun"));
    panel_->setFileName(QStringLiteral("%1-%2-%3.log")
                            .arg(run_.row.name(), step == nullptr ? log->task : step->task,
                                 step == nullptr ? log->step : step->name));
    if (log == nullptr) return panel_->setNote(stepWord(step->state));
    QStringList parts;
    // How many were not read nobody knows.
    const bool lost = log->state == StepLog::State::Reconnecting;
    const bool asked = log->state == StepLog::State::Asked;
    if (!log->lines.empty() || (log->problem.isEmpty() && !lost && !asked)) parts << lineCount(log->lines.size());
    if (log->lost) {
        // Why stands below.
        parts << QStringLiteral("not kept");
    } else if (log->lines.empty() && !log->refusal.isEmpty()) {
        parts << QStringLiteral("no access");
    } else if (!log->problem.isEmpty()) {
        parts << log->problem;
    } else if (log->kept) {
        parts << QStringLiteral("kept in history");
    } else if (lost) {
        parts << QStringLiteral("reconnecting");
    } else if (asked) {
        parts << QStringLiteral("reading");
    } else if (!log->ended()) {
        parts << QStringLiteral("live");
    }
    panel_->setNote(parts.join(QStringLiteral(" · ")));
}

QString RunLogArea::emptyWords(const StepDetail* step, const StepLog* log) const {
    if (step == nullptr && !blind_.isEmpty()) return asSentence(blind_) + QLatin1Char('.');
    if (step == nullptr && log == nullptr) {
        if (run_.row.run == nullptr) return {};
        return run_.row.finished() ? QStringLiteral("Its steps are not known.")
                                   : QStringLiteral("No step has begun.");
    }
    if (log == nullptr) {
        const tekton::Stuck* stuck = run_.stuck();
        if (stuck != nullptr && run_.stuckTask()->name == step->task) {
            return QStringLiteral("Nothing is written yet. %1.").arg(asSentence(fromUtf8(stuck->words)));
        }
        return step->state == tekton::StepState::Waiting && !run_.row.finished()
                   ? QStringLiteral("The step has not begun.")
                   : QStringLiteral("The step did not run.");
    }
    if (const QString missing = log->missing(); !missing.isEmpty()) return asSentence(missing) + QLatin1Char('.');
    if (log->state == StepLog::State::Asked) return QStringLiteral("Reading what the step wrote.");
    return log->ended() ? QStringLiteral("The step wrote nothing.") : QStringLiteral("Nothing is written yet.");
}

bool RunLogArea::filled() const {
    const StepLog* log = logs_.find(key_);
    const StepDetail* step = run_.findStep(key_);
    if (step != nullptr && !step->hasLog()) return true;
    return key_ == StepTree::kWhole || (log != nullptr && (!log->lines.empty() || log->ended()));
}

void RunLogArea::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (!dragged_ && event->oldSize().width() != width()) fitTree();
}

void RunLogArea::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.lineDefault);
    p.fillRect(side_->geometry().translated(side_->parentWidget()->pos()), c.bgCanvas);
    const int y = side_->parentWidget()->y() + theme_.px(kHead);
    p.fillRect(QRect(0, y, side_->width(), 1), c.lineDefault);
}

}  // namespace cerebral::ui
