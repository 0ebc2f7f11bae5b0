// Several windows on one session, and links that a second start hands to the first.
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QtTest/QtTest>
#include <memory>

#include "app/dashboard/dashboard.h"
#include "tests/e2e/own_cluster.h"
#include "tests/support/child_process.h"
#include "tests/support/test_main.h"
#include "ui/desktop/single_instance.h"
#include "ui/pages/run_page.h"

using namespace cerebral;
using namespace cerebral::test;

class WindowsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnCluster> own_;

    static bool live(ui::MainWindow& window) {
        return window.topBar().pill().label().startsWith(QLatin1String("Live")) && window.runs().size() > 0;
    }
    static const ui::RunRow& anyRun(const ui::MainWindow& window) {
        const ui::RunRow* any = nullptr;
        window.runs().forEach([&](const ui::RunRow& row) { any = &row; });
        return *any;
    }

private slots:
    void init() {
        own_ = std::make_unique<OwnCluster>(12);
        QVERIFY2(own_->problem().isEmpty(), qPrintable(own_->problem()));
    }
    void cleanup() { own_.reset(); }

    void aSecondStartHandsItsLinkOver() {
        const QString runtime = own_->filePath(QStringLiteral("runtime"));
        QVERIFY(QDir().mkpath(runtime));
        QVERIFY(
            QFile::setPermissions(runtime, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
        qputenv("XDG_RUNTIME_DIR", runtime.toUtf8());
        ui::SingleInstance first(ui::SingleInstance::userFolder());
        QCOMPARE(first.claim({QString::fromStdString(*own_->options().kubeconfig), {}, {}}),
                 ui::SingleInstance::Role::First);
        dashboard::Dashboard dashboard(own_->options(), own_->log());
        QVERIFY(dashboard.start().has_value());
        connect(&first, &ui::SingleInstance::requested, &dashboard, &dashboard::Dashboard::takeRequest);
        ui::MainWindow& window = *dashboard.window();
        QTRY_VERIFY_WITH_TIMEOUT(live(window), 20'000);

        const auto startWith = [&](const QStringList& arguments) {
            ChildProcess second(QStringLiteral("cerebral-dashboard"), arguments,
                                {{QStringLiteral("XDG_RUNTIME_DIR"), runtime},
                                 {QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")}});
            std::optional<int> code;
            [&] { QTRY_VERIFY_WITH_TIMEOUT((code = second.waitForExit(50)).has_value(), 30'000); }();
            return code.value_or(-1);
        };
        const QString name = anyRun(window).name();
        const QString ns = QString::fromStdString(anyRun(window).run->meta.ns);
        QCOMPARE(startWith({QStringLiteral("cerebral://run/%1/%2").arg(ns, name)}), 0);
        QTRY_COMPARE(window.runPage()->detail().row.name(), name);
        QVERIFY(window.runPage()->isVisible());

        const QString commit = anyRun(window).commit();
        QCOMPARE(startWith({QStringLiteral("cerebral://commit/") + commit.left(10)}), 0);
        QTRY_VERIFY(window.pushesPage().isVisible());
        QCOMPARE(window.pushesPage().commitBox().field().text(), commit.left(10));

        // What is no link of ours is refused by the second start itself.
        QVERIFY(startWith({QStringLiteral("cerebral://delete/everything")}) != 0);
        // Without a link the first just comes forward.
        window.showMinimized();
        QCOMPARE(startWith({}), 0);
        QTRY_VERIFY(!window.isMinimized());
        QCOMPARE(dashboard.windowCount(), std::size_t(1));
    }

    void windowsShareOneSession() {
        dashboard::Dashboard dashboard(own_->options(), own_->log());
        QVERIFY(dashboard.start().has_value());
        ui::MainWindow& first = *dashboard.window();
        QTRY_VERIFY_WITH_TIMEOUT(live(first), 20'000);
        QTRY_VERIFY(first.pushesPage().view().pushModel().rowCount() > 0);
        const std::size_t watches = own_->cluster().openWatches();
        QVERIFY(QTest::qWaitForWindowActive(&first));
        first.pushesPage().filters().setBranch(QStringLiteral("no such branch"));
        QTest::keyClick(&first, Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(dashboard.windowCount(), std::size_t(2));
        ui::MainWindow* second = nullptr;
        for (QWidget* top : QApplication::topLevelWidgets()) {
            auto* window = qobject_cast<ui::MainWindow*>(top);
            if (window != nullptr && window != &first) second = window;
        }
        QVERIFY(second && second->isVisible());
        // It knows at once what the first one knows, and filters by itself.
        QVERIFY(live(*second));
        QCOMPARE(first.pushesPage().view().pushModel().rowCount(), 0);
        QVERIFY(second->pushesPage().view().pushModel().rowCount() > 0);
        QCOMPARE(second->runsPage().model().shownRuns(), first.runsPage().model().shownRuns());
        QCOMPARE(own_->cluster().openWatches(), watches);
        // Both open a run; closing one window leaves the other at work.
        const QString uid = anyRun(first).uid;
        QVERIFY(first.openRun(uid) && second->openRun(uid));
        first.close();
        QTRY_COMPARE(dashboard.windowCount(), std::size_t(1));
        QCOMPARE(dashboard.window(), second);
        QVERIFY(second->isVisible());
        QCOMPARE(second->runPage()->uid(), uid);
    }

    void placeAndColumnsAreRememberedForEach() {
        const QSize firstSize(1300, 700);
        const QSize secondSize(1000, 640);
        const int width = 333;
        {
            dashboard::Dashboard dashboard(own_->options(), own_->log());
            QVERIFY(dashboard.start().has_value());
            ui::MainWindow& first = *dashboard.window();
            ui::MainWindow& second = dashboard.openWindow();
            first.resize(firstSize);
            second.resize(secondSize);
            second.runsPage().table().setColumnWidth(ui::RunTableModel::Branch, width);
            second.close();
            QTRY_COMPARE(dashboard.windowCount(), std::size_t(1));
            first.close();
        }
        dashboard::Dashboard dashboard(own_->options(), own_->log());
        QVERIFY(dashboard.start().has_value());
        ui::MainWindow& second = dashboard.openWindow();
        QCOMPARE(dashboard.window()->size(), firstSize);
        QCOMPARE(second.size(), secondSize);
        QCOMPARE(second.runsPage().table().columnWidth(ui::RunTableModel::Branch), width);
        QVERIFY(dashboard.window()->runsPage().table().columnWidth(ui::RunTableModel::Branch) != width);
    }
};

CEREBRAL_TEST(WindowsTest)
#include "windows_test.moc"
