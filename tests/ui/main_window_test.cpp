#include <QAbstractItemView>
#include <QCompleter>
#include <QDir>
#include <QMenu>
#include <QSet>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/no_cluster.h"
#include "tests/ui/run_maker.h"
#include "ui/pages/main_window.h"
#include "ui/theme/desk_style.h"
#include "ui/theme/style_fields.h"

using namespace cerebral;
using namespace cerebral::ui;
using namespace std::chrono_literals;
using cerebral::test::RunMaker;
using tekton::RunState;

namespace {

class FakeStatus final : public ClusterStatus {
public:
    std::vector<KindSync> kinds() const override { return states; }
    QString context() const override { return QStringLiteral("dev-cluster"); }
    QStringList namespaces() const override {
        return {QStringLiteral("tekton-pipelines"), QStringLiteral("cerebral-platform")};
    }
    void retryNow() override { ++retries; }

    std::vector<KindSync> states;
    int retries = 0;
};

/// Every widget that paints while it lives.
class Painted : public QObject {
public:
    Painted() { qApp->installEventFilter(this); }
    QSet<const QObject*> widgets;

protected:
    bool eventFilter(QObject* object, QEvent* event) override {
        if (event->type() == QEvent::Paint) widgets.insert(object);
        return false;
    }
};

}  // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

    struct Fixture {
        test::FakeClock clock;
        Theme theme;
        RunSet runs;
        ClusterBridge bridge;
        ClusterObjects objects{bridge};
        PushModel pushes{clock};
        QTemporaryDir folder;
        Settings settings{folder.filePath(QStringLiteral("dashboard.ini"))};
        FakeStatus status;
        test::NoCluster cluster{clock};
        RunActions actions{cluster, {}};
        RunMaker maker{23};

        Fixture() {
            maker.now = clock.now();
            setPhase(kube::SyncPhase::Live);
        }
        WindowParts parts() { return {theme, clock, runs, objects, pushes, bridge, status, settings, actions, {}}; }
        void setPhase(kube::SyncPhase phase, std::chrono::milliseconds age = 400ms) {
            kube::SyncState state;
            state.phase = phase;
            state.hasSynced = phase != kube::SyncPhase::Loading;
            state.since = state.lastProof = clock.steadyNow() - age;
            state.why = phase == kube::SyncPhase::Live ? "" : "connection refused by 10.34.0.10:6443";
            status.states = {{QStringLiteral("pipelineruns"), state}};
        }
        void fill(int count) {
            RunChanges changes;
            changes.added.push_back(maker.make(RunState::Running, "ai-services", 1));
            changes.added.push_back(maker.make(RunState::Failed, "data-services", 14));
            changes.added.push_back(maker.make(RunState::Pending, "integration-services", 0));
            changes.added.push_back(maker.make(RunState::Cancelling, "bmad-services", 2));
            changes.added.push_back(maker.make(RunState::TimedOut, "integration-services", 20));
            changes.added.push_back(maker.make(RunState::Completed, "ai-services", 30));
            for (int i = 0; i < count; ++i) changes.added.push_back(maker.random());
            runs.apply(changes);
        }
    };

    /// With CEREBRAL_UI_PICTURES=DIR set, what the test saw is kept for people to look at.
    static void keep(MainWindow& window, const QString& name) {
        const QString folder = qEnvironmentVariable("CEREBRAL_UI_PICTURES");
        if (!folder.isEmpty()) window.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
    }

