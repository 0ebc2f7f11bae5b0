#include "receiver/submit/dead_letters.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <filesystem>

#include "tests/support/test_main.h"

using namespace cerebral;
using receiver::DeadLetters;
using receiver::SpooledRun;

namespace {

const WallTime kNow{std::chrono::seconds(1'795'423'260)};

SpooledRun run(const std::string& name, const std::string& manifest = R"({"kind":"PipelineRun"})") {
    SpooledRun run;
    run.name = name;
    run.delivery = "d-1";
    run.manifest = manifest;
    return run;
}

Error refusal() {
    Error error;
    error.kind = ErrorKind::Invalid;
    error.httpStatus = 400;
    error.message = "admission webhook denied the request";
    return error;
}

}  // namespace

class DeadLettersTest : public QObject {
    Q_OBJECT
private slots:
    void aFolderThatCannotBeMadeIsSaid() {
        QTemporaryDir folder;
        QFile file(folder.filePath("taken"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto letters = DeadLetters::open(file.fileName().toStdString());
        QVERIFY(!letters);
        QCOMPARE(letters.error().kind, ErrorKind::Io);
        QVERIFY(letters.error().message.find("dead-letters") != std::string::npos);
    }

    void aLetterThatCannotBeWrittenIsSaid() {
        QTemporaryDir folder;
        auto letters = DeadLetters::open(folder.path().toStdString());
        QVERIFY(letters.has_value());
        QVERIFY(QDir(QString::fromStdString(letters->directory())).removeRecursively());
        const auto written = letters->write(run("a"), refusal(), kNow);
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Io);
        QCOMPARE(letters->count(), std::size_t{0});
    }

    void whatWasRefusedIsKeptWithItsReason() {
        QTemporaryDir folder;
        auto letters = DeadLetters::open(folder.path().toStdString());
        QVERIFY(letters->write(run("a"), refusal(), kNow).has_value());
        QFile file(folder.filePath("dead-letters/a.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonDocument letter = QJsonDocument::fromJson(file.readAll());
        QCOMPARE(letter["name"].toString(), QString("a"));
        QCOMPARE(letter["delivery"].toString(), QString("d-1"));
        QCOMPARE(letter["refusedAt"].toString(), QString("2026-11-23T08:41:00.000Z"));
        QCOMPARE(letter["error"].toString(), QString("admission webhook denied the request"));
        QCOMPARE(letter["httpStatus"].toInt(), 400);
        QCOMPARE(letter["manifest"]["kind"].toString(), QString("PipelineRun"));
        // Nothing half-written lies about.
        QCOMPARE(QDir(folder.filePath("dead-letters")).entryList(QDir::Files).size(), 1);
    }

    void aSecondRefusalReplacesTheFirstAndSuccessRemovesIt() {
        QTemporaryDir folder;
        auto letters = DeadLetters::open(folder.path().toStdString());
        QVERIFY(letters->write(run("a"), refusal(), kNow).has_value());
        QVERIFY(letters->write(run("a"), refusal(), kNow).has_value());
        QVERIFY(letters->write(run("b", "no JSON \xff"), refusal(), kNow).has_value());
        QCOMPARE(letters->count(), std::size_t{2});
        letters->remove("a");
        letters->remove("never was");
        QCOMPARE(letters->count(), std::size_t{1});
    }

    void onlyTheNewestThousandAreKept() {
        QTemporaryDir folder;
        auto letters = DeadLetters::open(folder.path().toStdString());
        namespace fs = std::filesystem;
        const auto past = fs::file_time_type::clock::now() - std::chrono::hours(1);
        for (int i = 0; i < 1000; ++i) {
            const std::string path = letters->directory() + "/old-" + std::to_string(i) + ".json";
            QFile file(QString::fromStdString(path));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.close();
            fs::last_write_time(path, past + std::chrono::seconds(i));
        }
        QVERIFY(letters->write(run("new"), refusal(), kNow).has_value());
        QCOMPARE(letters->count(), std::size_t{1000});
        QVERIFY(!fs::exists(letters->directory() + "/old-0.json"));
        QVERIFY(fs::exists(letters->directory() + "/old-1.json"));
        QVERIFY(fs::exists(letters->directory() + "/new.json"));
    }
};

CEREBRAL_TEST(DeadLettersTest)
#include "dead_letters_test.moc"
