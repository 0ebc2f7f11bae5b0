// What the panel beside the table says of a run: nothing is guessed.
#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/models/format.h"
#include "ui/models/peek_content.h"

using namespace cerebral;
using namespace cerebral::ui;
using tekton::RunState;
using tekton::TaskState;

class PeekContentTest : public QObject {
    Q_OBJECT

    test::RunMaker maker_{5};

    /// clone took 7 s, build failed after 1:58, deploy was skipped.
    RunDetail failed() {
        RunDetail run;
        run.row = makeRunRow(maker_.make(RunState::Failed, "data-services", 14));
        run.state = RunState::Failed;
        const WallTime start = fromMillis(run.row.startedMs);
        const auto later = [&](int seconds) { return start + std::chrono::seconds(seconds); };
        run.tasks.resize(3);
        const auto become = [](TaskDetail& task, const char* name, TaskState state) {
            task.name = QString::fromUtf8(name);
            task.state = state;
        };
        become(run.tasks[0], "git-clone-task", TaskState::Succeeded);
        run.tasks[0].start = start;
        run.tasks[0].end = later(7);
        become(run.tasks[1], "kaniko-build-task", TaskState::Failed);
        run.tasks[1].start = later(7);
        run.tasks[1].end = later(125);
        become(run.tasks[2], "deploy-task", TaskState::Skipped);
        run.failedTask = 1;
        return run;
    }
    static analysis::FailureCard card() {
        analysis::FailureCard card;
        card.task = "kaniko-build-task";
        card.step = "build";
        card.explanation = "exit code 1";
        card.byLevel = true;
        analysis::Excerpt excerpt;
        excerpt.firstNumber = 807;
        excerpt.errorNumber = 812;
        excerpt.totalLines = 820;
        for (int i = 0; i < 11; ++i) excerpt.lines.push_back("line " + std::to_string(807 + i));
        card.excerpt = excerpt;
        analysis::RunDifferences differences;
        differences.commit = {analysis::Sameness::Changed, std::string(40, 'a'), std::string(40, 'b')};
        differences.baseDigest = {analysis::Sameness::Unknown, {}, {}};
        differences.compareUrl = "https://github.com/a/b/compare/x...y";
        differences.params = {{"requirements", "pydantic==1.10.18", std::nullopt}};
        card.differences = differences;
        return card;
    }
    static QString factOf(const PeekContent& content, const char* label) {
        for (const PeekFact& fact : content.facts) {
            if (fact.label == QLatin1String(label)) return fact.value;
        }
        return QStringLiteral("(none)");
    }

private slots:
    void aFailedRun() {
        const RunDetail run = failed();
        const analysis::FailureCard why = card();
        PeekAside aside;
        aside.nowMs = run.row.startedMs + 14 * 60'000;
        aside.medianMs = 175'000;
        aside.card = &why;
        aside.pushes = 3;
        const PeekContent content = peekContent(run, aside);
        QCOMPARE(content.service, QStringLiteral("data-services"));
        QCOMPARE(factOf(content, "Run"), run.row.name());
        QVERIFY(factOf(content, "Commit").startsWith(shortSha(run.row.commit()) + " on " + run.row.branch));
        QVERIFY(factOf(content, "Started").endsWith(QLatin1String("14 min ago")));
        QCOMPARE(content.facts[3].aside, QStringLiteral("median 2:55"));
        QCOMPARE(content.tasks[0].time, QStringLiteral("0:07"));
        QCOMPARE(content.tasks[1].time, QStringLiteral("1:58"));
        QCOMPARE(content.tasks[2].time, QStringLiteral("not run"));
        QVERIFY(content.log.has_value());
        QCOMPARE(content.log->title, QStringLiteral("First error"));
        QCOMPARE(content.log->note, QStringLiteral("step build, exit code 1"));
        QCOMPARE(content.log->lines.size(), std::size_t{4});
        QCOMPARE(content.log->lines[2].number, QStringLiteral("812"));
        QVERIFY(content.log->lines[2].error);
        QCOMPARE(content.since.size(), std::size_t{2});  // of the base nothing is known
        QCOMPARE(content.since[0].before, QStringLiteral("aaaaaaa"));
        QCOMPARE(content.since[1].after, QStringLiteral("(not set)"));
        QCOMPARE(content.commitsAside, QStringLiteral("3 pushes"));
        QVERIFY(content.commitsUrl.startsWith(QLatin1String("https://")));
        QVERIFY(content.spoken().join(QLatin1Char('\n')).contains(QLatin1String("812 line 812")));
    }

