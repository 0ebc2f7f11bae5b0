#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/unit/journey/push_text.h"
#include "tests/unit/journey/small_world.h"

using namespace cerebral;
using journey::PushState;
using journey::Stage;
using journey::StageState;
using test::noonPlus;
using test::SmallWorld;

namespace {

SmallWorld::RunOptions second() {
    SmallWorld::RunOptions options;
    options.commit = 'b';
    options.before = 'a';
    options.at = 1000;
    return options;
}

/// Image 2 of push b is being rolled out over image 1 of push a.
std::string rolling(SmallWorld& world) {
    (void)world.deployed({}, '1');
    const std::string run = world.push(second());
    world.begin(run, "git-clone-task", 1001);
    world.finish(run, "git-clone-task", 1002);
    world.begin(run, "kaniko-build-task", 1002);
    world.finish(run, "kaniko-build-task", 1060, '2');
    world.begin(run, "deploy-task", 1060);
    world.setImage("ai-services", '2', 1065);
    return run;
}

/// Its task stops waiting for the pods.
void giveUpDeploying(SmallWorld& world) {
    const std::string run = rolling(world);
    world.pods("ai-services", 1, 0, 1070);
    world.fail(run, "deploy-task", 1180, 1);
    world.end(run, 1180, tekton::ConditionStatus::False, "Failed");
    (void)world.update();
}

}  // namespace

