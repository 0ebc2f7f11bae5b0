// What an untouched demo shows within a minute of its window opening, on a clock of the test's own.
#include "app/demo/team/storyline.h"

#include <QRegularExpression>
#include <QtTest>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/past/past_plan.h"
#include "app/demo/sim/rehearsal.h"
#include "app/demo/team/built_runs.h"
#include "app/demo/team/team.h"
#include "app/demo/workloads/rollout_status.h"
#include "core/base/time_format.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::demo;
using namespace std::chrono_literals;

namespace {

constexpr double kUsualSpeed = 8.0;

struct Told {
    std::vector<std::vector<std::string>> runs;  ///< names, push by push
};

/// The opening's pushes at their times; a fan-out cancels what it supersedes as the receiver does.
Told tellOpening(Rehearsal& rehearsal, std::uint64_t seed) {
    Storyline storyline(seed);
    Told told;
    std::chrono::milliseconds passed{0};
    std::map<std::pair<std::string, std::string>, std::string> newest;  // service and branch → run
    World& world = rehearsal.world();
    for (std::size_t push = 0; push < Storyline::kOpening; ++push) {
        const auto due = openingTime(push, kUsualSpeed);
        rehearsal.advance(due - passed);
        passed = due;
        const auto story = storyline.next({}, world.store.now());
        rehearsal.scenarios().plan(story->push.after, story->service, story->scenario);
        auto& names = told.runs.emplace_back();
        for (const Json& run : builtRuns(story->push, world.registryHost, "delivery")) {
            const auto created = world.store.create(kindNamed("PipelineRun"), run);
            if (!created) qFatal("%s", created.error().message.c_str());
            names.push_back((*created)->name);
            std::string& last = newest[{
                run["metadata"]["labels"]["cerebral.baerautotech.com/service"].get<std::string>(), story->push.ref}];
            if (!last.empty()) {
                (void)world.store.update(kindNamed("PipelineRun"), kPipelineNs, last, [](Json& tree) {
                    tree["spec"]["status"] = "CancelledRunFinally";
                    return true;
                });
            }
            last = names.back();
        }
    }
    rehearsal.advance(60s - passed);
    return told;
}

Json runCalled(const Rehearsal& rehearsal, const std::string& name) {
    const ObjectPtr run = rehearsal.find("PipelineRun", kPipelineNs, name);
    return run ? run->parse() : Json();
}

QByteArray reasonOf(const Json& object) {
    return QByteArray::fromStdString(object["status"]["conditions"][0].value("reason", ""));
}

}  // namespace