private slots:
    void menusAreRoundToTheirCorners() {
        const Theme theme;
        DeskStyle style(theme);
        QMenu menu;
        menu.setStyle(&style);
        menu.addAction(QStringLiteral("Copy"));
        menu.resize(menu.sizeHint());
        const QImage picture = menu.grab().toImage();
        const int right = picture.width() - 2;
        const int bottom = picture.height() - 2;
        for (const QPoint corner : {QPoint(1, 1), QPoint(right, 1), QPoint(1, bottom), QPoint(right, bottom)})
            QVERIFY2(picture.pixelColor(corner).alpha() < 128, qPrintable(picture.pixelColor(corner).name()));
        QCOMPARE(picture.pixelColor(8, 2), theme.colors().bgRaised);
    }

    void showsRunsInBothThemes() {
        Fixture f;
        qApp->setStyle(new DeskStyle(f.theme));
        MainWindow window(f.parts());
        window.bringUp(&window.runsPage());
        f.fill(60);
        for (const bool dark : {false, true}) {
            f.theme.setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
            qApp->setPalette(f.theme.palette());
            for (const QSize size : {QSize(1280, 800), QSize(1440, 900)}) {
                window.resize(size);
                window.show();
                QVERIFY(QTest::qWaitForWindowExposed(&window));
                QTRY_VERIFY(window.runsPage().filled());
                window.refreshConnection();
                keep(window, QStringLiteral("runs-%1-%2")
                                 .arg(dark ? QStringLiteral("dark") : QStringLiteral("light"))
                                 .arg(size.width()));
                const QImage image = window.grab().toImage();
                QCOMPARE(image.pixelColor(size.width() - 3, size.height() - 3), f.theme.colors().bgCanvas);
            }
        }
        QCOMPARE(window.runsPage().model().shownRuns(), 66);
        qApp->setStyle(QStringLiteral("Fusion"));
    }

    void saysWhatIsMissing() {
        Fixture f;
        MainWindow window(f.parts());
        window.bringUp(&window.runsPage());
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        keep(window, QStringLiteral("runs-empty"));
        f.setPhase(kube::SyncPhase::Forbidden);
        window.refreshConnection();
        QCOMPARE(window.topBar().pill().label(), QStringLiteral("No access to pipelineruns"));
        keep(window, QStringLiteral("runs-forbidden"));
        // Of several none stands for the others.
        f.status.states.push_back(f.status.states.front());
        f.status.states.back().plural = QStringLiteral("events");
        window.refreshConnection();
        QCOMPARE(window.topBar().pill().label(), QStringLiteral("No access to 2 kinds"));
        f.status.states.pop_back();
        f.setPhase(kube::SyncPhase::Loading);
        window.refreshConnection();
        QCOMPARE(window.topBar().pill().label(), QStringLiteral("Loading"));
    }

    void offersDoNotDisturbWhoTypes() {
        Fixture f;
        MainWindow window(f.parts());
        window.bringUp(&window.runsPage());
        f.fill(5);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        RunFilterBar& filters = window.runsPage().filters();
        filters.selector().setFocus();
        QTest::keyClicks(&filters.selector(), QStringLiteral("tri"));
        const auto* offers = filters.selector().findChild<QCompleter*>();
        QVERIFY(offers != nullptr && offers->popup()->isVisible());
        // It is typed in all the time, whoever has the focus.
        QVERIFY(filters.selector().property(kOffering).toBool());
        QTest::keyClicks(&filters.selector(), QStringLiteral("gger="));
        QCOMPARE(filters.selector().text(), QStringLiteral("trigger="));
        // As a list or a menu takes the keyboard.
        QFocusEvent aside(QEvent::FocusOut, Qt::PopupFocusReason);
        QApplication::sendEvent(&filters.selector(), &aside);
        QCOMPARE(filters.selector().cursorPosition(), 8);
        filters.clear();
        QVERIFY(!offers->popup()->isVisible());
        QVERIFY(!filters.selector().property(kOffering).toBool());
    }

    void aRefusedSelectorSaysWhy() {
        Fixture f;
        MainWindow window(f.parts());
        window.bringUp(&window.runsPage());
        f.fill(5);
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        RunFilterBar& filters = window.runsPage().filters();
        const auto said = [&] {
            QStringList words;
            for (const QLabel* label : filters.findChildren<QLabel*>())
                if (label->isVisible()) words << label->text();
            return words;
        };
        filters.selector().setText(QStringLiteral("trigger in (push"));
        QCOMPARE(said(), QStringList{QStringLiteral("unable to parse requirement: \"trigger in (push\"")});
        // Beside the field, on whichever line that is.
        for (const int width : {1280, 1920}) {
            window.resize(width, 800);
            QCoreApplication::processEvents();
            const QPoint field = filters.selector().mapTo(&filters, QPoint());
            for (const QLabel* label : filters.findChildren<QLabel*>()) {
                if (!label->isVisible()) continue;
                const QRect place(label->mapTo(&filters, QPoint()), label->size());
                QCOMPARE(place.right() + 1 + 8, field.x());
                QVERIFY(std::abs(place.center().y() - (field.y() + filters.selector().height() / 2)) <= 1);
            }
        }
        filters.selector().setText(QStringLiteral("trigger in (push)"));
        QCOMPARE(said(), QStringList());
    }

    void tellsItsAgeAndHeals() {
        Fixture f;
        MainWindow window(f.parts());
        window.bringUp(&window.runsPage());
        f.fill(20);
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(window.topBar().pill().label(), QStringLiteral("Live · 0.4 s"));
        f.setPhase(kube::SyncPhase::Reconnecting, 42s);
        window.refreshConnection();
        QCOMPARE(window.topBar().pill().label(), QStringLiteral("Reconnecting · data 42 s old"));
        QVERIFY(window.runsPage().model().held());
        keep(window, QStringLiteral("runs-stale"));
        QTest::keyClick(&window, Qt::Key_F5);
        QCOMPARE(f.status.retries, 1);
        f.setPhase(kube::SyncPhase::Live);
        window.refreshConnection();
        QVERIFY(!window.runsPage().model().held());
        QCOMPARE(window.runsPage().model().shownRuns(), 26);
    }

    /// Every second of a day at rest: what has not changed is not painted.
    void aSecondWithoutNewsPaintsTheAgeAlone() {
        Fixture f;
        MainWindow window(f.parts());
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto second = [&] {
            f.clock.advance(1s);
            window.refreshConnection();
            QCoreApplication::processEvents();
        };
        second();
        Painted painted;
        second();
        QVERIFY(painted.widgets.contains(&window.topBar().pill()));
        QVERIFY(!painted.widgets.contains(&window.topBar().search()));
        QVERIFY(!painted.widgets.contains(&window.pushesPage()));
        QVERIFY(!painted.widgets.contains(window.pushesPage().mainWidget()));
    }

    void searchAndEscape() {
        Fixture f;
        MainWindow window(f.parts());
        window.bringUp(&window.runsPage());
        f.fill(50);
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(window.runsPage().mainWidget(), Qt::Key_Slash);
        QVERIFY(window.topBar().search().hasFocus());
        QTest::keyClicks(&window.topBar().search(), QStringLiteral("integration"));
        RunTableModel& model = window.runsPage().model();
        QVERIFY(model.shownRuns() >= 2);
        for (int row = 0; row < model.rowCount(); ++row) {
            if (const RunRow* run = model.rowAt(row)) QVERIFY(run->service == QStringLiteral("integration-services"));
        }
        QTest::keyClicks(&window.topBar().search(), QStringLiteral("zzz"));
        QCOMPARE(model.shownRuns(), 0);
        QTest::keyClick(&window.topBar().search(), Qt::Key_Escape);
        QCOMPARE(model.shownRuns(), 56);
    }

    void aPageBuiltLaterKnowsWhatTheOthersWereTold() {
        Fixture f;
        MainWindow window(f.parts());
        window.resize(1000, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(QTest::qWaitForWindowActive(&window));
        f.setPhase(kube::SyncPhase::Reconnecting, 60s);
        window.refreshConnection();
        f.fill(50);
        window.topBar().search().setText(QStringLiteral("integration"));
        QVERIFY(window.findChild<RunsPage*>() == nullptr);
        window.pushesPage().mainWidget()->setFocus();
        QTest::keyClick(window.pushesPage().mainWidget(), Qt::Key_G);
        QTest::keyClick(window.pushesPage().mainWidget(), Qt::Key_R);
        auto* runs = window.findChild<RunsPage*>();
        QVERIFY(runs != nullptr && runs->isVisible());
        QVERIFY(runs->isAncestorOf(window.focusWidget()));
        QVERIFY(runs->model().held());
        QCOMPARE(runs->filters().filter().words, QStringList{QStringLiteral("integration")});
        QVERIFY(window.buildNext());
        QVERIFY(!window.buildNext());
        QVERIFY(window.findChild<SettingsPage*>() != nullptr);
        QCOMPARE(window.runPage(), nullptr);
    }
};

CEREBRAL_TEST(MainWindowTest)
#include "main_window_test.moc"
