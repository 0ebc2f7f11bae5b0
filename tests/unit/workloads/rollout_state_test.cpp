#include "core/kube/workloads/rollout_state.h"

#include <QtTest/QtTest>
#include <map>
#include <set>

#include "core/base/time_format.h"
#include "core/kube/workloads/decode.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using kube::RolloutPhase;

namespace {

WallTime at(const char* text) {
    return *parseRfc3339(text);
}

/// 3 wanted, all there, done at 10:00.
kube::Deployment rolledOut() {
    kube::Deployment deployment;
    deployment.meta.name = "web";
    deployment.meta.generation = deployment.observedGeneration = 4;
    deployment.replicas = deployment.statusReplicas = 3;
    deployment.updatedReplicas = deployment.availableReplicas = deployment.readyReplicas = 3;
    deployment.progressDeadlineSeconds = 600;
    deployment.conditions = {{"Progressing", "True", "NewReplicaSetAvailable", "", at("2026-11-23T09:00:00Z"),
                              at("2026-11-23T10:00:00Z")}};
    return deployment;
}

kube::Deployment rolling() {
    kube::Deployment deployment = rolledOut();
    deployment.conditions[0].reason = "ReplicaSetUpdated";
    return deployment;
}

}  // namespace

class RolloutStateTest : public QObject {
    Q_OBJECT

private slots:
    void saysDone() {
        const auto state = kube::rolloutState(rolledOut());
        QCOMPARE(state.phase, RolloutPhase::Done);
        QCOMPARE(state.sentence, std::string("deployment \"web\" successfully rolled out"));
        QCOMPARE(state.lastProgress, std::optional(at("2026-11-23T10:00:00Z")));
        QVERIFY(!state.failsAt);
    }

    void looksAtTheGenerationFirst() {
        auto deployment = rolledOut();
        deployment.meta.generation = 5;
        deployment.conditions[0].reason = "ProgressDeadlineExceeded";
        const auto state = kube::rolloutState(deployment);
        QCOMPARE(state.phase, RolloutPhase::NotObserved);
        QCOMPARE(state.sentence, std::string("Waiting for deployment spec update to be observed..."));
        QVERIFY(!state.lastProgress);
    }

    void deadlineComesBeforeCounts() {
        auto deployment = rolling();
        deployment.updatedReplicas = 1;
        deployment.conditions[0].reason = "ProgressDeadlineExceeded";
        const auto state = kube::rolloutState(deployment);
        QCOMPARE(state.phase, RolloutPhase::DeadlineExceeded);
        QCOMPARE(state.sentence, std::string("deployment \"web\" exceeded its progress deadline"));
        QVERIFY(!state.underway());
    }

    void countsUpdatedThenOldThenAvailable() {
        auto deployment = rolling();
        deployment.updatedReplicas = 1;
        deployment.statusReplicas = 4;
        deployment.availableReplicas = 0;
        auto state = kube::rolloutState(deployment);
        QCOMPARE(state.phase, RolloutPhase::Updating);
        QCOMPARE(state.sentence, std::string("Waiting for deployment \"web\" rollout to finish: 1 out of 3 new "
                                             "replicas have been updated..."));
        QCOMPARE(state.failsAt, std::optional(at("2026-11-23T10:10:00Z")));

        deployment.updatedReplicas = 3;
        state = kube::rolloutState(deployment);
        QCOMPARE(state.phase, RolloutPhase::Terminating);
        QCOMPARE(state.sentence, std::string("Waiting for deployment \"web\" rollout to finish: 1 old replicas are "
                                             "pending termination..."));

        deployment.statusReplicas = 3;
        deployment.availableReplicas = 2;
        state = kube::rolloutState(deployment);
        QCOMPARE(state.phase, RolloutPhase::WaitingAvailable);
        QCOMPARE(state.sentence, std::string("Waiting for deployment \"web\" rollout to finish: 2 of 3 updated "
                                             "replicas are available..."));
    }

    void neverTimesOutWhatIsPausedOrCompletedOnce() {
        auto deployment = rolling();
        deployment.availableReplicas = 2;
        QVERIFY(kube::rolloutState(deployment).failsAt);
        deployment.paused = true;
        QVERIFY(!kube::rolloutState(deployment).failsAt);
        deployment = rolledOut();
        deployment.availableReplicas = 2;
        QVERIFY(kube::rolloutState(deployment).underway());
        QVERIFY(!kube::rolloutState(deployment).failsAt);
    }

    void zeroReplicasAreRolledOut() {
        auto deployment = rolling();
        deployment.replicas = deployment.statusReplicas = deployment.updatedReplicas = 0;
        deployment.availableReplicas = 0;
        QCOMPARE(kube::rolloutState(deployment).phase, RolloutPhase::Done);
    }

    /// What a rollout said while it was recorded, each new sentence once.
    void readsARecordedRollout() {
        kube::Store<kube::Deployment> store;
        const auto sink = kube::makeDeploymentSink(store);
        std::string told;
        std::map<std::string, std::string> last;
        for (const auto& line : test::linesOf(test::readCapture("deployments.cerebral-platform.watch.jsonl"))) {
            QVERIFY(sink->applyEvent(line, false, false).has_value());
            for (const auto& deployment : store.snapshot()) {
                const auto state = kube::rolloutState(*deployment);
                std::string& said = last[deployment->meta.name];
                if (said == state.sentence) continue;
                said = state.sentence;
                told += deployment->meta.name + "@" + deployment->meta.resourceVersion + " " + toString(state.phase) +
                        ": " + state.sentence + "\n";
            }
        }
        const std::string difference = test::compareGolden("golden/workloads/rollouts.txt", told);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    /// `kubectl rollout status` was run inside the recorded deploy task; its lines are what we say.
    void saysWhatKubectlSaid() {
        std::set<std::string> ours;
        kube::Store<kube::Deployment> store;
        const auto sink = kube::makeDeploymentSink(store);
        for (const auto& line : test::linesOf(test::readCapture("deployments.cerebral-platform.watch.jsonl"))) {
            QVERIFY(sink->applyEvent(line, false, false).has_value());
            for (const auto& deployment : store.snapshot()) ours.insert(kube::rolloutState(*deployment).sentence);
        }
        int compared = 0;
        for (const char* log : {"logs/ai-services-main-z5smz-deploy-task-pod.step-deploy.log",
                                "logs/data-services-main-l58q8-deploy-task-pod.step-deploy.log",
                                "logs/bmad-services-main-28gjk-deploy-task-pod.step-deploy.log"}) {
            for (const auto& line : test::linesOf(test::readCapture(log))) {
                const std::string said = line.substr(line.find(' ') + 1);
                if (!said.starts_with("Waiting for") && !said.starts_with("deployment \"")) continue;
                QVERIFY2(ours.contains(said), said.c_str());
                ++compared;
            }
        }
        QVERIFY(compared >= 10);
    }
};

CEREBRAL_TEST(RolloutStateTest)
#include "rollout_state_test.moc"
