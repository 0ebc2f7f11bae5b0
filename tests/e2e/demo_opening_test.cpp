// The first minute of an untouched demo, in the real window; then the window is closed.
#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QTimer>
#include <chrono>
#include <set>

#include "app/dashboard/dashboard.h"
#include "tests/support/child_process.h"
#include "tests/support/process_tree.h"
#include "tests/support/test_main.h"
#include "ui/pages/run_page.h"

using namespace cerebral;
using journey::PushState;
using test::childrenOf;
using test::listeningPorts;

class DemoOpeningTest : public QObject {
    Q_OBJECT

    /// A push of this demo, not of the past it begins with, that `wanted` holds for.
    template <class Wanted>
    static journey::PushPtr find(ui::MainWindow& window, WallTime since, Wanted wanted) {
        journey::PushPtr found;
        window.pushesPage().view().pushModel().forEach([&](const journey::Push& push) {
            if (push.begunAt >= since && wanted(push)) found = std::make_shared<const journey::Push>(push);
        });
        return found;
    }
    template <class Wanted>
    static bool has(ui::MainWindow& window, WallTime since, Wanted wanted) {
        return find(window, since, wanted) != nullptr;
    }

private slots:
    void theFirstMinuteShowsEverything();
};

void DemoOpeningTest::theFirstMinuteShowsEverything() {
    const auto log = makeNullLogger();
    dashboard::Options options;
    options.demo = true;
    options.receiverProgram = test::programPath("github-webhook-receiver").toStdString();
    auto desk = std::make_unique<dashboard::Dashboard>(options, *log);
    const auto started = desk->start();
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    ui::MainWindow& window = *desk->window();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const WallTime opened = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const QList<qint64> receiver = childrenOf(QCoreApplication::applicationPid());
    QCOMPARE(receiver.size(), 1);

    // Nobody touches it: the states follow from what the scripted team pushes.
    std::set<PushState> seen;
    bool fanOut = false;
    const auto complete = [&] {
        for (const PushState state : {PushState::Live, PushState::Failed, PushState::Stuck}) {
            if (has(window, opened, [state](const journey::Push& push) { return push.state() == state; }))
                seen.insert(state);
        }
        fanOut = fanOut || has(window, opened, [](const journey::Push& push) { return push.isFanOut(); });
        return seen.size() == 3 && fanOut;
    };
    QElapsedTimer took;
    took.start();
    const bool all = QTest::qWaitFor(complete, 180'000);
    qInfo("everything was seen %lld s after the window opened", took.elapsed() / 1000);
    QVERIFY2(all, qPrintable(QStringLiteral("seen: live %1, failed %2, stuck %3, fan-out %4")
                                 .arg(seen.count(PushState::Live))
                                 .arg(seen.count(PushState::Failed))
                                 .arg(seen.count(PushState::Stuck))
                                 .arg(fanOut)));

    const journey::PushPtr failed =
        find(window, opened, [](const journey::Push& push) { return push.state() == PushState::Failed; });
    const auto broken = std::find_if(failed->services.begin(), failed->services.end(),
                                     [](const auto& service) { return service.failure.has_value(); });
    QVERIFY(broken != failed->services.end());
    QVERIFY(window.openRun(QString::fromStdString(broken->runUid)));
    ui::RunPage& page = *window.runPage();
    QTRY_VERIFY_WITH_TIMEOUT(page.failure().card().has_value(), 20'000);
    QVERIFY(page.failure().isVisible());
    QCOMPARE(page.failure().card()->step, broken->failure->step);
    QVERIFY(page.failure().card()->excerpt.has_value());

    // Closing the window ends the program; the demo goes with it.
    const QList<quint16> ports = listeningPorts(QCoreApplication::applicationPid());
    QVERIFY(ports.size() >= 2);
    QVERIFY(listeningPorts(receiver.first()).size() >= 2);
    QTimer::singleShot(0, &window, &QWidget::close);
    QCOMPARE(QApplication::exec(), 0);
    desk.reset();
    QCOMPARE(childrenOf(QCoreApplication::applicationPid()), QList<qint64>());
    QCOMPARE(listeningPorts(QCoreApplication::applicationPid()), QList<quint16>());
    QCOMPARE(listeningPorts(receiver.first()), QList<quint16>());
}

CEREBRAL_TEST(DemoOpeningTest)
#include "demo_opening_test.moc"
