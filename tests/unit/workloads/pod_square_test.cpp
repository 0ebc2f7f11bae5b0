#include "core/kube/workloads/pod_square.h"

#include <QtTest/QtTest>

#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/image_name.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using kube::PodSquareState;

namespace {

struct Platform {
    kube::Store<kube::Deployment> deployments;
    kube::Store<kube::ReplicaSet> sets;
    kube::Store<kube::Pod> pods;

    Platform() {
        const auto read = [](const std::unique_ptr<kube::ObjectSink>& sink, const char* capture) {
            if (!sink->addPage(test::readCapture(capture), true)) qFatal("%s", capture);
        };
        read(kube::makeDeploymentSink(deployments), "list/deployments.cerebral-platform.json");
        read(kube::makeReplicaSetSink(sets), "list/replicasets.cerebral-platform.json");
        read(kube::makePodSink(pods), "list/pods.cerebral-platform.json");
    }
    [[nodiscard]] std::vector<kube::PodSquare> squares(const std::string& name) const {
        return kube::podSquares(*deployments.find("cerebral-platform/" + name), sets.snapshot(), pods.snapshot());
    }
};

}  // namespace

class PodSquareTest : public QObject {
    Q_OBJECT

private slots:
    void showsARollingDeployment() {
        const Platform platform;
        const auto squares = platform.squares("bmad-services");
        QCOMPARE(squares.size(), std::size_t{3});
        QCOMPARE(squares[0].state, PodSquareState::Ready);
        QCOMPARE(squares[0].replicaSet, std::string("bmad-services-78c5486dbf"));
        QCOMPARE(kube::shortDigest(squares[0].digest), std::string_view("4001324"));
        // The template names another repository, so these are of the old image.
        QCOMPARE(squares[0].currentImage, std::optional(false));
        QCOMPARE(squares[2].state, PodSquareState::Stuck);
        QCOMPARE(squares[2].reason, std::string("ImagePullBackOff"));
        QVERIFY(squares[2].message.find("cerebral/nope:main") != std::string::npos);
        QVERIFY(squares[2].digest.empty());
        QVERIFY(!squares[2].currentImage);
    }

    void showsADoneDeployment() {
        const Platform platform;
        const auto squares = platform.squares("ai-services");
        QCOMPARE(squares.size(), std::size_t{2});
        for (const auto& square : squares) {
            QCOMPARE(square.state, PodSquareState::Ready);
            QCOMPARE(square.currentImage, std::optional(true));
            QVERIFY(square.since);
            QCOMPARE(square.restarts, 0);
        }
    }

    void findsPodsWithoutReplicaSets() {
        const Platform platform;
        const auto deployment = platform.deployments.find("cerebral-platform/ai-services");
        QCOMPARE(kube::podsOf(*deployment, {}, platform.pods.snapshot()).size(), std::size_t{2});
    }

    void aPodOfAnotherOwnerIsNotOurs() {
        const Platform platform;
        const auto deployment = platform.deployments.find("cerebral-platform/ai-services");
        kube::Pod stranger;
        stranger.meta.ns = "cerebral-platform";
        stranger.meta.name = "ai-job";
        stranger.meta.labels = {{"app", "ai-services"}};
        stranger.meta.owners = {{"Job", "ai", "j", true}};
        QVERIFY(kube::podsOf(*deployment, {}, {std::make_shared<const kube::Pod>(stranger)}).empty());
    }

    void statesInOrderOfWeight() {
        kube::Deployment deployment;
        kube::Pod pod;
        pod.phase = "Pending";
        QCOMPARE(kube::podSquare(pod, deployment).state, PodSquareState::Pending);
        pod.phase = "Running";
        QCOMPARE(kube::podSquare(pod, deployment).state, PodSquareState::Starting);
        pod.conditions = {{"Ready", "True", "", "", {}, {}}};
        QCOMPARE(kube::podSquare(pod, deployment).state, PodSquareState::Ready);
        pod.phase = "Failed";
        pod.reason = "Evicted";
        QCOMPARE(kube::podSquare(pod, deployment).state, PodSquareState::Failed);
        QCOMPARE(kube::podSquare(pod, deployment).reason, std::string("Evicted"));
        pod.meta.deletionTimestamp = WallTime{};
        QCOMPARE(kube::podSquare(pod, deployment).state, PodSquareState::Terminating);
    }

    void aTagAloneProvesNothing() {
        kube::Deployment deployment;
        deployment.images = {{"web", "r/web:main"}};
        kube::Pod pod;
        kube::Container container;
        container.name = "web";
        container.image = "r/web:main";
        container.imageId = "r/web@sha256:ab";
        pod.containers = {container};
        QVERIFY(!kube::podSquare(pod, deployment).currentImage);
        deployment.images[0].image = "r/web:next";
        QCOMPARE(kube::podSquare(pod, deployment).currentImage, std::optional(false));
        deployment.images[0].image = "r/web:main@sha256:ab";
        QCOMPARE(kube::podSquare(pod, deployment).currentImage, std::optional(true));
        deployment.images[0].image = "r/web:main@sha256:cd";
        QCOMPARE(kube::podSquare(pod, deployment).currentImage, std::optional(false));
    }
};

CEREBRAL_TEST(PodSquareTest)
#include "pod_square_test.moc"
