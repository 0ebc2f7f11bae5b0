// What of a timeline is in sight in the room it has.
#include <QScrollBar>
#include <QtTest/QtTest>
#include <cstdlib>

#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/models/timeline.h"
#include "ui/theme/theme.h"
#include "ui/widgets/timeline_metrics.h"
#include "ui/widgets/timeline_view.h"

using namespace cerebral;
using namespace cerebral::ui;

class TimelineViewTest : public QObject {
    Q_OBJECT

    static Timeline ofThreeTasks() {
        test::RunMaker maker(3);
        RunDetail run;
        run.row = makeRunRow(maker.make(tekton::RunState::Running, "ai-services", 1));
        run.state = tekton::RunState::Running;
        run.tasks.resize(3);
        return makeTimeline(run, nullptr, run.row.startedMs + 60'000);
    }

private slots:
    void noRowIsCutThroughInAnyRoom() {
        const Theme theme;
        TimelineView view(theme);
        view.setTimeline(ofThreeTasks());
        const int row = theme.px(kTimelineRow);
        for (int room = 0; room < view.contentHeight() + 2 * row; ++room) {
            const int height = view.wholeRows(room);
            QVERIFY(height == view.contentHeight() || (height - theme.px(kTimelineAxis)) % row == 0);
            if (room > 2 * row && room < view.contentHeight()) QVERIFY(std::abs(height - room) <= row);
        }
    }

    /// In a room of two rows, and when the room becomes that small.
    void theRowChosenElsewhereIsInSight() {
        const Theme theme;
        TimelineView view(theme);
        const int room = theme.px(kTimelineAxis) + 2 * theme.px(kTimelineRow);
        view.resize(900, room);
        view.setTimeline(ofThreeTasks());
        view.show();
        QCOMPARE(view.verticalScrollBar()->value(), 0);
        view.select(2, -1);
        QCOMPARE(view.verticalScrollBar()->value(), theme.px(kTimelineRow));
        view.verticalScrollBar()->setValue(0);
        view.select(2, -1);
        QCOMPARE(view.verticalScrollBar()->value(), 0);
        view.resize(900, room + 200);
        view.resize(900, room);
        QCOMPARE(view.verticalScrollBar()->value(), theme.px(kTimelineRow));
    }
};

CEREBRAL_TEST(TimelineViewTest)
#include "timeline_view_test.moc"
