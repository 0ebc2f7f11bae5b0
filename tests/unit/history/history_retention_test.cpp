#include <SQLiteCpp/SQLiteCpp.h>

#include <QFileInfo>
#include <QTest>

#include "core/history/history_file.h"
#include "core/history/retention.h"
#include "tests/support/test_main.h"
#include "tests/unit/history/history_fixture.h"

using namespace cerebral;
using namespace cerebral::history;
using namespace cerebral::test;

namespace {

StepLogRecord logOf(int number, std::size_t bytes) {
    StepLogRecord log;
    log.runUid = "uid-" + std::to_string(number);
    log.task = "build";
    log.step = "run";
    log.bytes = std::string(bytes, 'x');
    return log;
}

}  // namespace

class HistoryRetentionTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsTooOldGoes() {
        HistoryFolder folder;
        {
            auto history = folder.open();
            for (int i = 0; i < 300; ++i) {
                (*history)->record(makeRun(i, tekton::RunState::Failed));
                (*history)->record(logOf(i, 100));
                RolloutRecord rollout;
                rollout.deploymentUid = "d";
                rollout.revision = i;
                rollout.cluster = "c";
                rollout.ns = "n";
                rollout.began = kMonday + std::chrono::minutes(i);
                (*history)->record(rollout);
            }
            QVERIFY((*history)->flush().has_value());
            QCOMPARE((*(*history)->reader())->countRuns({}).value(), std::int64_t{300});
        }
        // Run i ends 100 s after minute i: at this moment 0 … 198 are more than a day old.
        folder.clock.setWall(kMonday + 24h + 200min + 30s);
        auto history = folder.open({.maxAge = 24h});
        QVERIFY((*history)->flush().has_value());
        auto reader = (*history)->reader();
        QCOMPARE((*reader)->countRuns({}).value(), std::int64_t{101});
        QVERIFY(!(*reader)->run("uid-198").value());
        QVERIFY((*reader)->run("uid-199").value().has_value());
        QCOMPARE((*reader)->rollouts("c", "n", "", 1'000).value().size(), std::size_t{99});
        QVERIFY((*reader)->stepLog("uid-199", "build", "run").value().has_value());
        const SQLite::Database database(folder.file().string());
        SQLite::Statement orphans(database,
                                  "SELECT (SELECT count(*) FROM step_logs), (SELECT count(*) FROM run_values)");
        QVERIFY(orphans.executeStep());
        QCOMPARE(orphans.getColumn(0).getInt(), 101);
        QCOMPARE(orphans.getColumn(1).getInt(), 202);
    }

    void whenItGrowsTooBigTheOldestLogsGoFirst() {
        HistoryFolder folder;
        const std::int64_t limit = std::int64_t{4} * 1'024 * 1'024;
        auto history = folder.open({.maxBytes = limit});
        for (int i = 0; i < 400; ++i) {
            (*history)->record(makeRun(i, tekton::RunState::Failed));
            (*history)->record(logOf(i, 50'000));
            if (i % 50 == 0) QVERIFY((*history)->flush().has_value());
        }
        QVERIFY((*history)->flush().has_value());
        history->reset();
        history = folder.open({.maxBytes = limit});
        QVERIFY((*history)->flush().has_value());
        auto reader = (*history)->reader();
        QCOMPARE((*reader)->countRuns({}).value(), std::int64_t{400});
        QVERIFY(!(*reader)->stepLog("uid-0", "build", "run").value());
        QVERIFY((*reader)->stepLog("uid-399", "build", "run").value().has_value());
        reader->reset();
        history->reset();
        QVERIFY(QFileInfo(QString::fromStdString(folder.file().string())).size() <= limit + 300'000);
    }

    void whenThereAreNoLogsLeftTheOldestRunsGo() {
        HistoryFolder folder;
        {
            auto history = folder.open();
            for (int i = 0; i < 3'000; ++i) (*history)->record(makeRun(i));
            QVERIFY((*history)->flush().has_value());
        }
        auto history = folder.open({.maxBytes = 1'024 * 1'024});
        QVERIFY((*history)->flush().has_value());
        auto reader = (*history)->reader();
        const std::int64_t left = (*reader)->countRuns({}).value();
        QVERIFY(left > 200 && left < 2'500);
        QVERIFY((*reader)->run("uid-2999").value().has_value());
        QVERIFY(!(*reader)->run("uid-0").value());
    }

    /// The writer is held up by at most one slice: fifty runs or ten logs, whatever there is to drop.
    void oneSliceIsShort() {
        HistoryFolder folder;
        {
            auto history = folder.open();
            for (int i = 0; i < 500; ++i) (*history)->record(makeRun(i));
            QVERIFY((*history)->flush().has_value());
        }
        auto file = openHistoryFile(folder.file(), kMonday);
        QVERIFY(file.has_value());
        Retention retention(file->database, {24h, 1'000'000'000});
        const WallTime later = kMonday + 24h * 365;
        int slices = 0;
        int left = 500;
        while (retention.slice(later).value()) {
            ++slices;
            SQLite::Statement count(file->database, "SELECT count(*) FROM runs");
            QVERIFY(count.executeStep());
            QVERIFY(left - count.getColumn(0).getInt() <= 50);
            left = count.getColumn(0).getInt();
        }
        QCOMPARE(left, 0);
        QVERIFY(slices >= 10);
    }
};

CEREBRAL_TEST(HistoryRetentionTest)
#include "history_retention_test.moc"
