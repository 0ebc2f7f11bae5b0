// What a segment of a strip says where little is known.
#include "ui/models/segment.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "ui/models/format.h"

using namespace cerebral;
using namespace cerebral::ui;
using journey::Stage;
using journey::StageState;

class SegmentTest : public QObject {
    Q_OBJECT

    StageMedians medians_;
    const WallTime began_ = fromMillis(1'700'000'000'000);

    journey::ServiceJourney building(StageState state) {
        journey::ServiceJourney journey;
        journey.service = "ai-services";
        journey.runCreated = began_;
        journey.stages[journey::indexOf(Stage::Build)].state = state;
        return journey;
    }
    static journey::Moment at(WallTime time) { return {time, {}, {}}; }

private slots:
    void aFailureWithoutTaskRunsSaysWhatTheRunSays() {
        journey::ServiceJourney journey = building(StageState::Failed);
        journey::StageStatus& build = journey.stages[journey::indexOf(Stage::Build)];
        build.reason = "Failed";
        build.end = at(began_ + std::chrono::seconds(133));
        const SegmentContext context{medians_, toMillis(began_) + 86'400'000};
        QCOMPARE(segmentOf(journey, Stage::Build, context).figure, QStringLiteral("Failed after 2:13"));
        build.reason = "PipelineRunTimeout";
        QCOMPARE(segmentOf(journey, Stage::Build, context).figure, QStringLiteral("Timed out after 2:13"));
        build = {};
        build.state = StageState::Failed;
        QCOMPARE(segmentOf(journey, Stage::Build, context).figure, QStringLiteral("Failed"));
    }

    void whatRunsIsWrittenAsWhatRan() {
        journey::ServiceJourney journey = building(StageState::Running);
        journey.stages[journey::indexOf(Stage::Build)].start = at(began_);
        const SegmentContext context{medians_, toMillis(began_) + 10'400};
        QCOMPARE(segmentOf(journey, Stage::Build, context).figure, QStringLiteral("10 s"));
        const SegmentContext later{medians_, toMillis(began_) + 61'000};
        QCOMPARE(segmentOf(journey, Stage::Build, later).figure, QStringLiteral("1:01"));
        const SegmentContext atOnce{medians_, toMillis(began_)};
        QCOMPARE(segmentOf(journey, Stage::Build, atOnce).figure, QStringLiteral("0 s"));
    }
};

CEREBRAL_TEST(SegmentTest)
#include "segment_test.moc"
