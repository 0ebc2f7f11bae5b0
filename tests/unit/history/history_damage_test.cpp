#include <QDir>
#include <QFile>
#include <QTest>

#include "tests/support/test_main.h"
#include "tests/unit/history/history_fixture.h"

using namespace cerebral;
using namespace cerebral::history;
using namespace cerebral::test;

namespace {

void fill(HistoryFolder& folder) {
    auto history = folder.open();
    for (int i = 0; i < 300; ++i) (*history)->record(makeRun(i));
    QVERIFY((*history)->flush().has_value());
}

QStringList damagedFiles(const HistoryFolder& folder) {
    QStringList names = QDir(folder.folder()).entryList({"history.sqlite.damaged-*"}, QDir::Files, QDir::Name);
    names.removeIf([](const QString& name) { return name.endsWith("-wal") || name.endsWith("-shm"); });
    return names;
}

}  // namespace

class HistoryDamageTest : public QObject {
    Q_OBJECT
private slots:
    void aDamagedFileIsSetAside_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray("this is no database, only text that somebody put here\n").repeated(90);
        QTest::newRow("noise") << QByteArray(100'000, '\x5a');
        QTest::newRow("header and nothing") << QByteArray("SQLite format 3\0", 16) + QByteArray(4'096, '\xff');
    }
    void aDamagedFileIsSetAside() {
        QFETCH(QByteArray, bytes);
        HistoryFolder folder;
        QFile file(QString::fromStdString(folder.file().string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();

        auto history = folder.open();
        QVERIFY2(history.has_value(), history ? "" : history.error().message.c_str());
        QVERIFY((*history)->notice().has_value());
        const QStringList damaged = damagedFiles(folder);
        QCOMPARE(damaged.size(), 1);
        QVERIFY((*history)->notice()->find(damaged[0].toStdString()) != std::string::npos);
        QFile kept(QDir(folder.folder()).filePath(damaged[0]));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), bytes);
        (*history)->record(makeRun(1));
        QVERIFY((*history)->flush().has_value());
        QCOMPARE((*(*history)->reader())->countRuns({}).value(), std::int64_t{1});
    }

    void aCutFileIsSetAside() {
        HistoryFolder folder;
        fill(folder);
        QFile file(QString::fromStdString(folder.file().string()));
        QVERIFY(file.resize(file.size() / 2));
        // Whether the cut is noticed at once or by the first question depends on where it lies.
        auto history = folder.open();
        QVERIFY(history.has_value());
        if (!(*history)->notice()) {
            QVERIFY(!(*(*history)->reader())->countRuns({.text = "x"}).has_value());
            history->reset();
            history = folder.open();
        }
        QVERIFY((*history)->notice().has_value());
        QCOMPARE(damagedFiles(folder).size(), 1);
        QCOMPARE((*(*history)->reader())->countRuns({}).value(), std::int64_t{0});
    }

    void damageInTheMiddleIsNoticedByReadingAndSetAsideNextTime() {
        HistoryFolder folder;
        fill(folder);
        QFile file(QString::fromStdString(folder.file().string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 size = file.size();
        // The pages at the front hold the table of contents, whose loss is noticed at once.
        for (qint64 page = size / 4'096 / 2; page * 4'096 < size; ++page) {
            file.seek(page * 4'096);
            file.write(QByteArray(64, '\xee'));
        }
        file.close();
        {
            auto history = folder.open();
            QVERIFY(history.has_value());
            QVERIFY(!(*history)->notice());
            const auto counted = (*(*history)->reader())->countRuns({.text = "x"});
            QVERIFY(!counted.has_value());
            QCOMPARE(static_cast<int>(counted.error().kind), static_cast<int>(ErrorKind::Malformed));
        }
        auto history = folder.open();
        QVERIFY(history.has_value());
        QVERIFY((*history)->notice().has_value());
        QCOMPARE(damagedFiles(folder).size(), 1);
        history->reset();
        QVERIFY(!(*folder.open())->notice());
    }

    void aFalseSuspicionCostsNothing() {
        HistoryFolder folder;
        fill(folder);
        QFile suspect(QString::fromStdString(folder.file().string() + ".suspect"));
        QVERIFY(suspect.open(QIODevice::WriteOnly));
        auto history = folder.open();
        QVERIFY(history.has_value());
        QVERIFY(!(*history)->notice());
        QCOMPARE((*(*history)->reader())->countRuns({}).value(), std::int64_t{300});
        QVERIFY(!suspect.exists());
    }

    void onlyTheNewestTwoDamagedFilesAreKept() {
        HistoryFolder folder;
        for (int i = 0; i < 4; ++i) {
            QFile file(QString::fromStdString(folder.file().string()));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(QByteArray(8'192, static_cast<char>('a' + i)));
            file.close();
            folder.clock.advance(1min);
            QVERIFY((*folder.open())->notice().has_value());
        }
        const QStringList damaged = damagedFiles(folder);
        QCOMPARE(damaged.size(), 2);
        QFile newest(QDir(folder.folder()).filePath(damaged[1]));
        QVERIFY(newest.open(QIODevice::ReadOnly));
        QCOMPARE(newest.read(1), QByteArray("d"));
    }
};

CEREBRAL_TEST(HistoryDamageTest)
#include "history_damage_test.moc"