class StorylineTest : public QObject {
    Q_OBJECT
private slots:
    void aMinuteShowsLiveFailingStuckAndFanOut_data() {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 4; ++seed) QTest::addRow("seed %llu", seed) << seed;
    }
    void aMinuteShowsLiveFailingStuckAndFanOut() {
        QFETCH(quint64, seed);
        RehearsalOptions options;
        options.seed = seed;
        options.speed = kUsualSpeed;
        options.start = *parseRfc3339("2026-11-23T08:00:00Z");
        Rehearsal rehearsal(options);
        const Told told = tellOpening(rehearsal, seed);
        QCOMPARE(told.runs.size(), std::size_t{4});

        // Live: the run is over, and the Deployment runs the digest it built (or the fan-out's after it).
        const Json live = runCalled(rehearsal, told.runs[0].at(0));
        QCOMPARE(reasonOf(live), QByteArray("Succeeded"));
        const Json deployment = rehearsal.find("Deployment", kPlatformNs, "ai-services")->parse();
        QVERIFY(deployment["metadata"]["annotations"]["deployment.kubernetes.io/revision"] != "1");

        const Json failing = runCalled(rehearsal, told.runs[1].at(0));
        QCOMPARE(reasonOf(failing), QByteArray("Failed"));
        const std::string pod = told.runs[1].at(0) + "-kaniko-build-task-pod";
        const ObjectPtr failed = rehearsal.find("Pod", kPipelineNs, pod);
        QVERIFY(failed);
        QVERIFY(
            rehearsal.world().logs.read(failed->uid, "step-build", {}).find("SyntaxError: '(' was never closed") !=
            std::string::npos);

        const ObjectPtr stuck = rehearsal.find("TaskRun", kPipelineNs, told.runs[2].at(0) + "-kaniko-build-task");
        QVERIFY(stuck);
        QCOMPARE(reasonOf(stuck->parse()), QByteArray("ExceededResourceQuota"));
        QCOMPARE(reasonOf(runCalled(rehearsal, told.runs[2].at(0))), QByteArray("Running"));

        QCOMPARE(told.runs[3].size(), std::size_t{6});
        for (const std::string& name : told.runs[3]) QVERIFY(reasonOf(runCalled(rehearsal, name)) != "Failed");
    }
    /// The words of an event agree with the times around it: this cluster is faster than a real one.
    void aPullTakesAsLongAsItsEventSays() {
        RehearsalOptions options;
        options.speed = kUsualSpeed;
        options.start = *parseRfc3339("2026-11-23T08:00:00Z");
        Rehearsal rehearsal(options);
        (void)tellOpening(rehearsal, 1);
        int pulled = 0;
        for (const ObjectPtr& event : rehearsal.world().store.list(kindNamed("Event"), "").objects) {
            const auto words = QString::fromStdString(event->parse().value("message", ""));
            if (!words.startsWith(QLatin1String("Successfully pulled"))) continue;
            ++pulled;
            QVERIFY2(words.contains(QRegularExpression(QStringLiteral(" in \\d{3}ms \\("))), qPrintable(words));
        }
        QVERIFY(pulled > 0);
        QCOMPARE(rehearsal.world().lasting(std::chrono::milliseconds(25'400)), std::string("3.175s"));
        QCOMPARE(rehearsal.world().lasting(std::chrono::milliseconds(16'000)), std::string("2s"));
    }
    void oneSeedTellsOneStory() {
        const auto tell = [](std::uint64_t seed) {
            RehearsalOptions options;
            options.seed = seed;
            options.speed = kUsualSpeed;
            options.start = *parseRfc3339("2026-11-23T08:00:00Z");
            Rehearsal rehearsal(options);
            tellOpening(rehearsal, seed);
            std::string all;
            for (const char* kind : {"PipelineRun", "TaskRun", "Pod", "Event", "Deployment"}) {
                for (const ObjectPtr& object : rehearsal.world().store.list(kindNamed(kind), "").objects)
                    all += object->text() + "\n";
            }
            return all;
        };
        const std::string once = tell(3);
        QVERIFY(once == tell(3));
        QVERIFY(once != tell(4));
    }
    void theFirstPushGoesOnFromThePast() {
        const WallTime now = *parseRfc3339("2026-11-23T08:00:00Z");
        const PastPlan past = planPast(1, 40, now);
        Storyline storyline(1, past.heads);
        const auto newest = std::find_if(past.runs.rbegin(), past.runs.rend(),
                                         [](const PastRun& run) { return run.branch == "main"; });
        const auto first = storyline.next("feature", now);
        QCOMPARE(first->push.before, newest->commit);
        QCOMPARE(storyline.next("flaky", now)->push.before, first->push.after);
    }
    /// A push that builds nothing is seen soon, whoever looks.
    void theOpeningIsFollowedByDocs() {
        Storyline storyline(1);
        for (std::size_t i = 0; i < Storyline::kOpening; ++i) QVERIFY(storyline.next({}, {}).has_value());
        QCOMPARE(storyline.next({}, {})->story, std::string("docs-only"));
    }
    void allStoriesAreTold() {
        Storyline storyline(1);
        std::set<std::string> told;
        for (std::size_t i = 0; i < 2 * Storyline::stories().size(); ++i) {
            const auto story = storyline.next({}, *parseRfc3339("2026-11-23T08:00:00Z"));
            QVERIFY(story.has_value());
            QCOMPARE(story->push.before.size(), std::size_t{40});
            told.insert(story->story);
        }
        QCOMPARE(told.size(), Storyline::stories().size());
        QVERIFY(!storyline.next("no such story", {}).has_value());
    }
};

CEREBRAL_TEST(StorylineTest)
#include "storyline_test.moc"
