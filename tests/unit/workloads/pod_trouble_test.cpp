#include "core/kube/workloads/pod_trouble.h"

#include <QtTest/QtTest>
#include <set>

#include "core/base/time_format.h"
#include "core/kube/workloads/decode.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

kube::Pod waitingPod(const char* reason, const char* message = "") {
    kube::Pod pod;
    pod.phase = "Pending";
    kube::Container container;
    container.name = "web";
    container.image = "r/web:1";
    container.state.phase = kube::ContainerPhase::Waiting;
    container.state.reason = reason;
    container.state.message = message;
    pod.containers = {container};
    pod.conditions = {
        {"ContainersReady", "False", "ContainersNotReady", "", *parseRfc3339("2026-11-23T07:03:42Z"), {}}};
    return pod;
}

}  // namespace

class PodTroubleTest : public QObject {
    Q_OBJECT

private slots:
    void findsTroubleInRecordedPods() {
        std::string told;
        for (const char* capture : {"states/pods.watch.jsonl", "pods.cerebral-platform.watch.jsonl"}) {
            kube::Store<kube::Pod> store;
            const auto sink = kube::makePodSink(store);
            std::set<std::string> seen;
            for (const auto& line : test::linesOf(test::readCapture(capture))) {
                QVERIFY(sink->applyEvent(line, false, false).has_value());
                for (const auto& pod : store.snapshot()) {
                    const auto trouble = kube::podTrouble(*pod);
                    if (!trouble) continue;
                    const std::string words = pod->meta.name + " " + trouble->container + " " + trouble->reason +
                                              ": " + trouble->words + " since " +
                                              (trouble->since ? formatRfc3339(*trouble->since) : "?") + "\n";
                    if (seen.insert(words).second) told += words;
                }
            }
        }
        const std::string difference = test::compareGolden("golden/workloads/trouble.txt", told);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void leavesAloneWhatIsOnItsWay() {
        QVERIFY(!kube::podTrouble(waitingPod("ContainerCreating")));
        QVERIFY(!kube::podTrouble(waitingPod("PodInitializing")));
        QVERIFY(!kube::podTrouble(waitingPod("SomethingNew")));
        auto pod = waitingPod("ImagePullBackOff");
        QVERIFY(kube::podTrouble(pod));
        pod.meta.deletionTimestamp = WallTime{};
        QVERIFY(!kube::podTrouble(pod));
        pod = waitingPod("ImagePullBackOff");
        pod.phase = "Failed";
        QVERIFY(!kube::podTrouble(pod));
    }

    void saysHowACrashLoopEnded() {
        auto pod = waitingPod("CrashLoopBackOff");
        pod.containers[0].lastState.phase = kube::ContainerPhase::Terminated;
        pod.containers[0].lastState.exitCode = 2;
        QCOMPARE(kube::podTrouble(pod)->words, std::string("container web crashes again and again: exit code 2"));
        pod.containers[0].lastState.reason = "OOMKilled";
        QCOMPARE(kube::podTrouble(pod)->words,
                 std::string("container web crashes again and again: killed for memory"));
    }

    void namesAMissingSecret() {
        const auto pod = waitingPod("CreateContainerConfigError", "secret \"docker-config\" not found");
        QCOMPARE(kube::podTrouble(pod)->words,
                 std::string("container web cannot be started: secret \"docker-config\" not found"));
        QCOMPARE(kube::podTrouble(pod)->since, std::optional(*parseRfc3339("2026-11-23T07:03:42Z")));
    }

    void tellsClaimsFromNodes() {
        kube::Pod pod;
        pod.phase = "Pending";
        pod.conditions = {{"PodScheduled",
                           "False",
                           "Unschedulable",
                           "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
                           {},
                           {}}};
        QCOMPARE(kube::podTrouble(pod)->reason, std::string("UnboundClaim"));
        pod.conditions[0].message = "persistentvolumeclaim \"pvc-1\" not found";
        QCOMPARE(kube::podTrouble(pod)->reason, std::string("UnboundClaim"));
        pod.conditions[0].message = "0/3 nodes are available: 3 Insufficient memory.";
        QCOMPARE(kube::podTrouble(pod)->reason, std::string("Unschedulable"));
        pod.conditions[0].reason = "SchedulingGated";
        QCOMPARE(kube::podTrouble(pod)->reason, std::string("SchedulingGated"));
        pod.conditions[0].reason = "SchedulerError";
        QVERIFY(!kube::podTrouble(pod));
    }
};

CEREBRAL_TEST(PodTroubleTest)
#include "pod_trouble_test.moc"
