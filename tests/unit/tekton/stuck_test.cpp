#include "core/tekton/stuck.h"

#include <QtTest/QtTest>
#include <map>

#include "core/base/time_format.h"
#include "core/kube/workloads/decode.h"
#include "core/tekton/decode.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

tekton::TaskRun unknown(const char* reason, const char* message = "") {
    tekton::TaskRun run;
    run.condition = tekton::ConditionStatus::Unknown;
    run.reason = reason;
    run.message = message;
    run.conditionSince = *parseRfc3339("2026-11-23T08:00:00Z");
    return run;
}

}  // namespace

class StuckTest : public QObject {
    Q_OBJECT

private slots:
    /// Each new word of each TaskRun while the states were recorded, TaskRuns alone.
    void recordedTasksSayWhyTheyAreStuck() {
        std::string told;
        std::map<std::string, std::string> last;
        kube::Store<tekton::TaskRun> store;
        const auto sink = tekton::makeTaskRunSink(store);
        store.setListener([&](const kube::Changes<tekton::TaskRun>& changes) {
            for (const auto* list : {&changes.added, &changes.updated}) {
                for (const auto& run : *list) {
                    const auto stuck = tekton::findStuck(*run, nullptr);
                    const std::string words =
                        !stuck ? "" : stuck->reason + ": " + stuck->words + " since " + formatRfc3339(*stuck->since);
                    std::string& said = last[run->meta.name];
                    if (said == words) continue;
                    said = words;
                    told += run->meta.name + "@" + run->meta.resourceVersion + " " +
                            (words.empty() ? "not stuck any more: " + run->reason : words) + "\n";
                }
            }
        });
        for (const auto& line : test::linesOf(test::readCapture("states/taskruns.watch.jsonl"))) {
            QVERIFY(sink->applyEvent(line, false, false).has_value());
        }
        const std::string difference = test::compareGolden("golden/tekton/stuck.txt", told);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void thePodKnowsBetter() {
        kube::Pod pod;
        pod.phase = "Pending";
        pod.conditions = {{"PodScheduled",
                           "False",
                           "Unschedulable",
                           "0/1 nodes are available: 1 Insufficient cpu.",
                           *parseRfc3339("2026-11-23T07:59:00Z"),
                           {}}};
        const auto stuck = tekton::findStuck(unknown("ExceededNodeResources"), &pod);
        QVERIFY(stuck && stuck->inPod);
        QCOMPARE(stuck->reason, std::string("Unschedulable"));
        QVERIFY(stuck->words.find("Insufficient cpu") != std::string::npos);
        QCOMPARE(stuck->since, pod.conditions[0].lastTransitionTime);
        // Tekton's own condition lags behind the kubelet's.
        QVERIFY(tekton::findStuck(unknown("Pending"), &pod));
    }

    void everyReasonHasWords() {
        for (const char* reason : {"PullImageFailed", "ExceededNodeResources", "ExceededResourceQuota",
                                   "PodAdmissionFailed", "CreateContainerConfigError"}) {
            const auto stuck = tekton::findStuck(unknown(reason, "the server's words"), nullptr);
            QVERIFY2(stuck, reason);
            QCOMPARE(stuck->reason, std::string(reason));
            QVERIFY(stuck->words.size() > 20);
            QVERIFY(stuck->since);
            QVERIFY(!stuck->inPod);
        }
    }

    void aFullQuotaIsToldInNumbers() {
        const char* message =
            "TaskRun Pod exceeded available resources: pods \"a-pod\" is forbidden: exceeded quota: build-quota, "
            "requested: limits.cpu=2,limits.memory=8Gi, used: limits.cpu=6,limits.memory=28Gi, "
            "limited: limits.cpu=8,limits.memory=32Gi";
        QCOMPARE(tekton::findStuck(unknown("ExceededResourceQuota", message), nullptr)->words,
                 std::string("quota build-quota is full: 6 of 8 limits.cpu are used, the task asks for 2 more"));
    }

    void whatRunsWaitsOrEndedIsNotStuck() {
        QVERIFY(!tekton::findStuck(unknown("Running"), nullptr));
        QVERIFY(!tekton::findStuck(unknown("Pending", "pod status \"Initialized\":\"False\""), nullptr));
        QVERIFY(!tekton::findStuck(unknown("ToBeRetried", "unbound PersistentVolumeClaims"), nullptr));
        auto ended = unknown("PodAdmissionFailed");
        ended.condition = tekton::ConditionStatus::False;
        QVERIFY(!tekton::findStuck(ended, nullptr));
        auto cancelling = unknown("PullImageFailed");
        cancelling.specStatus = "TaskRunCancelled";
        QVERIFY(!tekton::findStuck(cancelling, nullptr));
    }
};

CEREBRAL_TEST(StuckTest)
#include "stuck_test.moc"
