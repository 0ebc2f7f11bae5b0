#include <SQLiteCpp/SQLiteCpp.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <random>
#include <set>

#include "tests/support/child_process.h"
#include "tests/support/test_main.h"
#include "tests/unit/history/history_fixture.h"

using namespace cerebral;
using namespace cerebral::test;

namespace {

std::set<std::string> acknowledged(const QByteArray& output) {
    std::set<std::string> uids;
    const qsizetype whole = output.lastIndexOf('\n');
    for (const QByteArray& line : output.left(whole).split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.contains("acknowledged")) uids.insert(object["acknowledged"].toString().toStdString());
    }
    return uids;
}

std::string integrity(const std::filesystem::path& file) {
    const SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 5'000);
    SQLite::Statement check(database, "PRAGMA integrity_check");
    return check.executeStep() ? check.getColumn(0).getString() : "no answer";
}

/// uids that are kept together with their step's log.
std::set<std::string> kept(const std::filesystem::path& file) {
    const SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 5'000);
    SQLite::Statement query(database, "SELECT uid FROM runs JOIN step_logs ON run_id = runs.id");
    std::set<std::string> uids;
    while (query.executeStep()) uids.insert(query.getColumn(0).getString());
    return uids;
}

QString writer() {
    return QStringLiteral(HISTORY_WRITER);
}

}  // namespace

class HistoryCrashTest : public QObject {
    Q_OBJECT
private slots:
    void nothingAcknowledgedIsLostInFiftyKills() {
        HistoryFolder folder;
        std::mt19937 random(42);
        std::set<std::string> promised;
        for (int round = 0; round < 50; ++round) {
            ChildProcess child(writer(),
                               {QString::fromStdString(folder.file().string()), "r" + QString::number(round)});
            auto left = random() % 60;
            const auto seen = child.waitForJson([&](const QJsonObject&) { return left-- == 0; });
            QVERIFY2(seen, child.standardError().constData());
            const auto strike = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 4'000);
            while (std::chrono::steady_clock::now() < strike) {
            }
            child.kill();
            QVERIFY(child.waitForExit());
            promised.merge(acknowledged(child.standardOutput()));

            QCOMPARE(integrity(folder.file()), std::string("ok"));
            const std::set<std::string> found = kept(folder.file());
            for (const std::string& uid : promised) QVERIFY2(found.contains(uid), uid.c_str());
        }
        QVERIFY(promised.size() > 1'000);

        // And it goes on as if nothing had happened.
        folder.clock.setWall(SystemClock().now());
        auto history = folder.open({.maxAge = 24h});
        QVERIFY(history.has_value());
        QVERIFY(!(*history)->notice());
        QVERIFY((*history)->flush().has_value());
        auto reader = (*history)->reader();
        QCOMPARE((*reader)->countRuns({.before = folder.clock.now() - 24h}).value(), std::int64_t{0});
        QVERIFY((*reader)->countRuns({}).value() >= static_cast<std::int64_t>(promised.size()));
    }

    void twoProgramsShareOneFile() {
        HistoryFolder folder;
        const QString file = QString::fromStdString(folder.file().string());
        ChildProcess first(writer(), {file, "first", "600"});
        ChildProcess second(writer(), {file, "second", "600"});
        QCOMPARE(first.waitForExit(60'000), std::optional<int>(0));
        QCOMPARE(second.waitForExit(60'000), std::optional<int>(0));
        const auto found = kept(folder.file());
        std::set<std::string> promised = acknowledged(first.standardOutput());
        promised.merge(acknowledged(second.standardOutput()));
        QCOMPARE(promised.size(), std::size_t{1'080});
        for (const std::string& uid : promised) QVERIFY2(found.contains(uid), uid.c_str());
        QCOMPARE(integrity(folder.file()), std::string("ok"));
    }
};

CEREBRAL_TEST(HistoryCrashTest)
#include "history_crash_test.moc"
