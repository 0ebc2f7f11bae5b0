// The parts of one run's page: they say the same in the same words, and nothing is cut through.
#include <QImage>
#include <QScrollBar>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/models/format.h"
#include "ui/models/run_texts.h"
#include "ui/pages/run_events.h"
#include "ui/widgets/failure_view.h"
#include "ui/widgets/graph_view.h"
#include "ui/widgets/table_header.h"
#include "ui/widgets/wrapped_text.h"

using namespace cerebral;
using namespace cerebral::ui;
using tekton::RunState;
using tekton::TaskState;

class RunWordsTest : public QObject {
    Q_OBJECT

    test::RunMaker maker_{11};
    Theme theme_;

    /// Held up by a full quota, of which an event tells that the cluster does not call a warning.
    RunDetail stuck() {
        RunDetail run;
        run.row = makeRunRow(maker_.make(RunState::Running, "ai-services", 1));
        run.state = RunState::Stuck;
        TaskDetail& build = run.tasks.emplace_back();
        build.name = QStringLiteral("build");
        build.state = TaskState::Stuck;
        build.stuck = tekton::Stuck{"ExceededResourceQuota", "the quota is full", false, std::nullopt};
        return run;
    }
    static void happened(RunDetail& run, const std::string& reason, const std::string& message) {
        auto event = std::make_shared<kube::Event>();
        event->meta.uid = reason;
        event->type = "Normal";
        event->kind = "TaskRun";
        event->name = run.row.run->meta.name + "-build";
        event->reason = reason;
        event->message = message;
        event->lastSeen = fromMillis(run.row.startedMs);
        run.events.push_back(std::move(event));
    }

private slots:
    void aSkippedTaskIsCalledSoInTheGraph() {
        RunDetail run;
        run.row = makeRunRow(maker_.make(RunState::Failed, "ai-services", 1));
        run.tasks.resize(2);
        run.tasks[0].name = QStringLiteral("deploy");
        run.tasks[0].state = TaskState::Skipped;
        run.tasks[0].skipReason = QStringLiteral("PipelineRun was stopping");
        run.tasks[1].name = QStringLiteral("report");
        GraphView graph(theme_);
        graph.setRun(run, nullptr, run.row.completedMs, false);
        QCOMPARE(graph.describe(0), QStringLiteral("deploy: skipped\nPipelineRun was stopping"));
        QCOMPARE(graph.describe(1), QStringLiteral("report: not run"));
    }

    void whatHoldsTheRunUpIsMarked() {
        RunDetail run = stuck();
        happened(run, "Started", "");
        happened(run, "ExceededResourceQuota", "no room");
        const std::vector<TextRow> rows = eventRows(run);
        QCOMPARE(rows[0].level, RowLevel::Warning);
        QCOMPARE(rows[1].level, RowLevel::Normal);
    }

    void aLongMessageGoesOnInItsRow() {
        RunDetail run = stuck();
        happened(run, "Started", "Started container step-build");
        RunEvents events(theme_);
        events.resize(1184, 500);
        events.show();
        events.setAccess({}, true, {});
        events.setRun(run);
        TextTable& table = events.table();
        const int line = theme_.px(32);
        QTRY_COMPARE(table.rowHeight(0), line);
        // Without a glyph in any row none is indented for one.
        auto* header = qobject_cast<TableHeader*>(table.horizontalHeader());
        QVERIFY(header);
        QTRY_COMPARE(header->firstIndent(), 24);
        happened(run, "ExceededResourceQuota",
                 "TaskRun Pod exceeded available resources: pods \"a-build-pod\" is forbidden: exceeded quota: "
                 "build-quota, requested: limits.memory=8Gi, used: limits.memory=28Gi, limited: limits.memory=32Gi");
        events.setRun(run);
        QTRY_VERIFY(table.rowHeight(0) > line);
        QCOMPARE(table.rowHeight(1), line);
        QVERIFY(header->firstIndent() > 24);
        // Other colours and another size change nothing about it, from the first picture on.
        const int high = table.rowHeight(0);
        theme_.setMode(Theme::Mode::Dark);
        QCOMPARE(table.rowHeight(0), high);
        theme_.setFontScale(1.5);
        QVERIFY(table.rowHeight(0) > theme_.px(32));
        theme_.setFontScale(1);
        theme_.setMode(Theme::Mode::Light);
        QCOMPARE(table.rowHeight(0), high);
        events.resize(3400, 500);
        QTRY_COMPARE(table.rowHeight(0), line);
    }

    void whatIsLeftOutIsToldInTheLastLine() {
        const QString text =
            QStringLiteral("pods is forbidden: exceeded quota: build-quota, requested: one, used: two");
        for (int width = 60; width < 300; ++width) {
            const WrappedText cut = wrapText(theme_.fonts().body, text, width, 2);
            if (cut.text == text) continue;
            QVERIFY(cut.text.endsWith(QChar(0x2026)));
            QVERIFY2(wrapText(theme_.fonts().body, cut.text, width).lines <= 2, qPrintable(cut.text));
        }
    }

    /// Where the card scrolls, a line that its lower edge would cut through is left out.
    void noLineOfTheCardIsCutThrough() {
        theme_.setFontScale(1.5);
        analysis::FailureCard card;
        card.task = "build";
        card.step = "build";
        card.explanation = "exit code 1";
        card.excerpt = analysis::Excerpt{};
        card.excerpt->lines = {"Wwgjy one", "Wwgjy two", "ERROR: Wwgjy three"};
        card.excerpt->firstNumber = 1;
        card.excerpt->errorNumber = 3;
        card.excerpt->totalLines = 3;
        FailureView view(theme_);
        view.resize(900, 400);
        view.show();
        view.setCard(card, WallTime{});
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const int most = view.fullHeight();
        for (int height = most - 140; height < most; height += 9) {
            view.resize(900, height);
            QCoreApplication::processEvents();
            const QImage seen = view.grab().toImage();
            // The last line of pixels above the frame: one ground from where texts begin.
            const int y = seen.height() - 1 - 16 - 2;
            for (int x = 60; x < seen.width() - 80; ++x) {
                QVERIFY2(seen.pixel(x, y) == seen.pixel(60, y),
                         qPrintable(QStringLiteral("height %1, at %2").arg(height).arg(x)));
            }
        }
    }
};

CEREBRAL_TEST(RunWordsTest)
#include "run_words_test.moc"