    void onlyTheWebIsALink() {
        const RunDetail run = failed();
        analysis::FailureCard why = card();
        why.differences->compareUrl = "file:///etc/passwd";
        PeekAside aside;
        aside.card = &why;
        QVERIFY(peekContent(run, aside).commitsUrl.isEmpty());
    }

    void whatHasNotArrivedIsLoadingThenUnknown() {
        RunDetail run = failed();
        run.tasks[1].unknown = true;
        run.tasks[1].start.reset();
        run.tasks[1].end.reset();
        run.tasks[0].start.reset();  // that it succeeded is told by the run
        PeekAside aside;
        PeekContent content = peekContent(run, aside);
        QVERIFY(content.tasks[0].time.isEmpty());
        QVERIFY(content.tasks[1].time.isEmpty());
        QVERIFY(content.log && content.log->loading);
        // While tasks are coming, that no step ran would be a guess.
        analysis::FailureCard none;
        aside.card = &none;
        QVERIFY(peekContent(run, aside).log->loading);
        aside.settled = true;
        content = peekContent(run, aside);
        QCOMPARE(content.tasks[0].time, QStringLiteral("unknown"));
        QCOMPARE(content.tasks[1].time, QStringLiteral("unknown"));
        QVERIFY(content.tasks[1].unknown);
        QVERIFY(!content.log->loading);
    }

    void theHistoryKnowsTasksThatAreGone() {
        RunDetail run = failed();
        for (TaskDetail& task : run.tasks) {
            task.start.reset();
            task.end.reset();
        }
        run.tasks[1].unknown = true;
        history::RunRecord kept;
        history::TaskRecord build;
        build.pipelineTask = "kaniko-build-task";
        build.state = RunState::Failed;
        build.started = fromMillis(run.row.startedMs + 7000);
        build.finished = fromMillis(run.row.startedMs + 125'000);
        kept.tasks.push_back(build);
        PeekAside aside;
        aside.kept = &kept;
        aside.settled = true;
        const PeekContent content = peekContent(run, aside);
        QCOMPARE(content.tasks[0].time, QStringLiteral("unknown"));
        QCOMPARE(content.tasks[1].time, QStringLiteral("1:58"));
        QVERIFY(!content.tasks[1].unknown);
        QCOMPARE(content.tasks[1].state, TaskState::Failed);
    }

    void aRunThatGoesOn() {
        RunDetail run = failed();
        run.row = makeRunRow(maker_.make(RunState::Running, "ai-services", 1));
        run.state = RunState::Running;
        run.failedTask = -1;
        run.tasks[1].state = TaskState::Running;
        run.tasks[1].start = fromMillis(run.row.startedMs + 7000);
        run.tasks[1].end.reset();
        run.tasks[2].state = TaskState::Waiting;
        PeekAside aside;
        aside.nowMs = run.row.startedMs + 67'000;
        const PeekContent content = peekContent(run, aside);
        QCOMPARE(factOf(content, "Runs for"), QStringLiteral("1:07"));
        QCOMPARE(factOf(content, "Now"), QStringLiteral("kaniko-build-task"));
        QCOMPARE(content.tasks[1].time, QStringLiteral("1:00"));
        QCOMPARE(content.tasks[2].time, QStringLiteral("not begun"));
        QVERIFY(!content.log);
        QVERIFY(content.sinceTitle.isEmpty());
    }

    void aGreenRunOfAnotherBranchIsNamed() {
        const RunDetail run = failed();
        analysis::FailureCard why = card();
        PeekAside aside;
        aside.card = &why;
        QCOMPARE(peekContent(run, aside).sinceTitle, QStringLiteral("Since the last green run"));
        why.differences->greenBranch = "main";
        QCOMPARE(peekContent(run, aside).sinceTitle, QStringLiteral("Since the last green run on main"));
    }

    void aFirstRunHasNothingToCompareWith() {
        const RunDetail run = failed();
        analysis::FailureCard why = card();
        why.differences.reset();
        why.firstRun = true;
        PeekAside aside;
        aside.card = &why;
        QVERIFY(peekContent(run, aside).sinceWords.startsWith(QLatin1String("First run")));
    }
};

CEREBRAL_TEST(PeekContentTest)
#include "peek_content_test.moc"
