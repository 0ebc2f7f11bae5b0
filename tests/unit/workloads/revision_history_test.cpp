#include "core/kube/workloads/revision_history.h"

#include <QtTest/QtTest>

#include "core/base/time_format.h"
#include "core/kube/workloads/decode.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class RevisionHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheRecordedHistory() {
        kube::Store<kube::Deployment> deployments;
        kube::Store<kube::ReplicaSet> sets;
        const auto deploymentSink = kube::makeDeploymentSink(deployments);
        const auto setSink = kube::makeReplicaSetSink(sets);
        QVERIFY(deploymentSink->addPage(test::readCapture("list/deployments.cerebral-platform.json"), true));
        QVERIFY(setSink->addPage(test::readCapture("list/replicasets.cerebral-platform.json"), true));
        const auto ai = deployments.find("cerebral-platform/ai-services");
        QVERIFY(ai);
        const auto history = kube::revisionHistory(*ai, sets.snapshot());

        std::vector<int> numbers;
        for (const auto& revision : history) numbers.push_back(revision.number);
        // Revision 2 became 4 by an undo, so there is no 2 any more.
        QCOMPARE(numbers, (std::vector<int>{6, 5, 4, 3, 1}));
        QVERIFY(history[0].current);
        QVERIFY(!history[1].current);
        QCOMPARE(history[0].replicas, 2);
        QVERIFY(history[0].restartedAt);
        QVERIFY(history[0].sameImagesAsBefore);
        QVERIFY(!history[1].sameImagesAsBefore);
        QVERIFY(!history[2].begunAt);
        QCOMPARE(history[2].createdAt, std::optional(*parseRfc3339("2026-11-23T07:00:21Z")));
        QCOMPARE(history[3].begunAt, std::optional(*parseRfc3339("2026-11-23T07:00:55Z")));
        QCOMPARE(history[4].images[0].image, std::string("127.0.0.1:5000/rig/busybox:1"));
    }

    void readsTheChangeCause() {
        kube::Deployment deployment;
        deployment.meta.uid = "d";
        kube::ReplicaSet set;
        set.meta.name = "web-1";
        set.meta.owners = {{"Deployment", "web", "d", true}};
        set.meta.annotations = {{"deployment.kubernetes.io/revision", "1"},
                                {"kubernetes.io/change-cause", "why not"}};
        kube::ReplicaSet stranger = set;
        stranger.meta.owners[0].uid = "other";
        const auto history = kube::revisionHistory(deployment, {std::make_shared<const kube::ReplicaSet>(set),
                                                                std::make_shared<const kube::ReplicaSet>(stranger)});
        QCOMPARE(history.size(), std::size_t{1});
        QCOMPARE(history[0].changeCause, std::string("why not"));
        QVERIFY(!history[0].current);
    }
};

CEREBRAL_TEST(RevisionHistoryTest)
#include "revision_history_test.moc"
