#include "core/journey/stage.h"

#include <QtTest/QtTest>
#include <set>

#include "core/journey/journey.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using journey::Stage;
using journey::StageState;
using journey::StageStatus;

class StageTest : public QObject {
    Q_OBJECT
private slots:
    void everyStateHasItsOwnName() {
        std::set<std::string> names;
        for (int i = 0; i <= static_cast<int>(StageState::Replaced); ++i)
            names.insert(toString(static_cast<StageState>(i)));
        QCOMPARE(names.size(), std::size_t{9});
        names.clear();
        for (int i = 0; i <= static_cast<int>(journey::PushState::Ignored); ++i)
            names.insert(toString(static_cast<journey::PushState>(i)));
        QCOMPARE(names.size(), std::size_t{10});
        names.clear();
        for (const Stage stage : journey::kStages) names.insert(toString(stage));
        QCOMPARE(names.size(), journey::kStageCount);
    }

    void onlyWhatIsOverHasADuration() {
        const WallTime start{std::chrono::seconds(100)};
        StageStatus status;
        status.start = journey::Moment{start, {}, ""};
        status.end = journey::Moment{start + std::chrono::seconds(7), {}, ""};
        status.state = StageState::Running;
        QVERIFY(!status.duration());
        status.state = StageState::Done;
        QCOMPARE(status.duration(), std::optional(std::chrono::milliseconds(7000)));
        // Two machines' clocks.
        status.end->at = start - std::chrono::seconds(1);
        QVERIFY(!status.duration());
        status.end.reset();
        QVERIFY(!status.duration());
    }

    void aSummaryCountsWhatWasNotLeftOut() {
        journey::Push push;
        for (const StageState state : {StageState::Done, StageState::Skipped, StageState::Done}) {
            journey::ServiceJourney service;
            service.stages[indexOf(Stage::Rollout)].state = state;
            service.stages[indexOf(Stage::Rollout)].end =
                journey::Moment{WallTime{std::chrono::seconds(state == StageState::Skipped ? 99 : 50)}, {}, ""};
            push.services.push_back(service);
        }
        auto summary = journey::summarize(push, Stage::Rollout);
        QCOMPARE(summary.state, StageState::Done);
        QCOMPARE(summary.done, 2);
        QCOMPARE(summary.total, 2);
        QCOMPARE(summary.end, std::optional(WallTime{std::chrono::seconds(50)}));
        push.services[0].stages[indexOf(Stage::Rollout)].state = StageState::Pending;
        summary = journey::summarize(push, Stage::Rollout);
        QCOMPARE(summary.state, StageState::Running);
        QVERIFY(!summary.end);
    }
};

CEREBRAL_TEST(StageTest)
#include "stage_test.moc"
