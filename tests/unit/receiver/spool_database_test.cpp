#include "receiver/spool/spool_database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;
using receiver::Added;
using receiver::DeliveryRecord;
using receiver::RunState;
using receiver::SpoolDatabase;
using receiver::SpooledRun;

namespace {

const WallTime kNow{1'795'423'260s};

SpooledRun run(const std::string& name, const std::string& delivery = "d-1") {
    SpooledRun run;
    run.name = name;
    run.delivery = delivery;
    run.service = "ai-services";
    run.branch = "main";
    run.repository = "BAERAutoTech/cerebral";
    run.manifest = R"({"name":")" + name + "\"}";
    return run;
}

DeliveryRecord record(const std::string& id, const std::string& status) {
    DeliveryRecord record;
    record.id = id;
    record.receivedAt = kNow;
    record.event = "push";
    record.after = "4f0c7a6f3fe1f1a50e0c1bd0a7d0a1f3f6a7c9d2";
    record.status = status;
    record.httpStatus = 200;
    record.latencyMs = 12.5;
    record.runNames = {"one", "two"};
    return record;
}

}  // namespace

class SpoolDatabaseTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<SpoolDatabase> database_;

    Result<std::unique_ptr<SpoolDatabase>> open(std::string& aside) {
        return SpoolDatabase::open(folder_->path().toStdString(), aside);
    }
    void reopen() {
        std::string aside;
        database_.reset();
        database_ = std::move(*open(aside));
        QVERIFY(aside.empty());
    }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        std::string aside;
        database_ = std::move(*open(aside));
    }
    void cleanup() { database_.reset(); }

    void aPlaceThatCannotBeUsedIsSaid() {
        QFile file(folder_->filePath("a-file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        std::string aside;
        const auto opened = SpoolDatabase::open(file.fileName().toStdString(), aside);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Io);
        QVERIFY(opened.error().message.find("a-file") != std::string::npos);
    }

    /// Two processes on one claim would create in parallel and miss each other's marks.
    void aSecondOwnerIsRefusedAndTheFileIsLeftAlone() {
        QVERIFY(database_->add(run("a"), kNow).has_value());
        std::string aside;
        const auto second = open(aside);
        QVERIFY(!second);
        QVERIFY2(second.error().message.find("SPOOL_DIR") != std::string::npos, second.error().message.c_str());
        QVERIFY(aside.empty());
        QVERIFY(database_->find("a")->has_value());
    }

    void whatIsNoDatabaseIsKeptAsideAndANewOneBegun() {
        database_.reset();
        QFile file(folder_->filePath("spool.db"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(8192, 'x'));
        file.close();
        QFile::remove(folder_->filePath("spool.db-wal"));
        std::string aside;
        auto opened = open(aside);
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
        QVERIFY(!aside.empty());
        QCOMPARE(QFile(QString::fromStdString(aside)).size(), qint64(8192));
        QCOMPARE((*opened)->add(run("a"), kNow).value(), Added::New);
    }

    void aTransactionThatFailsLeavesNothing() {
        QVERIFY(database_->add(run("before"), kNow).has_value());
        const auto failed = database_->transact([&]() -> Result<void> {
            if (auto added = database_->add(run("a"), kNow); !added) return fail(added.error());
            if (auto marked = database_->mark("before", RunState::Done, ""); !marked) return marked;
            return fail(ErrorKind::Io, "on purpose");
        });
        QVERIFY(!failed);
        QCOMPARE(failed.error().message, std::string("on purpose"));
        QVERIFY(!database_->find("a")->has_value());
        QCOMPARE((*database_->find("before"))->state, RunState::Pending);
        QVERIFY(database_->transact([&]() -> Result<void> { return {}; }).has_value());
    }

    void addingSaysWhatIsUnderTheName() {
        QCOMPARE(database_->add(run("a"), kNow).value(), Added::New);
        QCOMPARE(database_->add(run("a", "d-2"), kNow).value(), Added::AlreadyPending);
        QVERIFY(database_->mark("a", RunState::Created, "").has_value());
        QCOMPARE(database_->add(run("a", "d-3"), kNow).value(), Added::AlreadyDone);
        QVERIFY(database_->mark("a", RunState::Done, "").has_value());
        QCOMPARE(database_->add(run("a", "d-4"), kNow).value(), Added::AlreadyDone);
        QCOMPARE((*database_->find("a"))->delivery, std::string("d-1"));
        // Refused for good, until somebody asks again.
        QVERIFY(database_->mark("a", RunState::Dead, "admission said no").has_value());
        QCOMPARE((*database_->find("a"))->detail, std::string("admission said no"));
        QCOMPARE(database_->add(run("a", "d-5"), kNow).value(), Added::Rearmed);
        const auto held = **database_->find("a");
        QCOMPARE(held.state, RunState::Pending);
        QCOMPARE(held.delivery, std::string("d-5"));
        QVERIFY(held.detail.empty());
    }

    void whatIsUnfinishedOutlivesTheProcessInItsOrder() {
        for (const char* name : {"c", "a", "b", "done", "dead"}) QVERIFY(database_->add(run(name), kNow).has_value());
        QVERIFY(database_->mark("a", RunState::Created, "").has_value());
        QVERIFY(database_->mark("done", RunState::Done, "").has_value());
        QVERIFY(database_->mark("dead", RunState::Dead, "x").has_value());
        reopen();
        const auto runs = database_->unfinished();
        QVERIFY(runs.has_value());
        QCOMPARE(runs->size(), std::size_t{3});
        QCOMPARE(runs->at(0).name, std::string("c"));
        QCOMPARE(runs->at(1).name, std::string("a"));
        QCOMPARE(runs->at(1).state, RunState::Created);
        QCOMPARE(runs->at(2).name, std::string("b"));
        QVERIFY(runs->at(0).manifest.empty());  // read one by one, when each is due
        QCOMPARE((*database_->find("c"))->manifest, std::string(R"({"name":"c"})"));
        QCOMPARE(database_->countPending().value(), std::size_t{2});
    }

    void onlyWhatIsSettledGrowsOld() {
        for (const char* name : {"pending", "created", "done", "dead"}) {
            QVERIFY(database_->add(run(name), kNow).has_value());
        }
        QVERIFY(database_->mark("created", RunState::Created, "").has_value());
        QVERIFY(database_->mark("done", RunState::Done, "").has_value());
        QVERIFY(database_->mark("dead", RunState::Dead, "").has_value());
        QVERIFY(database_->prune(kNow + 47h).has_value());
        QVERIFY(!(*database_->find("done"))->manifest.empty());
        QVERIFY(database_->prune(kNow + 49h).has_value());
        QVERIFY((*database_->find("done"))->manifest.empty());
        QVERIFY(!(*database_->find("dead"))->manifest.empty());  // a redelivery may ask for it again
        // GitHub redelivers for three days, the receiver ignores pushes older than seven.
        QVERIFY(database_->prune(kNow + 24h * 8 + 1h).has_value());
        QVERIFY(!database_->find("done")->has_value());
        QVERIFY(!database_->find("dead")->has_value());
        for (const char* name : {"pending", "created"}) {
            const auto held = database_->find(name);
            QVERIFY2(held->has_value() && !(*held)->manifest.empty(), name);
        }
    }

    void deliveriesComeBackNewestFirst() {
        for (const char* status : {"queued", "created", "ignored"}) {
            QVERIFY(database_->record(record(std::string("d-") + status, status)).has_value());
        }
        QVERIFY(database_->record(record("d-queued", "duplicate")).has_value());
        reopen();
        const auto all = database_->deliveries(100);
        QCOMPARE(all->size(), std::size_t{4});
        QCOMPARE(all->at(0).status, std::string("duplicate"));
        QCOMPARE(all->at(3).status, std::string("queued"));
        QVERIFY(all->at(0).receivedAt == kNow);
        QCOMPARE(all->at(0).latencyMs, 12.5);
        QVERIFY((all->at(0).runNames == std::vector<std::string>{"one", "two"}));
        QCOMPARE(all->at(0).after, record("", "").after);
        QCOMPARE(database_->deliveries(2)->size(), std::size_t{2});
        // Of one delivery, the newest account.
        QCOMPARE((*database_->delivery("d-queued"))->status, std::string("duplicate"));
        QVERIFY(!database_->delivery("d-unknown")->has_value());
    }

    /// Spools were written that kept no commit with a delivery.
    void aSpoolWithoutCommitsIsTakenOver() {
        QVERIFY(database_->record(record("d-old", "ignored")).has_value());
        database_.reset();
        {
            SQLite::Database file((folder_->path() + QStringLiteral("/spool.db")).toStdString(),
                                  SQLite::OPEN_READWRITE);
            file.exec("ALTER TABLE deliveries DROP COLUMN after_commit");
        }
        reopen();
        QVERIFY(database_->record(record("d-new", "ignored")).has_value());
        const auto all = database_->deliveries(100);
        QCOMPARE(all->size(), std::size_t{2});
        QCOMPARE(all->at(0).after, record("", "").after);
        QCOMPARE(all->at(1).id, std::string("d-old"));
        QVERIFY(all->at(1).after.empty());
    }

    void theHistoryIsBounded() {
        QVERIFY(database_
                    ->transact([&]() -> Result<void> {
                        for (int i = 0; i < 5'200; ++i) {
                            if (auto done = database_->record(record("d-" + std::to_string(i), "created")); !done)
                                return done;
                        }
                        return {};
                    })
                    .has_value());
        QVERIFY(database_->prune(kNow).has_value());
        const auto all = database_->deliveries(100'000);
        QCOMPARE(all->size(), std::size_t{5'000});
        QCOMPARE(all->back().id, std::string("d-200"));
    }
};

CEREBRAL_TEST(SpoolDatabaseTest)
#include "spool_database_test.moc"
