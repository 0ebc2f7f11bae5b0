#include "core/tekton/step_timing.h"

#include <QtTest/QtTest>
#include <map>

#include "core/base/time_format.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/tekton/task_text.h"

using namespace cerebral;

namespace {

struct Recorded {
    std::vector<kube::ObjectPtr<tekton::TaskRun>> taskRuns = test::taskRunsOf("states/taskruns.list.json");
    std::map<std::string, kube::ObjectPtr<kube::Pod>> pods;

    Recorded() {
        for (const auto& pod : test::podsOfCapture("states/pods.list.json")) pods[pod->meta.name] = pod;
    }
    [[nodiscard]] const kube::Pod* pod(const std::string& name) const {
        const auto it = pods.find(name);
        return it == pods.end() ? nullptr : it->second.get();
    }
};

bool inOrder(const tekton::TaskTiming& timing) {
    std::optional<WallTime> last;
    for (const auto& part : {timing.queued, timing.pulling, timing.running}) {
        if (!part) continue;
        if (last && part->start < *last) return false;
        if (part->end && *part->end < part->start) return false;
        last = part->end ? part->end : part->start;
    }
    return true;
}

}  // namespace

class StepTimingTest : public QObject {
    Q_OBJECT

private slots:
    void recordedTasksHaveTheirTimes() {
        const Recorded recorded;
        std::string text;
        for (const auto& run : recorded.taskRuns) {
            const auto timing = tekton::taskTiming(*run, recorded.pod(run->podName));
            QVERIFY2(inOrder(timing), run->meta.name.c_str());
            text += run->meta.name + " " + test::describe(timing) + "\n";
            for (const auto& attempt : run->retries) {
                const auto earlier = tekton::attemptTiming(attempt, recorded.pod(attempt.podName));
                QVERIFY2(inOrder(earlier), attempt.podName.c_str());
                text += "  " + attempt.podName + " " + test::describe(earlier) + "\n";
            }
        }
        const std::string difference = test::compareGolden("golden/tekton/timing.states.txt", text);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void withoutItsPodATaskWasQueuedUntilItsFirstStep() {
        const Recorded recorded;
        for (const auto& run : recorded.taskRuns) {
            if (run->meta.name != "state-result-r") continue;
            const auto timing = tekton::taskTiming(*run, nullptr);
            QVERIFY(timing.queued && timing.running && !timing.pulling);
            QCOMPARE(timing.queued->end, std::optional(timing.running->start));
            QVERIFY(timing.running->end);
        }
    }

    void aStepThatNeverBeganHasNoTime() {
        const Recorded recorded;
        for (const auto& run : recorded.taskRuns) {
            if (run->meta.name != "state-pull-failed-nope") continue;
            QVERIFY(run->steps.at(0).startedAt);
            const auto timing = tekton::taskTiming(*run, recorded.pod(run->podName));
            QVERIFY(!timing.running);
            QVERIFY(!timing.steps.at(0).running);
        }
    }

    /// A full quota lets no pod be made: the time is the queue's, however it ends.
    void whatNeverHadAPodWasQueuedToItsEnd() {
        tekton::TaskRun run;
        run.meta.creationTimestamp = run.startTime = *parseRfc3339("2026-11-23T08:00:00Z");
        run.condition = tekton::ConditionStatus::Unknown;
        run.reason = "ExceededResourceQuota";
        QVERIFY(tekton::taskTiming(run, nullptr).queued && !tekton::taskTiming(run, nullptr).queued->end);
        run.condition = tekton::ConditionStatus::False;
        run.reason = "TaskRunCancelled";
        run.completionTime = *parseRfc3339("2026-11-23T08:07:00Z");
        const auto timing = tekton::taskTiming(run, nullptr);
        QVERIFY(timing.queued && !timing.pulling && !timing.running);
        QCOMPARE(timing.queued->end, run.completionTime);
        tekton::RetriedAttempt attempt;
        attempt.startTime = run.startTime;
        attempt.completionTime = run.completionTime;
        QCOMPARE(tekton::attemptTiming(attempt, nullptr).queued->end, run.completionTime);
        attempt.podName = "pruned";
        QVERIFY(!tekton::attemptTiming(attempt, nullptr).queued);
    }

    void whatGoesOnHasNoEnd() {
        tekton::TaskRun run;
        run.condition = tekton::ConditionStatus::Unknown;
        run.reason = "Running";
        run.meta.creationTimestamp = *parseRfc3339("2026-11-23T08:00:00Z");
        QVERIFY(!tekton::taskTiming(run, nullptr).queued->end);
        tekton::Step done;
        done.imageId = "r/a@sha256:ab";
        done.startedAt = *parseRfc3339("2026-11-23T08:00:10Z");
        done.finishedAt = *parseRfc3339("2026-11-23T08:00:20Z");
        done.exitCode = 0;
        tekton::Step running = done;
        running.exitCode.reset();
        running.finishedAt.reset();
        running.startedAt = *parseRfc3339("2026-11-23T08:00:20Z");
        run.steps = {done, running};
        const auto timing = tekton::taskTiming(run, nullptr);
        QCOMPARE(timing.queued->end, done.startedAt);
        QCOMPARE(timing.running->start, *done.startedAt);
        QVERIFY(!timing.running->end);
        QVERIFY(timing.steps[0].running->end && !timing.steps[1].running->end);
    }
};

CEREBRAL_TEST(StepTimingTest)
#include "step_timing_test.moc"
