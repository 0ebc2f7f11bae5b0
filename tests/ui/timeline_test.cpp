#include <QtTest/QtTest>

#include "core/base/time_format.h"
#include "core/tekton/run_labels.h"
#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/models/format.h"
#include "ui/models/run_texts.h"
#include "ui/models/timeline.h"
#include "ui/theme/theme.h"
#include "ui/widgets/graph_view.h"
#include "ui/widgets/timeline_metrics.h"
#include "ui/widgets/timeline_view.h"

using namespace cerebral;
using namespace cerebral::ui;
using tekton::RunState;
using tekton::TaskState;

class TimelineTest : public QObject {
    Q_OBJECT

    test::RunMaker maker{3};

    static WallTime later(WallTime from, int seconds) { return from + std::chrono::seconds(seconds); }

    /// clone (done) → build (running) → deploy (not begun), 60 s after the start.
    RunDetail running() {
        RunDetail run;
        run.row = makeRunRow(maker.make(RunState::Running, "ai-services", 1));
        run.state = RunState::Running;
        const WallTime start = fromMillis(run.row.startedMs);
        run.tasks.resize(3);
        const char* names[] = {"clone", "build", "deploy"};
        for (std::size_t i = 0; i < 3; ++i) {
            run.tasks[i].name = QString::fromUtf8(names[i]);
            if (i > 0) run.tasks[i].after = {i - 1};
        }
        TaskDetail& clone = run.tasks[0];
        clone.state = TaskState::Succeeded;
        clone.start = start;
        clone.end = later(start, 10);
        clone.timing.queued = tekton::Interval{start, later(start, 2)};
        clone.timing.pulling = tekton::Interval{later(start, 2), later(start, 5)};
        clone.timing.running = tekton::Interval{later(start, 5), later(start, 10)};
        TaskDetail& build = run.tasks[1];
        build.state = TaskState::Running;
        build.start = later(start, 10);
        build.timing.running = tekton::Interval{later(start, 12), std::nullopt};
        return run;
    }
    static history::DurationProfile usual(int runs) {
        history::DurationProfile profile;
        profile.runs = runs;
        profile.run = {runs, Millis(150'000), Millis(180'000)};
        const auto task = [&](const char* name, int seconds) {
            history::TaskProfile made;
            made.task = name;
            made.run = {runs, Millis(seconds * 1000), Millis(seconds * 1200)};
            made.steps.push_back(
                {std::string(name) + "-step", {runs, Millis(seconds * 900), Millis(seconds * 1000)}});
            return made;
        };
        profile.tasks = {task("clone", 8), task("build", 120), task("deploy", 20)};
        return profile;
    }
    static const TimelineRow& rowOf(const Timeline& line, int task) {
        for (const TimelineRow& row : line.rows) {
            if (row.task == task && row.step < 0) return row;
        }
        return line.rows.front();
    }

private slots:
    void partsStandWhereTheServerSaysTheyWere() {
        const RunDetail run = running();
        const Timeline line = makeTimeline(run, nullptr, run.row.startedMs + 60'000);
        const qint64 offset = run.row.startedMs - line.originMs;
        const TimelineRow& clone = rowOf(line, 0);
        QCOMPARE(clone.bars.size(), std::size_t{3});
        QCOMPARE(clone.bars[0].kind, TimelineBar::Kind::Queue);
        QCOMPARE(clone.bars[1].from - offset, qint64{2000});
        QCOMPARE(clone.bars[2].to - offset, qint64{10'000});
        QCOMPARE(clone.duration, std::optional<qint64>(10'000));
        // What runs reaches to now.
        QCOMPARE(rowOf(line, 1).bars.back().to - offset, qint64{60'000});
        QCOMPARE(line.now, std::optional<qint64>(60'000 + offset));
        // Without earlier runs nothing is expected.
        QVERIFY(!line.eta);
        QVERIFY(!rowOf(line, 1).ghost);
        QVERIFY(!rowOf(line, 2).expected);
    }

    void earlierTriesAreNumberedAndNamed() {
        RunDetail run = running();
        TaskDetail& build = run.tasks[1];
        const WallTime start = *build.start;
        EarlierTry first{1, {}};
        first.timing.queued = tekton::Interval{start, later(start, 2)};
        first.timing.running = tekton::Interval{later(start, 2), later(start, 20)};
        EarlierTry second{2, {}};  // no pod could be made for it
        second.timing.queued = tekton::Interval{later(start, 20), later(start, 24)};
        build.earlierTries = {second, first};
        build.timing.running = tekton::Interval{later(start, 25), std::nullopt};
        const Timeline line = makeTimeline(run, nullptr, run.row.startedMs + 60'000);
        const TimelineRow& row = rowOf(line, 1);
        QCOMPARE(row.bars.size(), std::size_t{4});
        QCOMPARE(row.bars[0].tryNumber, 1);
        QCOMPARE(row.bars[1].tryNumber, 1);
        QCOMPARE(row.bars[2].tryNumber, 2);
        QCOMPARE(row.bars[3].tryNumber, 0);
        const Theme theme;
        TimelineView view(theme);
        view.setTimeline(line);
        view.select(1, -1);
        const QString said = view.accessibleDescription();
        QVERIFY2(said.contains(QStringLiteral("\ntry 1: failed after 18 s, ")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("\ntry 2: failed before its first step, after 4 s, ")),
                 qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("\ntry 3: running ")), qPrintable(said));
    }

    /// A median is of one try that had its pod: what came before is added to it, everywhere.
    void theExpectedTimeCountsFromTheTryThatRuns() {
        RunDetail run = running();
        TaskDetail& build = run.tasks[1];
        build.counted = later(*build.start, 30);
        StepDetail step;
        step.task = build.name;
        step.name = QStringLiteral("build-step");
        step.state = tekton::StepState::Running;
        step.running = tekton::Interval{later(*build.start, 40), std::nullopt};
        build.steps = {step};
        const history::DurationProfile profile = usual(20);
        const Timeline line = makeTimeline(run, &profile, run.row.startedMs + 60'000);
        const qint64 offset = run.row.startedMs - line.originMs;
        const TimelineRow& row = rowOf(line, 1);
        QCOMPARE(row.duration, std::optional<qint64>(50'000));
        QCOMPARE(row.whole, std::optional<qint64>(30'000 + 120'000));
        QVERIFY(row.ghost);
        QCOMPARE(row.ghost->from - offset, qint64{40'000});
        QCOMPARE(row.ghost->to - offset, qint64{160'000});
        QCOMPARE(rowOf(line, 2).expected->from, row.ghost->to);
        QCOMPARE(line.eta, std::optional<qint64>(180'000 + offset));
        const auto stepRow = std::find_if(line.rows.begin(), line.rows.end(),
                                          [](const TimelineRow& each) { return each.task == 1 && each.step == 0; });
        QVERIFY(stepRow != line.rows.end() && stepRow->ghost);
        QCOMPARE(stepRow->ghost->from - offset, qint64{50'000});
        QVERIFY(stepRow->ghost->to <= row.ghost->to);
    }

    void aFinishedTaskIsMeasuredFromWhereItsTimeCounts() {
        RunDetail run = running();
        TaskDetail& build = run.tasks[1];
        build.state = TaskState::Succeeded;
        build.counted = later(*build.start, 30);
        build.end = later(*build.start, 30 + 122);
        const history::DurationProfile profile = usual(20);
        const qint64 now = run.row.startedMs + 300'000;
        const Theme theme;
        TimelineView view(theme);
        view.setTimeline(makeTimeline(run, &profile, now));
        const TimelineRow& row = rowOf(view.timeline(), 1);
        QCOMPARE(*row.duration - *row.whole, qint64{2'000});
        const auto index = static_cast<int>(&row - view.timeline().rows.data());
        QVERIFY2(view.describe(index).contains(QLatin1String("2 s longer than the median")),
                 qPrintable(view.describe(index)));
        // In the graph beside the time of both tries stands what both were to take.
        GraphView graph(theme);
        graph.setRun(run, &profile, now);
        QVERIFY2(graph.describe(1).startsWith(QStringLiteral("build: succeeded · 2:32\n")),
                 qPrintable(graph.describe(1)));
        QCOMPARE(graph.usualOf(1), QStringLiteral("~2:30"));
    }

    void aRunWithoutTasksSaysSo() {
        RunDetail run = running();
        run.tasks.clear();
        const Theme theme;
        GraphView graph(theme);
        graph.setRun(run, nullptr, run.row.startedMs);
        QCOMPARE(graph.accessibleDescription(), QStringLiteral("The pipeline is not known yet."));
    }

    /// What is no part of the medians: earlier tries, and the wait for a quota to have room for the pod.
    void theMediansCountFromThePodOrTheTry() {
        tekton::PipelineRun run = *maker.make(RunState::Running, "ai-services", 5);
        run.children.push_back({});
        run.children.back().name = "the-build";
        run.children.back().pipelineTaskName = "build";
        const WallTime start = std::chrono::floor<std::chrono::seconds>(*run.startTime);
        tekton::TaskRun build;
        build.meta.ns = run.meta.ns;
        build.meta.name = "the-build";
        build.meta.labels.set(tekton::kPipelineRunLabel, run.meta.name);
        build.meta.labels.set(tekton::kPipelineTaskLabel, "build");
        build.meta.creationTimestamp = build.startTime = start;
        build.podName = "the-pod";
        const auto counted = [&](std::optional<int> podAfter) {
            std::vector<kube::ObjectPtr<kube::Pod>> pods;
            if (podAfter) {
                auto pod = std::make_shared<kube::Pod>();
                pod->meta.ns = run.meta.ns;
                pod->meta.name = build.podName;
                pod->meta.creationTimestamp = later(start, *podAfter);
                pods.push_back(std::move(pod));
            }
            const RunDetail detail = makeRunDetail(std::make_shared<const tekton::PipelineRun>(run),
                                                   {std::make_shared<const tekton::TaskRun>(build)}, pods, {});
            return detail.tasks.empty() ? std::optional<WallTime>() : detail.tasks.front().counted;
        };
        QVERIFY(!counted(std::nullopt));
        QVERIFY(!counted(1));
        QCOMPARE(counted(90), std::optional(later(start, 90)));
        tekton::RetriedAttempt first;
        first.startTime = start;
        first.completionTime = later(start, 40);
        build.retries = {first};
        build.startTime = later(start, 42);
        QCOMPARE(counted(43), std::optional(later(start, 42)));
        QCOMPARE(counted(60), std::optional(later(start, 60)));
        build.startTime.reset();
        QCOMPARE(counted(std::nullopt), std::optional(later(start, 40)));
    }

    /// The header counts from the run's start; a cluster that counts in seconds calls that the push's second.
    void theAxisCountsLikeTheHeader_data() {
        QTest::addColumn<int>("before");
        QTest::addColumn<qint64>("origin");
        QTest::newRow("within the second") << 300 << qint64{0};
        QTest::newRow("just after the start, as cut") << -450 << qint64{0};
        QTest::newRow("the receiver had to wait") << 7'300 << qint64{-8'000};
    }
    void theAxisCountsLikeTheHeader() {
        QFETCH(int, before);
        QFETCH(qint64, origin);
        RunDetail run = running();
        tekton::PipelineRun object = *run.row.run;
        const WallTime start = std::chrono::floor<std::chrono::seconds>(*object.startTime);
        object.startTime = start;
        object.meta.creationTimestamp = start;
        object.meta.annotations.set(tekton::labels::kReceivedAt,
                                    formatRfc3339Millis(start - std::chrono::milliseconds(before)));
        run.row = makeRunRow(std::make_shared<const tekton::PipelineRun>(object));
        run.tasks.clear();
        const qint64 now = run.row.startedMs + 105'900;
        const Timeline line = makeTimeline(run, nullptr, now);
        QVERIFY(line.pushMs);
        QCOMPARE(line.originMs, run.row.startedMs + origin);
        if (origin == 0) QCOMPARE(*line.now, run.row.durationMs(now));
    }

    /// A task that the cluster says began before the push arrived is not cut off.
    void nothingStandsBeforeTheAxis() {
        RunDetail run = running();
        run.tasks[0].timing.queued->start = later(fromMillis(run.row.createdMs), -3);
        run.tasks[0].start = run.tasks[0].timing.queued->start;
        const Timeline line = makeTimeline(run, nullptr, run.row.startedMs + 60'000);
        for (const TimelineRow& row : line.rows) {
            for (const TimelineBar& bar : row.bars) QVERIFY(bar.from >= 0);
        }
        QCOMPARE(rowOf(line, 0).bars[0].from, qint64{0});
    }

    void mediansGiveGhostsAnExpectationAndAnEnd() {
        const RunDetail run = running();
        const history::DurationProfile profile = usual(20);
        const Timeline line = makeTimeline(run, &profile, run.row.startedMs + 60'000);
        const qint64 offset = run.row.startedMs - line.originMs;
        const TimelineRow& build = rowOf(line, 1);
        QVERIFY(build.ghost);
        QCOMPARE(build.ghost->from - offset, qint64{10'000});
        QCOMPARE(build.ghost->to - offset, qint64{130'000});
        const TimelineRow& deploy = rowOf(line, 2);
        QVERIFY(deploy.expected);
        QCOMPARE(deploy.expected->from - offset, qint64{130'000});
        QCOMPARE(deploy.expected->to - offset, qint64{150'000});
        QCOMPARE(line.eta, std::optional<qint64>(150'000 + offset));
        // The step that will run is drawn inside its task.
        const TimelineRow& step = line.rows.back();
        QCOMPARE(step.name, QStringLiteral("deploy-step"));
        QVERIFY(step.expected && step.expected->to <= deploy.expected->to);
        QCOMPARE(line.links.size(), std::size_t{2});
        QVERIFY(!line.links[0].expected);
        QVERIFY(line.links[1].expected);
    }

    /// Nothing but help ends it: an estimate would flee before the clock.
    void whatIsStuckHasNoEnd() {
        RunDetail run = running();
        run.state = RunState::Stuck;
        run.tasks[1].state = TaskState::Stuck;
        const history::DurationProfile profile = usual(20);
        const Timeline line = makeTimeline(run, &profile, run.row.startedMs + 200'000);
        QVERIFY(line.now && !line.eta);
        QVERIFY(!rowOf(line, 2).expected);
        QCOMPARE(line.links.size(), std::size_t{1});
        for (const RunFact& fact : runFacts(run, &profile, run.row.startedMs + 200'000))
            QVERIFY(fact.label != QLatin1String("Expected"));
    }

    void anEndIsExpectedInTheFutureOnly() {
        RunDetail run = running();
        run.tasks.resize(2);  // nothing follows the build, which takes longer than it ever did
        const history::DurationProfile profile = usual(20);
        const auto expected = [&](qint64 afterMs) {
            const std::vector<RunFact> facts = runFacts(run, &profile, run.row.startedMs + afterMs);
            return std::any_of(facts.begin(), facts.end(),
                               [](const RunFact& fact) { return fact.label == QLatin1String("Expected"); });
        };
        QVERIFY(expected(60'000));
        QVERIFY(!expected(151'000));
    }

    /// The header's end and the one in the timeline are one and the same.
    void theHeaderExpectsWhatTheTimelineDoes() {
        const RunDetail run = running();
        const history::DurationProfile profile = usual(20);
        const qint64 now = run.row.startedMs + 60'000;
        const Timeline line = makeTimeline(run, &profile, now);
        QVERIFY(line.eta);
        for (const RunFact& fact : runFacts(run, &profile, now)) {
            if (fact.label == QLatin1String("Expected"))
                QCOMPARE(fact.value, formatClockSeconds(fromMillis(line.originMs + *line.eta), fromMillis(now)));
        }
    }

    /// A task that never began decided nothing, whatever the medians say of it.
    void thePathEndsWithWhatRan() {
        RunDetail run = running();
        run.state = RunState::Failed;
        run.row.completedMs = run.row.startedMs + 60'000;
        run.row.state = RunState::Failed;
        run.tasks[1].state = TaskState::Failed;
        run.tasks[1].end = later(fromMillis(run.row.startedMs), 60);
        run.tasks[2].state = TaskState::Skipped;
        const history::DurationProfile profile = usual(20);
        const Timeline line = makeTimeline(run, &profile, run.row.startedMs + 90'000);
        QCOMPARE(line.links.size(), std::size_t{1});
        QCOMPARE(line.links[0].toRow, 1);
    }

    /// The median of a step stays within the median of its task.
    void aPartIsNotDrawnLongerThanTheWhole() {
        RunDetail run = running();
        const WallTime start = fromMillis(run.row.startedMs);
        StepDetail step;
        step.task = run.tasks[1].name;
        step.name = QStringLiteral("build-step");
        step.state = tekton::StepState::Running;
        step.running = tekton::Interval{later(start, 40), std::nullopt};
        run.tasks[1].steps = {step};
        const history::DurationProfile profile = usual(20);
        const Timeline line = makeTimeline(run, &profile, run.row.startedMs + 60'000);
        const TimelineRow& task = rowOf(line, 1);
        const auto row = std::find_if(line.rows.begin(), line.rows.end(),
                                      [](const TimelineRow& each) { return each.task == 1 && each.step == 0; });
        QVERIFY(row != line.rows.end() && row->ghost && task.ghost);
        QCOMPARE(row->ghost->to, task.ghost->to);
        QVERIFY(row->ghost->from >= task.ghost->from);
        // Read against its bar, from where that begins.
        QCOMPARE(row->ghost->from, row->bars.back().from);
    }

    void tooFewRunsSayNothing() {
        const RunDetail run = running();
        const history::DurationProfile profile = usual(4);
        const Timeline line = makeTimeline(run, &profile, run.row.startedMs + 60'000);
        QVERIFY(!line.eta);
        QVERIFY(!rowOf(line, 1).ghost);
    }

    void ticksLeaveRoom() {
        QCOMPARE(tickDistance(0.1), qint64{1000});
        QCOMPARE(tickDistance(64.0 / 1000), qint64{1000});
        QCOMPARE(tickDistance(63.9 / 1000), qint64{2000});
        QCOMPARE(tickDistance(64.0 / 3'600'001), qint64{3'600'000});
    }
};

CEREBRAL_TEST(TimelineTest)
#include "timeline_test.moc"
