#include "core/journey/verdict.h"

#include <QtTest/QtTest>

#include "core/tekton/run_labels.h"
#include "tests/support/test_main.h"
#include "tests/unit/journey/small_world.h"

using namespace cerebral;
using journey::Answer;
using journey::Stage;
using journey::Verdict;
using test::SmallWorld;

namespace {

SmallWorld::RunOptions child(char commit, char before, int at) {
    SmallWorld::RunOptions options;
    options.commit = commit;
    options.before = before;
    options.at = at;
    return options;
}

const journey::Wording kWording{
    [](WallTime time) {
        return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time - test::kNoon).count());
    },
    [](WallTime time) {
        return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(test::noonPlus(5000) - time).count()) +
               " s";
    }};

}  // namespace

class VerdictTest : public QObject {
    Q_OBJECT

    /// The one answer for the commit.
    static Answer ask(SmallWorld& world, char commit) {
        (void)world.update();
        const auto answers = journey::isLive(world.book(), test::commit(commit).substr(0, 7));
        return answers.size() == 1 ? answers.front() : Answer{};
    }
    static void check(SmallWorld& world, char commit, Verdict verdict, const char* sentence) {
        const Answer answer = ask(world, commit);
        QCOMPARE(toString(answer.verdict), toString(verdict));
        QCOMPARE(QString::fromStdString(journey::sentence(answer, kWording)), QString(sentence));
    }

private slots:
    void queries_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("commit");
        QTest::newRow("short") << QByteArray("a1b9") << QByteArray("a1b9");
        QTest::newRow("full") << QByteArray(40, 'f') << QByteArray(40, 'f');
        QTest::newRow("upper, spaces") << QByteArray("  A1B9F3C\n") << QByteArray("a1b9f3c");
        QTest::newRow("link") << QByteArray("https://github.com/o/r/commit/a1b9f3c") << QByteArray("a1b9f3c");
        QTest::newRow("link into a pull request")
            << QByteArray("https://github.com/o/r/pull/7/commits/a1b9f3c?w=1#d") << QByteArray("a1b9f3c");
        for (const char* none : {"", "   ", "a1b", "g1b9f3c", "main", "https://github.com/o/r",
                                 "fffffffffffffffffffffffffffffffffffffffff", "a1b9 f3c"}) {
            QTest::addRow("none: %s", none) << QByteArray(none) << QByteArray();
        }
    }
    void queries() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, commit);
        const auto parsed = journey::parseCommitQuery(text.toStdString());
        QCOMPARE(parsed.has_value(), !commit.isEmpty());
        if (parsed) QCOMPARE(*parsed, commit.toStdString());
    }

    void nothingIsKnown() {
        SmallWorld world;
        check(world, 'a', Verdict::Unknown, "is not known here: no push carried it");
    }

    void onItsWay() {
        SmallWorld world;
        const std::string run = world.push({});
        check(world, 'a', Verdict::Underway, "is not live yet: in Clone");
        world.begin(run, "git-clone-task", 10);
        check(world, 'a', Verdict::Underway, "is not live yet: in Clone for 4990 s");
        world.finish(run, "git-clone-task", 20);
        check(world, 'a', Verdict::Underway, "is not live yet: in Build");
        world.begin(run, "kaniko-build-task", 20);
        world.finish(run, "kaniko-build-task", 80, '1');
        world.begin(run, "deploy-task", 80);
        world.setImage("ai-services", '1', 82);
        check(world, 'a', Verdict::Underway, "is not live yet: in Rollout for 4920 s");
        world.pods("ai-services", 2, 1, 90);
        check(world, 'a', Verdict::Rolling, "is in 1/2 pods, the rollout goes on");
        world.pods("ai-services", 2, 2, 95);
        check(world, 'a', Verdict::Live, "is live in 2/2 pods since 96");
    }

    /// As the run's timeline has it: what waited under a full quota was queued.
    void waitingForRoomIsNoTimeOfAStage() {
        SmallWorld world;
        const std::string run = world.push({});
        world.begin(run, "git-clone-task", 10);
        world.taskPod(run, "git-clone-task", 11);
        world.finish(run, "git-clone-task", 20);
        world.begin(run, "kaniko-build-task", 20);
        world.taskPod(run, "kaniko-build-task", 140);
        world.finish(run, "kaniko-build-task", 200, '1');
        (void)world.update();
        const journey::StageStatus& clone = world.only('a').stage(Stage::Clone);
        QVERIFY(clone.start && clone.start->at == test::noonPlus(10));
        const journey::StageStatus& build = world.only('a').stage(Stage::Build);
        QVERIFY(build.start && build.start->at == test::noonPlus(140));
        QCOMPARE(build.start->object.kind(), std::string_view("Pod"));
        QCOMPARE(build.duration(), std::optional<std::chrono::milliseconds>(std::chrono::seconds(60)));
    }

    void aRunWithoutTaskRunsStillSaysWhyItStopped() {
        SmallWorld world;
        const std::string run = world.push({});
        world.begin(run, "git-clone-task", 10);
        world.begin(run, "kaniko-build-task", 20);
        world.end(run, 143, tekton::ConditionStatus::False, "Failed");
        world.forgetTasks(run, "Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1");
        check(world, 'a', Verdict::Stopped, "is not live: stopped in Build, 4857 s ago");
        const journey::StageStatus& build = world.only('a').stage(Stage::Build);
        QCOMPARE(build.reason, std::string("Failed"));
        QVERIFY(build.end && build.end->at == test::noonPlus(143));
        QCOMPARE(build.end->field, std::string("status.completionTime"));
        QVERIFY(!build.duration());
    }

    void stopped() {
        SmallWorld world;
        const std::string run = world.push({});
        world.begin(run, "git-clone-task", 10);
        world.fail(run, "git-clone-task", 20, 128);
        world.end(run, 20, tekton::ConditionStatus::False, "Failed");
        check(world, 'a', Verdict::Stopped, "is not live: stopped in Clone, 4980 s ago");
    }

    void stuck() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        world.breakPod("ai-services", 1000);
        (void)world.update();
        const Answer answer = ask(world, 'a');
        QCOMPARE(answer.verdict, Verdict::Stuck);
        QCOMPARE(answer.stage, Stage::Live);
        QCOMPARE(answer.ready, 1);
        QVERIFY(QString::fromStdString(journey::sentence(answer, kWording))
                    .startsWith("is in 1/2 pods only: stuck in Live for 4000 s: image "));
    }

    void superseded() {
        SmallWorld world;
        const std::string run = world.push({});
        (void)world.push(child('b', 'a', 15));
        world.annotate(run, tekton::labels::kSupersededBy, "ai-services-bbbbbbbb-15");
        world.end(run, 20, tekton::ConditionStatus::False, "Cancelled");
        check(world, 'a', Verdict::Superseded, "is not live: superseded by bbbbbbb, 4980 s ago");
    }

    void aDescendantThatIsLiveIncludesIt() {
        SmallWorld world;
        (void)world.deployed(child('a', '0', 0), '1');
        (void)world.push(child('b', 'a', 100));
        (void)world.deployed(child('c', 'b', 200), '3');
        check(world, 'a', Verdict::Included, "is included in ccccccc, which is live in 2/2 pods since 281");
        check(world, 'b', Verdict::Included, "is included in ccccccc, which is live in 2/2 pods since 281");
        check(world, 'c', Verdict::Live, "is live in 2/2 pods since 281");
    }

    void aForcedPushIncludesNothing() {
        SmallWorld world;
        (void)world.deployed(child('a', '0', 0), '1');
        auto forced = child('b', 'a', 1000);
        forced.reason = "every service: the push was forced";
        (void)world.deployed(forced, '2');
        check(world, 'a', Verdict::Replaced, "is not live any more: replaced by bbbbbbb, 3932 s ago");
    }

    void anotherBranchIncludesNothing() {
        SmallWorld world;
        (void)world.deployed(child('a', '0', 0), '1');
        auto other = child('b', 'a', 1000);
        other.ref = "refs/heads/other";
        (void)world.deployed(other, '2');
        check(world, 'a', Verdict::Replaced, "is not live any more: replaced by bbbbbbb, 3932 s ago");
    }

    void whatReplacedItMayBeReplacedToo() {
        SmallWorld world;
        (void)world.deployed(child('a', '0', 0), '1');
        (void)world.deployed(child('b', '7', 1000), '2');
        (void)world.deployed(child('c', '8', 2000), '3');
        // By which came first: that one is answered for itself.
        check(world, 'a', Verdict::Replaced, "is not live any more: replaced by bbbbbbb, 3932 s ago");
        check(world, 'b', Verdict::Replaced, "is not live any more: replaced by ccccccc, 2932 s ago");
        // The cluster has forgotten the revisions between.
        world.dropOldSets("ai-services");
        check(world, 'a', Verdict::Replaced, "is not live any more: replaced by bbbbbbb, 3914 s ago");
        check(world, 'b', Verdict::Replaced, "is not live any more: replaced by ccccccc, 2932 s ago");
    }

    void anImageFromElsewhereReplaces() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        world.setImage("ai-services", '9', 500);
        world.pods("ai-services", 2, 2, 510);
        world.dropOldPods("ai-services");
        check(world, 'a', Verdict::Replaced, "is not live any more: replaced by image 9999999, 4500 s ago");
    }

    void notDeployed() {
        SmallWorld world;
        auto options = child('a', '0', 0);
        options.deploy = false;
        const std::string run = world.push(options);
        world.begin(run, "git-clone-task", 1);
        world.finish(run, "git-clone-task", 2);
        world.begin(run, "kaniko-build-task", 2);
        world.finish(run, "kaniko-build-task", 9, '1');
        world.end(run, 9, tekton::ConditionStatus::True, "Completed");
        check(world, 'a', Verdict::NotDeployed, "is built: this branch is not deployed");
    }

    /// "Not live yet" would promise what never comes.
    void aBranchThatIsNeverDeployedIsNotAboutToBeLive() {
        SmallWorld world;
        auto options = child('a', '0', 0);
        options.deploy = false;
        const std::string run = world.push(options);
        world.begin(run, "git-clone-task", 1);
        world.finish(run, "git-clone-task", 2);
        world.begin(run, "kaniko-build-task", 10);
        check(world, 'a', Verdict::Underway, "will not be live: this branch is not deployed; in Build for 4990 s");
    }

    void whatIsBeingReplacedIsNotReplacedYet() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        auto other = child('b', '0', 1000);
        other.ref = "refs/heads/other";
        const std::string run = world.push(other);
        world.begin(run, "git-clone-task", 1001);
        world.finish(run, "git-clone-task", 1002);
        world.begin(run, "kaniko-build-task", 1002);
        world.finish(run, "kaniko-build-task", 1060, '2');
        world.begin(run, "deploy-task", 1060);
        world.setImage("ai-services", '2', 1065);
        check(world, 'a', Verdict::Live, "is live in 2/2 pods since 81");
        world.pods("ai-services", 2, 1, 1070);
        world.dropOldPods("ai-services");
        check(world, 'a', Verdict::Rolling, "is in 0/2 pods, giving way to bbbbbbb");
        QVERIFY(world.pushOf('a')->state() == journey::PushState::Replaced);
        QVERIFY(world.only('a').isOver());
        world.pods("ai-services", 2, 2, 1080);
        world.progress("ai-services", "NewReplicaSetAvailable", 1085);
        check(world, 'a', Verdict::Replaced, "is not live any more: replaced by bbbbbbb, 3935 s ago");
    }

    void whatWasSeenIsSaidOfThen() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        journey::Wording wording = kWording;
        wording.seen = "12:53:18";
        QCOMPARE(journey::sentence(ask(world, 'a'), wording), std::string("was live in 2/2 pods at 12:53:18"));
    }

    void whatWouldTellIsNotVisible() {
        SmallWorld world;
        const std::string run = world.push({});
        world.end(run, 80, tekton::ConditionStatus::True, "Succeeded");
        world.begin(run, "git-clone-task", 1);
        world.begin(run, "kaniko-build-task", 1);
        world.begin(run, "deploy-task", 1);
        world.finish(run, "git-clone-task", 1);
        world.finish(run, "kaniko-build-task", 1, '1');
        world.finish(run, "deploy-task", 1);
        check(world, 'a', Verdict::Unclear,
              "may be live; what would tell is not visible from Live on: Deployment ai-services is not visible");
    }

    void ignored() {
        SmallWorld world;
        journey::DeliveryRecord record;
        record.delivery = "d";
        record.repository = "baerautotech/cerebral";
        record.after = test::commit('a');
        record.status = "ignored";
        record.reason = "only documents changed";
        world.book().setDeliveries({record});
        check(world, 'a', Verdict::Ignored, "was not built: only documents changed");
    }

    void eachServiceIsAnswered() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        auto other = child('a', '0', 0);
        other.service = "bmad-services";
        (void)world.push(other);
        (void)world.update();
        const auto answers = journey::isLive(world.book(), "aaaa");
        QCOMPARE(answers.size(), std::size_t{2});
        QCOMPARE(answers[0].service, std::string("ai-services"));
        QCOMPARE(answers[0].verdict, Verdict::Live);
        QCOMPARE(answers[1].verdict, Verdict::Underway);
        QCOMPARE(answers[1].commit, test::commit('a'));
    }

    void aRebuildThatIsLiveOutweighsTheNewest() {
        SmallWorld world;
        (void)world.deployed({}, '1');
        auto rebuild = child('a', 'a', 500);
        rebuild.requestId = "again";
        const std::string run = world.push(rebuild);
        world.begin(run, "git-clone-task", 501);
        world.fail(run, "git-clone-task", 510, 1);
        world.end(run, 510, tekton::ConditionStatus::False, "Failed");
        check(world, 'a', Verdict::Live, "is live in 2/2 pods since 81");
    }
};

CEREBRAL_TEST(VerdictTest)
#include "verdict_test.moc"
