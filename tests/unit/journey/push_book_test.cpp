#include "core/journey/push_book.h"

#include <QtTest/QtTest>

#include "core/tekton/run_labels.h"
#include "tests/support/test_main.h"
#include "tests/unit/journey/push_text.h"
#include "tests/unit/journey/small_world.h"

using namespace cerebral;
using journey::PushState;
using journey::Stage;
using journey::StageState;
using test::noonPlus;
using test::SmallWorld;

class PushBookTest : public QObject {
    Q_OBJECT
private slots:
    void aPushFillsItsStrip() {
        SmallWorld world;
        const auto expect = [&](const char* words, PushState state) {
            (void)world.update();
            QCOMPARE(QString::fromStdString(test::stageWords(world.only('a'))), QString(words));
            QCOMPARE(world.pushOf('a')->state(), state);
        };
        const std::string run = world.push({});
        expect("Received:done Clone:pending Build:pending Image:pending Rollout:pending Live:pending",
               PushState::Underway);
        world.begin(run, "git-clone-task", 1);
        expect("Received:done Clone:running Build:pending Image:pending Rollout:pending Live:pending",
               PushState::Underway);
        world.finish(run, "git-clone-task", 5);
        world.begin(run, "kaniko-build-task", 6);
        expect("Received:done Clone:done Build:running Image:pending Rollout:pending Live:pending",
               PushState::Underway);
        world.finish(run, "kaniko-build-task", 60, '1');
        world.setImage("ai-services", '0', -600);
        world.pods("ai-services", 2, 2, -590);
        world.progress("ai-services", "NewReplicaSetAvailable", -580);
        expect("Received:done Clone:done Build:done Image:done Rollout:pending Live:pending", PushState::Underway);
        world.begin(run, "deploy-task", 61);
        expect("Received:done Clone:done Build:done Image:done Rollout:running Live:pending", PushState::Underway);
        world.setImage("ai-services", '1', 62);
        world.pods("ai-services", 1, 1, 70);
        expect("Received:done Clone:done Build:done Image:done Rollout:running Live:running", PushState::Underway);
        QCOMPARE(world.only('a').live->ready, 1);
        QCOMPARE(world.only('a').live->wanted, 2);
        world.pods("ai-services", 2, 2, 75);
        world.dropOldPods("ai-services");
        world.progress("ai-services", "NewReplicaSetAvailable", 77);
        world.finish(run, "deploy-task", 78);
        world.end(run, 78, tekton::ConditionStatus::True, "Succeeded");
        expect("Received:done Clone:done Build:done Image:done Rollout:done Live:done", PushState::Live);
        QVERIFY(world.only('a').isOver());
        const auto& service = world.only('a');
        QCOMPARE(service.stage(Stage::Build).duration(), std::optional(std::chrono::milliseconds(54'000)));
        QCOMPARE(service.stage(Stage::Rollout).duration(), std::optional(std::chrono::milliseconds(17'000)));
        QCOMPARE(service.stage(Stage::Live).end->at, noonPlus(76));
        QCOMPARE(service.digest, test::digest('1'));
    }

    void servicesOfOnePushShareARow() {
        SmallWorld world;
        for (const char* service : {"data-services", "ai-services", "bmad-services"}) {
            SmallWorld::RunOptions options;
            options.service = service;
            (void)world.push(options);
        }
        const auto changes = world.update();
        QCOMPARE(changes.changed.size(), std::size_t{1});
        const auto& push = *changes.changed.front();
        QVERIFY(push.isFanOut());
        QCOMPARE(push.services[0].service, std::string("ai-services"));
        QCOMPARE(push.services[2].service, std::string("data-services"));
        QCOMPARE(push.repository, std::string("baerautotech/cerebral"));
        QCOMPARE(push.branch, std::string("main"));
        QCOMPARE(push.before, std::string());
        QCOMPARE(push.commit, test::commit('a'));
        QCOMPARE(push.message, std::string("message of a"));
        QCOMPARE(push.begunAt, test::kNoon + std::chrono::milliseconds(120));
        QVERIFY(push.find("bmad-services"));
        QVERIFY(!push.find("none"));
        QCOMPARE(world.book().findRun("tekton-pipelines", push.services[0].run.name()), world.pushOf('a'));
    }

    void aSecondPushOfTheSameCommitsIsARowOfItsOwn() {
        SmallWorld world;
        SmallWorld::RunOptions options;
        const std::string first = world.push(options);
        options.at = 300;
        const std::string second = world.push(options);
        world.annotate(first, tekton::labels::kPushedAt, "1000");
        world.annotate(second, tekton::labels::kPushedAt, "1300");
        options.at = 400;
        options.requestId = "r1";
        (void)world.push(options);
        (void)world.update();
        QCOMPARE(world.book().size(), std::size_t{3});
        QCOMPARE(world.book().pushes().front()->requestId, std::string("r1"));
    }

    void theFailedStepIsNamed() {
        SmallWorld world;
        const std::string run = world.push({});
        world.begin(run, "git-clone-task", 1);
        world.finish(run, "git-clone-task", 5);
        world.begin(run, "kaniko-build-task", 5);
        world.fail(run, "kaniko-build-task", 30, 2);
        world.end(run, 30, tekton::ConditionStatus::False, "Failed");
        (void)world.update();
        const auto& service = world.only('a');
        QCOMPARE(world.pushOf('a')->state(), PushState::Failed);
        QCOMPARE(service.stoppedIn(), std::optional(Stage::Build));
        QVERIFY(service.failure.has_value());
        QCOMPARE(service.failure->step, std::string("run"));
        QCOMPARE(service.failure->exitCode, std::optional(2));
        QCOMPARE(service.stage(Stage::Live).state, StageState::Pending);
        QVERIFY(service.isOver());
    }

    void aRunThatNeverBeganStoppedInItsFirstStage() {
        SmallWorld world;
        const std::string run = world.push({});
        world.end(run, 3, tekton::ConditionStatus::False, "CouldntGetPipeline");
        (void)world.update();
        const auto& clone = world.only('a').stage(Stage::Clone);
        QCOMPARE(clone.state, StageState::Failed);
        QCOMPARE(clone.reason, std::string("CouldntGetPipeline"));
        QCOMPARE(clone.object.kind(), std::string_view("PipelineRun"));
    }

    void aTimeoutIsAFailureThatSaysSo() {
        SmallWorld world;
        const std::string run = world.push({});
        world.begin(run, "git-clone-task", 1);
        world.cancelTask(run, "git-clone-task", 60);
        world.end(run, 60, tekton::ConditionStatus::False, "PipelineRunTimeout");
        (void)world.update();
        QCOMPARE(world.only('a').stage(Stage::Clone).state, StageState::Failed);
        QCOMPARE(world.only('a').stage(Stage::Clone).reason, std::string("PipelineRunTimeout"));
        QCOMPARE(world.only('a').failure->task, std::string("git-clone-task"));
    }

    void aNewerPushSupersedes() {
        SmallWorld world;
        const std::string old = world.push({});
        world.begin(old, "git-clone-task", 1);
        world.cancelTask(old, "git-clone-task", 20);
        world.end(old, 20, tekton::ConditionStatus::False, "Cancelled");
        SmallWorld::RunOptions newer;
        newer.commit = 'b';
        newer.before = 'a';
        newer.at = 18;
        world.annotate(old, tekton::labels::kSupersededBy, "ai-services-bbbbbbbb-18");
        (void)world.update();
        QCOMPARE(world.only('a').supersededBy->commit, std::string());
        (void)world.push(newer);  // a list's pages may bring the older run first
        (void)world.update();
        QCOMPARE(world.pushOf('a')->state(), PushState::Superseded);
        QCOMPARE(world.only('a').supersededBy->commit, test::commit('b'));
        QCOMPARE(world.only('a').supersededBy->pushKey, world.pushOf('b')->key);
        QCOMPARE(world.pushOf('b')->state(), PushState::Underway);
    }

    void aBranchThatIsNotDeployedEndsBuilt() {
        SmallWorld world;
        SmallWorld::RunOptions options;
        options.deploy = false;
        const std::string run = world.push(options);
        world.begin(run, "git-clone-task", 1);
        world.finish(run, "git-clone-task", 2);
        world.begin(run, "kaniko-build-task", 2);
        world.finish(run, "kaniko-build-task", 9, '1');
        (void)world.update();
        QVERIFY(!world.only('a').isOver());
        world.end(run, 9, tekton::ConditionStatus::True, "Completed");
        (void)world.update();
        QCOMPARE(QString::fromStdString(test::stageWords(world.only('a'))),
                 QString("Received:done Clone:done Build:done Image:done Rollout:skipped Live:skipped"));
        QCOMPARE(world.pushOf('a')->state(), PushState::Built);
    }

    void onlyWhatChangedIsAnnounced() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        SmallWorld::RunOptions other;
        other.service = "bmad-services";
        other.commit = 'b';
        (void)world.deployed(other, '2');
        QCOMPARE(world.update().changed.size(), std::size_t{2});
        QVERIFY(world.update().empty());
        world.pods("bmad-services", 2, 1, 400);
        const auto changes = world.update();
        QCOMPARE(changes.changed.size(), std::size_t{1});
        QCOMPARE(changes.changed.front()->commit, test::commit('b'));
    }

    void aDeletedRunTakesItsRowAlong() {
        SmallWorld world;
        const std::string run = world.push({});
        (void)world.update();
        const std::string key = world.pushOf('a')->key;
        world.remove(run);
        const auto changes = world.update();
        QCOMPARE(changes.removed, std::vector<std::string>{key});
        QVERIFY(!world.book().find(key));
        QVERIFY(!world.book().findRun("tekton-pipelines", run));
    }

    void theWorstThatNeedsSomeoneIsTheRowsWord() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        SmallWorld::RunOptions second;
        second.service = "bmad-services";
        const std::string run = world.push(second);
        (void)world.update();
        QCOMPARE(world.pushOf('a')->state(), PushState::Underway);
        QCOMPARE(journey::summarize(*world.pushOf('a'), Stage::Live).done, 1);
        QCOMPARE(journey::summarize(*world.pushOf('a'), Stage::Live).total, 2);
        QCOMPARE(journey::summarize(*world.pushOf('a'), Stage::Clone).state, StageState::Running);
        world.end(run, 9, tekton::ConditionStatus::False, "CouldntGetPipeline");
        (void)world.update();
        QCOMPARE(world.pushOf('a')->state(), PushState::Failed);
        QCOMPARE(journey::summarize(*world.pushOf('a'), Stage::Clone).state, StageState::Failed);
    }
};

CEREBRAL_TEST(PushBookTest)
#include "push_book_test.moc"