class RolloutStagesTest : public QObject {
    Q_OBJECT
private slots:
    void anotherImageReplaces() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        (void)world.deployed(second(), '2');
        (void)world.update();
        const auto& old = world.only('a');
        QCOMPARE(old.stage(Stage::Live).state, StageState::Replaced);
        QCOMPARE(old.stage(Stage::Rollout).state, StageState::Done);
        QCOMPARE(old.replacedBy->commit, test::commit('b'));
        QCOMPARE(old.replacedBy->digest, test::digest('2'));
        QCOMPARE(old.replacedBy->pushKey, world.pushOf('b')->key);
        QCOMPARE(old.replacedBy->at, std::optional(noonPlus(1068)));
        QCOMPARE(world.pushOf('a')->state(), PushState::Replaced);
        QCOMPARE(world.pushOf('b')->state(), PushState::Live);
    }

    void anImageOfUnknownOriginReplacesToo() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        world.setImage("ai-services", '9', 500);
        world.pods("ai-services", 2, 2, 510);
        world.dropOldPods("ai-services");
        (void)world.update();
        QCOMPARE(world.only('a').replacedBy->commit, std::string());
        QCOMPARE(world.only('a').replacedBy->digest, test::digest('9'));
        // Whose it is becomes known later: its run was on the list's next page.
        SmallWorld::RunOptions late = second();
        late.at = 400;
        const std::string run = world.push(late);
        world.begin(run, "git-clone-task", 401);
        world.finish(run, "git-clone-task", 402);
        world.begin(run, "kaniko-build-task", 402);
        world.finish(run, "kaniko-build-task", 490, '9');
        (void)world.update();
        QCOMPARE(world.only('a').replacedBy->commit, test::commit('b'));
        world.remove(run);
        (void)world.update();
        QCOMPARE(world.only('a').replacedBy->commit, std::string());
    }

    void theOldImageIsLiveWhileTheNewOneIsStuck() {
        SmallWorld world;
        (void)rolling(world);
        world.pods("ai-services", 1, 0, 1070);
        world.breakPod("ai-services", 1071);
        (void)world.update();
        QCOMPARE(world.only('a').stage(Stage::Live).state, StageState::Done);
        QVERIFY(!world.only('a').replacedBy);
        const auto& stuck = world.only('b');
        QCOMPARE(QString::fromStdString(test::stageWords(stuck)),
                 QString("Received:done Clone:done Build:done Image:done Rollout:stuck Live:pending"));
        QCOMPARE(stuck.stuck->reason, std::string("ImagePullBackOff"));
        QCOMPARE(stuck.stuck->stage, Stage::Rollout);
        QCOMPARE(stuck.stuck->object.kind(), std::string_view("Pod"));
        QCOMPARE(stuck.stuck->failsAt, std::optional(noonPlus(1065 + 600)));
        QCOMPARE(world.pushOf('b')->state(), PushState::Stuck);
    }

    void theDeadlineFailsTheRollout() {
        SmallWorld world;
        const std::string run = rolling(world);
        world.pods("ai-services", 1, 0, 1070);
        world.progress("ai-services", "ProgressDeadlineExceeded", 1670);
        (void)world.update();
        const auto& failed = world.only('b').stage(Stage::Rollout);
        QCOMPARE(failed.state, StageState::Failed);
        QCOMPARE(failed.reason, std::string("ProgressDeadlineExceeded"));
        QCOMPARE(failed.detail, std::string("deployment \"ai-services\" exceeded its progress deadline"));
        QCOMPARE(failed.end->at, noonPlus(1670));
        QCOMPARE(world.pushOf('b')->state(), PushState::Failed);
    }

    void aDeadlineAfterItsTaskGaveUpMakesTheRolloutNoLonger() {
        SmallWorld world;
        giveUpDeploying(world);
        const auto gaveUp = world.only('b').stage(Stage::Rollout).end;
        QVERIFY(gaveUp);
        world.progress("ai-services", "ProgressDeadlineExceeded", 1670);
        (void)world.update();
        const auto& failed = world.only('b').stage(Stage::Rollout);
        QCOMPARE(failed.state, StageState::Failed);
        QCOMPARE(failed.reason, std::string("ProgressDeadlineExceeded"));
        QCOMPARE(failed.end->at, gaveUp->at);
    }

    void aDeployTaskThatGaveUpFailsTheRollout() {
        SmallWorld world;
        giveUpDeploying(world);
        QCOMPARE(world.only('b').stage(Stage::Rollout).state, StageState::Failed);
        QCOMPARE(world.only('b').stage(Stage::Live).state, StageState::Pending);
        // The cluster went on trying and got there after all.
        world.pods("ai-services", 2, 2, 1300);
        world.dropOldPods("ai-services");
        world.progress("ai-services", "NewReplicaSetAvailable", 1302);
        (void)world.update();
        QCOMPARE(world.pushOf('b')->state(), PushState::Live);
    }

    /// What is in its pods was rolled out, whoever stopped watching.
    void aRolloutThatWentOnWithoutItsTaskIsDone() {
        SmallWorld world;
        const std::string run = rolling(world);
        world.pods("ai-services", 1, 0, 1070);
        world.cancelTask(run, "deploy-task", 1072);
        world.end(run, 1072, tekton::ConditionStatus::False, "Cancelled");
        (void)world.update();
        QCOMPARE(world.only('b').stage(Stage::Rollout).state, StageState::Cancelled);
        world.pods("ai-services", 2, 2, 1080);
        world.dropOldPods("ai-services");
        world.progress("ai-services", "NewReplicaSetAvailable", 1082);
        (void)world.update();
        QCOMPARE(QString::fromStdString(test::stageWords(world.only('b'))),
                 QString("Received:done Clone:done Build:done Image:done Rollout:done Live:done"));
        QCOMPARE(world.only('b').stage(Stage::Rollout).reason, std::string());
        QCOMPARE(world.only('b').stage(Stage::Rollout).end->at, noonPlus(1082));
        QCOMPARE(world.pushOf('b')->state(), PushState::Live);
    }

    void aRestartIsNoNewRollout() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        (void)world.update();
        const auto before = world.only('a').stage(Stage::Rollout);
        world.restart("ai-services", 700);
        world.pods("ai-services", 1, 0, 705);
        (void)world.update();
        QCOMPARE(world.only('a').stage(Stage::Rollout), before);
        QCOMPARE(world.only('a').stage(Stage::Live).state, StageState::Done);
        world.dropOldPods("ai-services");
        world.pods("ai-services", 2, 1, 710);
        (void)world.update();
        QCOMPARE(world.only('a').stage(Stage::Live).state, StageState::Running);
        QCOMPARE(world.only('a').live->ready, 1);
    }

    void aPodThatBreaksLaterIsStuckInLive() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        world.breakPod("ai-services", 500);
        (void)world.update();
        QCOMPARE(world.only('a').stage(Stage::Live).state, StageState::Stuck);
        QCOMPARE(world.only('a').stuck->stage, Stage::Live);
        QCOMPARE(world.only('a').live->ready, 1);
    }

    void aDeploymentThatIsNotVisibleLeavesItUnknown() {
        SmallWorld world;
        const std::string run = world.push({});
        world.begin(run, "git-clone-task", 1);
        world.finish(run, "git-clone-task", 2);
        world.begin(run, "kaniko-build-task", 2);
        world.finish(run, "kaniko-build-task", 60, '1');
        world.begin(run, "deploy-task", 60);
        world.finish(run, "deploy-task", 80);
        world.end(run, 80, tekton::ConditionStatus::True, "Succeeded");
        (void)world.update();
        QCOMPARE(QString::fromStdString(test::stageWords(world.only('a'))),
                 QString("Received:done Clone:done Build:done Image:done Rollout:done Live:unknown"));
        QCOMPARE(world.pushOf('a')->state(), PushState::Unknown);
        QVERIFY(!world.only('a').isOver());
    }

    void noPodsAreWanted() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        (void)world.update();
        auto deployment = std::make_shared<kube::Deployment>();
        deployment->meta.name = "ai-services";
        deployment->meta.ns = "cerebral-platform";
        deployment->meta.uid = "uid-ai-services";
        deployment->replicas = 0;
        deployment->images = {{"ai-services", "10.34.0.202:5000/cerebral/ai-services:main@" + test::digest('1')}};
        kube::Changes<kube::Deployment> changes;
        changes.updated = {deployment};
        world.book().apply(changes);
        (void)world.book().update();
        QCOMPARE(world.only('a').stage(Stage::Live).reason, std::string("ScaledToZero"));
    }
};

CEREBRAL_TEST(RolloutStagesTest)
#include "rollout_stages_test.moc"
