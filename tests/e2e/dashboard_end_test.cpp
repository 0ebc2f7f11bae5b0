// The dashboard's own demo ends without a trace, however it is told to.
#include <QDir>
#include <QTest>
#include <csignal>

#include "tests/support/child_process.h"
#include "tests/support/process_tree.h"
#include "tests/support/raw_client.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using test::ChildProcess;

class DashboardEndTest : public QObject {
    Q_OBJECT

    /// A demo with its receiver listening: what must be gone later.
    struct Demo {
        QTemporaryDir folder;
        QTemporaryDir runtime;  ///< Qt makes one of its own when there is none
        std::unique_ptr<ChildProcess> dashboard;
        qint64 receiver = 0;
        QList<quint16> ports;

        Demo() {
            dashboard = std::make_unique<ChildProcess>("cerebral-dashboard", QStringList{"--demo"},
                                                       ChildProcess::Environment{{"TMPDIR", folder.path()},
                                                                                 {"XDG_RUNTIME_DIR", runtime.path()},
                                                                                 {"QT_QPA_PLATFORM", "offscreen"}});
        }
        /// API server and registry here, webhook and admin port in the receiver.
        bool up() {
            const auto complete = [this] {
                const QList<qint64> children = test::childrenOf(dashboard->pid());
                if (children.isEmpty()) return false;
                receiver = children.first();
                const QList<quint16> theirs = test::listeningPorts(receiver);
                ports = test::listeningPorts(dashboard->pid()) + theirs;
                return theirs.size() >= 2 && ports.size() >= 4;
            };
            return QTest::qWaitFor(complete, 20'000);
        }
        [[nodiscard]] QStringList files() const {
            return QDir(folder.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::Hidden);
        }
        [[nodiscard]] bool portOpen() const {
            return std::any_of(ports.begin(), ports.end(),
                               [](quint16 port) { return test::RawClient(port).connected(); });
        }
    };

private slots:
    void aSignalLeavesNothingBehind_data() {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("the terminal was closed") << SIGHUP;
    }
    void aSignalLeavesNothingBehind() {
        QFETCH(int, number);
        Demo demo;
        QVERIFY2(demo.up(), demo.dashboard->standardError().constData());
        QVERIFY(!demo.files().isEmpty());
        demo.dashboard->signal(number);
        QCOMPARE(demo.dashboard->waitForExit().value_or(-1), 0);
        QVERIFY(::kill(static_cast<pid_t>(demo.receiver), 0) != 0);
        QVERIFY(!demo.portOpen());
        QVERIFY2(demo.files().isEmpty(), qPrintable(demo.files().join(' ')));
    }
    /// SIGKILL leaves no time to end anything: the kernel ends the receiver for us.
    void aKilledDashboardTakesItsReceiverAlong() {
        Demo demo;
        QVERIFY2(demo.up(), demo.dashboard->standardError().constData());
        demo.dashboard->kill();
        demo.dashboard->waitForExit();
        QTRY_VERIFY_WITH_TIMEOUT(!demo.portOpen(), 10'000);
    }
};

CEREBRAL_TEST(DashboardEndTest)
#include "dashboard_end_test.moc"
