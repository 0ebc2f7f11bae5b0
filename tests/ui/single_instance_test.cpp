#include "ui/desktop/single_instance.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <future>
#include <memory>

#include "tests/support/test_main.h"
#include "ui/models/app_link.h"

using namespace cerebral::ui;

class SingleInstanceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;

    /// Another start, which blocks its thread as a starting program does.
    SingleInstance::Role startAgain(const StartRequest& request) const {
        auto role = std::async(std::launch::async, [&] {
            SingleInstance second(folder_->path());
            return second.claim(request);
        });
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(role.wait_for(std::chrono::seconds(0)) == std::future_status::ready, 20'000);
        }();
        return role.get();
    }

private slots:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void theSecondHandsItsLinkOver() {
        SingleInstance first(folder_->path());
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        QSignalSpy requested(&first, &SingleInstance::requested);
        const QString link = QStringLiteral("cerebral://commit/a1b9f3c");
        QCOMPARE(startAgain({{}, {}, link}), SingleInstance::Role::Handed);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested.first().first().toString(), link);
        QCOMPARE(startAgain({}), SingleInstance::Role::Handed);
        QCOMPARE(requested.count(), 2);
    }

    void anotherClusterIsAnotherProgram() {
        SingleInstance first(folder_->path());
        QCOMPARE(first.claim({QStringLiteral("/k/a"), QStringLiteral("dev"), {}}), SingleInstance::Role::First);
        QSignalSpy requested(&first, &SingleInstance::requested);
        QCOMPARE(startAgain({QStringLiteral("/k/b"), {}, {}}), SingleInstance::Role::Own);
        QCOMPARE(startAgain({{}, QStringLiteral("prod"), {}}), SingleInstance::Role::Own);
        QCOMPARE(requested.count(), 0);
        QCOMPARE(startAgain({QStringLiteral("/k/a"), QStringLiteral("dev"), {}}), SingleInstance::Role::Handed);
    }

    void whatACrashLeftIsNoFirst() {
        // A socket nobody listens on and a lock whose holder is gone.
        {
            QFile socket(folder_->filePath(QStringLiteral("socket")));
            QVERIFY(socket.open(QIODevice::WriteOnly));
            QFile lock(folder_->filePath(QStringLiteral("lock")));
            QVERIFY(lock.open(QIODevice::WriteOnly));
            lock.write("2147483646\nnobody\n" + QSysInfo::machineHostName().toUtf8() + "\n\n\n");
        }
        SingleInstance first(folder_->path());
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        QCOMPARE(startAgain({}), SingleInstance::Role::Handed);
    }

    void onlyTheUserMayAsk() {
        SingleInstance first(folder_->path());
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        const auto rights = QFileInfo(folder_->filePath(QStringLiteral("socket"))).permissions();
        QVERIFY(!(rights & (QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                            QFileDevice::WriteOther)));
    }

    void rubbishIsCutOff() {
        SingleInstance first(folder_->path());
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        QSignalSpy requested(&first, &SingleInstance::requested);
        QLocalSocket endless;
        endless.connectToServer(folder_->filePath(QStringLiteral("socket")));
        QVERIFY(endless.waitForConnected());
        endless.write(QByteArray(64 * 1024, 'x'));
        QTRY_COMPARE(endless.state(), QLocalSocket::UnconnectedState);
        QLocalSocket wrong;
        wrong.connectToServer(folder_->filePath(QStringLiteral("socket")));
        QVERIFY(wrong.waitForConnected());
        wrong.write("not JSON\n");
        QTRY_COMPARE(wrong.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(wrong.readAll(), QByteArray("other\n"));
        QCOMPARE(requested.count(), 0);
        QCOMPARE(startAgain({}), SingleInstance::Role::Handed);
    }

    void linksAreReadStrictly_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("meaning");
        const auto row = [](const char* text, const char* meaning) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(meaning);
        };
        row("cerebral://run/tekton-pipelines/ai-services-1b-2", "cerebral://run/tekton-pipelines/ai-services-1b-2");
        row("cerebral://run/ns/a.b-c/", "cerebral://run/ns/a.b-c");
        row("cerebral://commit/A1B9F3C", "cerebral://commit/a1b9f3c");
        row("cerebral://commit/a1b", "");
        row("cerebral://commit/xyz1", "");
        row("cerebral://commit/a1b9f3c?x=1", "");
        row("cerebral://commit/a1b9f3c\n", "");
        row("cerebral://run/ns", "");
        row("cerebral://run/ns/../secret", "");
        row("cerebral://run/NS/name", "");
        row("cerebral://rebuild/ai-services", "");
        row("https://run/ns/name", "");
        row("", "");
    }
    void linksAreReadStrictly() {
        QFETCH(QString, text);
        QFETCH(QString, meaning);
        const auto link = parseAppLink(text);
        QCOMPARE(link ? link->text() : QString(), meaning);
    }
};

CEREBRAL_TEST(SingleInstanceTest)
#include "single_instance_test.moc"
