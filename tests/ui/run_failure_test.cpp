// Why a run failed, in the window: what it is compared with, how high the card is, and the colours of its lines.
#include <QSet>
#include <QtTest/QtTest>

#include "core/tekton/run_labels.h"
#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/widgets/line_ink.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::WindowFixture;

class RunFailureTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    RunPage& page() { return *f_->window->runPage(); }

private slots:
    void init() {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->open());
    }
    void cleanup() { f_.reset(); }

    void aFailureIsComparedWithItsBranch();
    void theCardEndsBehindALine();
    void aLineHasTheColourOfItsLevel();
    void whatTimedOutStoppedWhereItWas();
};

/// Without a green run on its branch with the newest of the service, whose branch is named.
void RunFailureTest::aFailureIsComparedWithItsBranch() {
    const auto make = [this](tekton::RunState state, int minutesAgo, const std::string& branch) {
        tekton::PipelineRun run = *f_->runMaker.make(state, "lonely-services", minutesAgo);
        run.meta.labels.set(tekton::labels::kBranch, branch);
        run.meta.annotations.set(tekton::labels::kRef, "refs/heads/" + branch);
        return std::make_shared<const tekton::PipelineRun>(std::move(run));
    };
    using tekton::RunState;
    const auto older = make(RunState::Succeeded, 30, "main");
    const auto newer = make(RunState::Succeeded, 20, "feature/retry");
    const auto onMain = make(RunState::Failed, 10, "main");
    const auto alone = make(RunState::Failed, 5, "release/2.7");
    RunChanges changes;
    changes.added = {older, newer, onMain, alone};
    f_->runs.apply(changes);
    const auto differences = [this](const auto& run) {
        const bool open = f_->window->openRun(QString::fromStdString(run->meta.uid));
        const auto answered = [&] {
            const auto& card = page().failure().card();
            return card && card->run == run->meta.name;
        };
        return open && QTest::qWaitFor(answered) ? page().failure().card()->differences : std::nullopt;
    };
    const auto same = differences(onMain);
    QVERIFY(same.has_value());
    QCOMPARE(same->greenRun, older->meta.name);
    QVERIFY(same->greenBranch.empty());
    const QString inTable = page().paramModel().headerData(2, Qt::Horizontal, Qt::DisplayRole).toString();
    QCOMPARE(inTable, QStringLiteral("In the last green run, where it differs"));
    const auto other = differences(alone);
    QVERIFY(other.has_value());
    QCOMPARE(other->greenRun, newer->meta.name);
    QCOMPARE(other->greenBranch, std::string("feature/retry"));
    QCOMPARE(page().paramModel().headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("In the last green run on feature/retry, where it differs"));
}

void RunFailureTest::theCardEndsBehindALine() {
    analysis::FailureCard card;
    card.task = "kaniko-build-task";
    card.step = "build";
    card.explanation = "exit code 1";
    analysis::Excerpt excerpt;
    excerpt.firstNumber = 41;
    excerpt.errorNumber = 49;
    excerpt.totalLines = 60;
    excerpt.lines.assign(11, "a line of the log");
    card.excerpt = excerpt;
    for (int i = 0; i < 6; ++i) card.events.push_back({f_->clock.now(), false, "Pulled", "an image", 1});
    for (const double scale : {1.0, 1.5}) {
        f_->theme.setFontScale(scale);
        for (const int width : {1000, 1800}) {
            FailureView view(f_->theme);
            view.resize(width, 400);
            view.show();
            QVERIFY(QTest::qWaitForWindowExposed(&view));
            view.setCard(card, f_->clock.now());
            view.setMostHeight(10'000);
            const int full = view.fullHeight();
            int before = 0;
            QSet<int> heights;
            for (int most = f_->theme.px(200); most < full + 40; ++most) {
                view.setMostHeight(most);
                const int height = view.fittingHeight();
                QVERIFY2(height <= most && height >= before, qPrintable(QString::number(most)));
                // What is left over is less than a title with the line below it.
                QVERIFY2(height == view.fullHeight() || most - height < f_->theme.px(32 + 20 + 8),
                         qPrintable(QString::number(most)));
                before = height;
                heights.insert(height);
                // The same again in the room it asked for.
                view.setMostHeight(height);
                QCOMPARE(view.fittingHeight(), height);
            }
            // From one line to the next.
            QVERIFY2(heights.size() <= full / f_->theme.px(18) + 2, qPrintable(QString::number(heights.size())));
        }
    }
}

/// Of the log, of the card and of the panel beside the runs.
void RunFailureTest::aLineHasTheColourOfItsLevel() {
    const Colors& c = lightColors();
    QCOMPARE(lineInk("ERROR: no matching distribution", false, c), c.bad.text);
    QCOMPARE(lineInk("WARNING: running as root", false, c), c.stuck.text);
    QCOMPARE(lineInk("Collecting orjson", false, c), c.text1);
    QCOMPARE(lineInk("Collecting orjson", true, c), c.bad.text);
    QCOMPARE(lineInk(std::string(8192, 'x') + " ERROR: far away", false, c), c.text1);
}

/// Tekton cancels the task a timeout finds: nothing failed by itself.
void RunFailureTest::whatTimedOutStoppedWhereItWas() {
    tekton::PipelineRun run = *f_->runMaker.make(tekton::RunState::TimedOut, "ai-services", 5);
    run.children.push_back({});
    run.children.back().name = "the-build";
    run.children.back().pipelineTaskName = "kaniko-build-task";
    tekton::TaskRun build;
    build.meta.ns = run.meta.ns;
    build.meta.name = "the-build";
    build.meta.labels.set(tekton::kPipelineRunLabel, run.meta.name);
    build.meta.labels.set(tekton::kPipelineTaskLabel, "kaniko-build-task");
    build.startTime = run.startTime;
    build.completionTime = run.completionTime;
    build.condition = tekton::ConditionStatus::False;
    build.reason = "TaskRunCancelled";
    tekton::Step step;
    step.name = "build";
    step.exitCode = 1;
    step.terminationReason = "TaskRunCancelled";
    build.steps = {step};
    const auto detail = [&](tekton::RunState state) {
        run.reason = state == tekton::RunState::TimedOut ? "PipelineRunTimeout" : "Cancelled";
        return makeRunDetail(std::make_shared<const tekton::PipelineRun>(run),
                             {std::make_shared<const tekton::TaskRun>(build)}, {}, {});
    };
    const RunDetail late = detail(tekton::RunState::TimedOut);
    QCOMPARE(late.state, tekton::RunState::TimedOut);
    QCOMPARE(late.place(), QStringLiteral("build"));
    QVERIFY(late.focusStep() != nullptr);
    const TaskDetail& overdue = late.tasks[static_cast<std::size_t>(late.failedTask)];
    QVERIFY(overdue.stoppedByRun());
    QCOMPARE(overdue.state, tekton::TaskState::TimedOut);
    QCOMPARE(late.focusStep()->state, tekton::StepState::TimedOut);
    // Whoever cancels knows why: nothing is to be looked for.
    QCOMPARE(detail(tekton::RunState::Cancelled).failedTask, -1);
}

CEREBRAL_TEST(RunFailureTest)
#include "run_failure_test.moc"
