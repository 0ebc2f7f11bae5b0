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

    void aFailureThatDoesNotFitKeepsItsExitCode() {
        journey::ServiceJourney journey = building(StageState::Failed);
        journey::StageStatus& build = journey.stages[journey::indexOf(Stage::Build)];
        build.start = at(began_);
        build.end = at(began_ + std::chrono::seconds(14));
        journey.failure = journey::FailurePoint{};
        journey.failure->step = "build";
        journey.failure->exitCode = 1;
        const Segment segment = segmentOf(journey, Stage::Build, {medians_, toMillis(began_) + 86'400'000});
        QCOMPARE(segment.figure, QStringLiteral("14 s · step build · exit 1"));
        QCOMPARE(segment.brief, QStringLiteral("14 s · exit 1"));
        QVERIFY(!segment.timedOut);
    }

    void whatWasReceivedOnAnotherDayKeepsItsClockTime() {
        journey::ServiceJourney journey = building(StageState::Running);
        journey::StageStatus& received = journey.stages[journey::indexOf(Stage::Received)];
        received.state = StageState::Done;
        received.start = at(began_);
        const Segment segment = segmentOf(journey, Stage::Received, {medians_, toMillis(began_) + 86'400'000});
        QCOMPARE(segment.figure, formatClock(began_, began_ + std::chrono::hours(24)));
        QCOMPARE(segment.brief, formatClock(began_, began_));
        QVERIFY(segment.figure.endsWith(segment.brief) && segment.figure != segment.brief);
    }

    /// Below a failed build "not deployed" would read as what comes of it.
    void aBranchThatIsNeverDeployedSaysSo() {
        journey::ServiceJourney journey = building(StageState::Failed);
        journey.stages[journey::indexOf(Stage::Rollout)].state = StageState::Skipped;
        const SegmentContext context{medians_, toMillis(began_)};
        QCOMPARE(segmentOf(journey, Stage::Rollout, context).figure, QStringLiteral("not deployed"));
        journey.mayDeploy = false;
        QCOMPARE(segmentOf(journey, Stage::Rollout, context).figure, QStringLiteral("branch is not deployed"));
    }

    void whatTheClockEndedSaysSo() {
        journey::ServiceJourney journey = building(StageState::Failed);
        journey::StageStatus& build = journey.stages[journey::indexOf(Stage::Build)];
        build.start = at(began_);
        build.end = at(began_ + std::chrono::hours(1));
        build.reason = "TaskRunTimeout";
        const Segment segment = segmentOf(journey, Stage::Build, {medians_, toMillis(began_) + 86'400'000});
        QVERIFY(segment.timedOut);
        QVERIFY2(segment.figure.startsWith(QStringLiteral("Timed out after ")), qPrintable(segment.figure));
    }

    /// "1/4" would promise three more.
    void whatWasReplacedIsNotStillToCome() {
        journey::Push push;
        for (int i = 0; i < 4; ++i) {
            push.services.push_back(building(StageState::Done));
            push.services.back().stages[journey::indexOf(Stage::Live)].state =
                i == 0 ? StageState::Done : StageState::Replaced;
        }
        const SegmentContext context{medians_, toMillis(began_)};
        const Segment some = segmentOf(push, Stage::Live, context);
        QCOMPARE(some.figure, QStringLiteral("1 live"));
        QCOMPARE(some.details, QStringList{QStringLiteral("3 replaced")});
        push.services.front().stages[journey::indexOf(Stage::Live)].state = StageState::Replaced;
        QCOMPARE(segmentOf(push, Stage::Live, context).figure, QStringLiteral("replaced"));
    }

    void aBarWithoutAMedianMovesOnAndClaimsNothing() {
        journey::ServiceJourney journey = building(StageState::Running);
        journey.stages[journey::indexOf(Stage::Build)].start = at(began_);
        double before = 0;
        for (const int seconds : {1, 10, 60, 600, 3600}) {
            const Segment segment =
                segmentOf(journey, Stage::Build, {medians_, toMillis(began_) + qint64{1000} * seconds});
            QVERIFY(segment.fill > before && segment.fill < 1);
            QCOMPARE(segment.ghost, 0.0);
            QVERIFY(segment.details.isEmpty());
            before = segment.fill;
        }
    }

    void manyServicesAreToldByTheirStates() {
        std::vector<Segment> cells(30);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            cells[i].bar = i % 3 == 0 ? SegmentBar::Running : i % 3 == 1 ? SegmentBar::Done : SegmentBar::Failed;
            cells[i].fill = i % 2 == 0 ? 0.25 : 0.75;
        }
        const auto folded = foldedCells(cells);
        QCOMPARE(folded.size(), std::size_t{3});
        QVERIFY(folded[0].first.bar == SegmentBar::Done && folded[1].first.bar == SegmentBar::Running);
        QVERIFY(folded[2].first.bar == SegmentBar::Failed);
        for (const auto& part : folded) QCOMPARE(part.second, 10);
        QCOMPARE(folded[1].first.fill, 0.5);
    }

    void podsFillTheirSegment() {
        journey::ServiceJourney journey = building(StageState::Done);
        journey.stages[journey::indexOf(Stage::Live)].state = StageState::Running;
        journey.live = journey::LivePods{1, 4, {}};
        const Segment segment = segmentOf(journey, Stage::Live, {medians_, toMillis(began_)});
        QCOMPARE(segment.figure, QStringLiteral("1/4"));
        QCOMPARE(segment.fill, 0.25);
    }

    void whatRanWhenItWasSeenLastSaysSo() {
        journey::ServiceJourney journey = building(StageState::Running);
        journey.stages[journey::indexOf(Stage::Build)].start = at(began_);
        SegmentContext context{medians_, toMillis(began_) + 200'000, true};
        context.heldSinceMs = toMillis(began_) + 89'000;
        const Segment segment = segmentOf(journey, Stage::Build, context);
        QCOMPARE(
            segment.figure,
            QStringLiteral("1:29 at %1, unknown since").arg(formatClockSeconds(fromMillis(context.heldSinceMs))));
        QCOMPARE(segment.brief, QStringLiteral("1:29"));
        QVERIFY(segment.bar == SegmentBar::Held);
    }

    void whatWasHeldUpWhenItWasSeenLastSaysSoInGrey() {
        journey::ServiceJourney journey = building(StageState::Stuck);
        journey.stages[journey::indexOf(Stage::Build)].reason = "ExceededResourceQuota";
        SegmentContext context{medians_, toMillis(began_) + 200'000, true};
        context.heldSinceMs = toMillis(began_) + 89'000;
        const Segment segment = segmentOf(journey, Stage::Build, context);
        QVERIFY(segment.bar == SegmentBar::Held);
        QVERIFY(segment.tone == SegmentTone::Plain && !segment.glyph);
        QCOMPARE(segment.brief, QStringLiteral("ExceededResourceQuota"));
        QVERIFY(segment.figure.startsWith(segment.brief) &&
                segment.figure.endsWith(QStringLiteral(", unknown since")));
        journey::Push push;
        push.services = {journey, journey};
        QVERIFY(segmentOf(push, Stage::Build, context).tone == SegmentTone::Plain);
    }

    void whatWasCancelledIsNotStillToCome() {
        journey::Push push;
        for (int i = 0; i < 6; ++i) {
            push.services.push_back(building(StageState::Done));
            push.services.back().stages[journey::indexOf(Stage::Rollout)].state =
                i == 0 ? StageState::Cancelled : StageState::Done;
        }
        const Segment segment = segmentOf(push, Stage::Rollout, {medians_, toMillis(began_)});
        QCOMPARE(segment.figure, QStringLiteral("5/6"));
        QCOMPARE(segment.details, QStringList{QStringLiteral("1 cancelled")});
        // Where there is no room for both.
        QCOMPARE(segment.remark, QStringLiteral("1 cancelled"));
    }

    void timeIsOverByASecondAtLeast() {
        StageMedians medians;
        for (int i = 0; i < 5; ++i) {
            journey::ServiceJourney done = building(StageState::Done);
            journey::StageStatus& build = done.stages[journey::indexOf(Stage::Build)];
            build.start = at(began_ + std::chrono::minutes(i));
            build.end = at(began_ + std::chrono::minutes(i) + std::chrono::seconds(10));
            medians.learn(done);
        }
        journey::ServiceJourney journey = building(StageState::Running);
        journey.stages[journey::indexOf(Stage::Build)].start = at(began_);
        const auto left = [&](int ms) {
            return segmentOf(journey, Stage::Build, {medians, toMillis(began_) + ms}).details.value(0);
        };
        QCOMPARE(left(8'000), QStringLiteral("~2 s left"));
        QCOMPARE(left(8'900), QStringLiteral("~2 s left"));
        // "10 s median 10 s" would read as one figure.
        QCOMPARE(left(10'400), QString());
        QCOMPARE(left(11'000), QStringLiteral("+1 s"));
    }

    void whatHasStoppedDoesNotMoveWhenAMedianComes() {
        StageMedians medians;
        journey::ServiceJourney failed = building(StageState::Failed);
        failed.runUid = "failed";
        failed.stages[journey::indexOf(Stage::Build)].start = at(began_);
        failed.stages[journey::indexOf(Stage::Build)].end = at(began_ + std::chrono::seconds(14));
        const SegmentContext context{medians, toMillis(began_) + 86'400'000};
        medians.keepScale(failed);
        const double fill = segmentOf(failed, Stage::Build, context).fill;
        for (int i = 0; i < 5; ++i) {
            journey::ServiceJourney done = building(StageState::Done);
            done.stages[journey::indexOf(Stage::Build)].start = at(began_);
            done.stages[journey::indexOf(Stage::Build)].end = at(began_ + std::chrono::seconds(100 + i));
            medians.learn(done);
        }
        medians.keepScale(failed);
        QVERIFY(medians.medianMs("ai-services", Stage::Build).has_value());
        QCOMPARE(segmentOf(failed, Stage::Build, context).fill, fill);
        journey::ServiceJourney next = failed;
        next.runUid = "the next one";
        medians.keepScale(next);
        QVERIFY(segmentOf(next, Stage::Build, context).fill < fill);
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
