#include "core/history/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QDir>
#include <QFile>
#include <QTest>

#include "tests/support/test_main.h"
#include "tests/unit/history/history_fixture.h"

using namespace cerebral;
using namespace cerebral::history;
using namespace cerebral::test;

namespace {

std::string answer(SQLite::Database& database, const char* query) {
    SQLite::Statement statement(database, query);
    return statement.executeStep() ? statement.getColumn(0).getString() : std::string();
}

constexpr std::string_view kFirst = "CREATE TABLE things (name TEXT NOT NULL); INSERT INTO things VALUES ('kept');";
constexpr std::string_view kSecond = "ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 7;";
constexpr std::string_view kBroken = "UPDATE things SET name = 'spoilt'; CREATE TABLE things (again TEXT);";

}  // namespace

class HistorySchemaTest : public QObject {
    Q_OBJECT
private slots:
    void stepsRunOnceAndInOrder() {
        SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
        const std::array first = {kFirst};
        const std::array both = {kFirst, kSecond};
        QVERIFY(migrate(database, first).has_value());
        QCOMPARE(answer(database, "PRAGMA user_version"), std::string("1"));
        QVERIFY(migrate(database, both).has_value());
        QVERIFY(migrate(database, both).has_value());
        QCOMPARE(answer(database, "PRAGMA user_version"), std::string("2"));
        QCOMPARE(answer(database, "SELECT name || size FROM things"), std::string("kept7"));
        QCOMPARE(answer(database, "SELECT count(*) FROM things"), std::string("1"));
    }

    void aStepThatFailsLeavesTheOlderVersionWhole() {
        SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
        const std::array steps = {kFirst, kBroken};
        QVERIFY(!migrate(database, steps).has_value());
        QCOMPARE(answer(database, "PRAGMA user_version"), std::string("1"));
        QCOMPARE(answer(database, "SELECT name FROM things"), std::string("kept"));
    }

    void aNewerFileIsNotTouched() {
        HistoryFolder folder;
        QVERIFY(folder.open().has_value());
        {
            SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE);
            database.exec("PRAGMA user_version = 99");
        }
        const auto history = folder.open();
        QVERIFY(!history.has_value());
        QCOMPARE(static_cast<int>(history.error().kind), static_cast<int>(ErrorKind::Unsupported));
        QVERIFY(history.error().message.find("newer version") != std::string::npos);
        SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE);
        QCOMPARE(answer(database, "PRAGMA user_version"), std::string("99"));
    }

    void anotherProgramsDatabaseIsNotTouched() {
        HistoryFolder folder;
        {
            SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE mail (body TEXT)");
        }
        const auto history = folder.open();
        QVERIFY(!history.has_value());
        QCOMPARE(static_cast<int>(history.error().kind), static_cast<int>(ErrorKind::Config));
        SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE);
        QCOMPARE(answer(database, "SELECT count(*) FROM mail"), std::string("0"));
    }

    /// Files as each published version wrote them (tests/data/history/vN.sql) open today with everything in them.
    void filesOfEveryVersionOpen_data() {
        QTest::addColumn<QString>("dump");
        for (int version = 1; version <= schemaVersion(); ++version) {
            QTest::addRow("v%d", version) << QStringLiteral(CEREBRAL_TEST_DATA "/history/v%1.sql").arg(version);
        }
    }
    void filesOfEveryVersionOpen() {
        QFETCH(QString, dump);
        QFile file(dump);
        QVERIFY2(file.open(QIODevice::ReadOnly), "a published version has no recorded file");
        HistoryFolder folder;
        {
            SQLite::Database database(folder.file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec(file.readAll().toStdString());
        }
        auto history = folder.open();
        QVERIFY2(history.has_value(), history ? "" : history.error().message.c_str());
        QVERIFY(!(*history)->notice());
        auto reader = (*history)->reader();
        const auto run = (*reader)->run("uid-1").value();
        QVERIFY(run.has_value());
        QCOMPARE(run->row.service, std::string("ai-services"));
        QCOMPARE(run->params.size(), std::size_t{2});
        QCOMPARE(run->tasks.size(), std::size_t{1});
        QCOMPARE(run->tasks[0].steps.size(), std::size_t{1});
        QCOMPARE(run->stages.size(), std::size_t{1});
        QCOMPARE((*reader)->firstErrors("uid-1").value().size(), std::size_t{1});
        QVERIFY((*reader)->stepLog("uid-1", "build", "run").value().has_value());
        QCOMPARE((*reader)->rollouts("https://cluster:6443", "cerebral-platform", "", 9).value().size(),
                 std::size_t{1});
        // What today's program writes fits in as well.
        (*history)->record(makeRun(2));
        QVERIFY((*history)->flush().has_value());
        QCOMPARE((*reader)->countRuns({}).value(), std::int64_t{2});
    }

    /// A published migration is never edited: the schema it makes is the one in its recorded file.
    void todaysSchemaIsTheRecordedOne() {
        QFile file(QStringLiteral(CEREBRAL_TEST_DATA "/history/v%1.sql").arg(schemaVersion()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        SQLite::Database recorded(":memory:", SQLite::OPEN_READWRITE);
        recorded.exec(file.readAll().toStdString());
        SQLite::Database made(":memory:", SQLite::OPEN_READWRITE);
        QVERIFY(migrate(made, migrations()).has_value());
        const char* schema = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_master ORDER BY name)";
        QCOMPARE(answer(made, schema), answer(recorded, schema));
    }
};

CEREBRAL_TEST(HistorySchemaTest)
#include "history_schema_test.moc"
