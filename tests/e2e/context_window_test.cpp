// One window, two clusters: switching the context replaces what is shown, asks the new cluster for rights, and leaves
// nothing of the old one behind. Then other namespaces.
#include <QClipboard>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>

#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"
#include "ui/pages/namespaces_dialog.h"

using namespace cerebral;
using namespace cerebral::test;

class ContextWindowTest : public QObject {
    Q_OBJECT

    static QJsonObject readJson(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    /// Adds the administrator and the viewer of `other` to the kubeconfig of `desk`.
    static void addContexts(const PlatformUnderTest& desk, const PlatformUnderTest& other);

private slots:
    void anotherContextReplacesEverything();
    void otherNamespacesInTheSameCluster();
};

void ContextWindowTest::addContexts(const PlatformUnderTest& desk, const PlatformUnderTest& other) {
    QJsonObject mine = readJson(desk.kubeconfig());
    const QJsonObject theirs = readJson(other.kubeconfig());
    const auto append = [&](const char* list, const QString& name, const QString& as) {
        QJsonArray all = mine[list].toArray();
        for (const QJsonValue entry : theirs[list].toArray()) {
            if (entry["name"] != name) continue;
            QJsonObject copy = entry.toObject();
            copy["name"] = as;
            if (copy.contains("context")) {
                copy["context"] = QJsonObject{{"cluster", "second"}, {"user", as}, {"namespace", "tekton-pipelines"}};
            }
            all << copy;
        }
        mine[list] = all;
    };
    append("clusters", "demo", "second");
    append("users", "demo", "second");
    append("users", "demo-viewer", "second-viewer");
    append("contexts", "demo", "second");
    append("contexts", "demo-viewer", "second-viewer");
    QFile file(desk.kubeconfig());
    if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write the kubeconfig");
    file.write(QJsonDocument(mine).toJson());
}

void ContextWindowTest::anotherContextReplacesEverything() {
    PlatformOptions options;
    options.clusterArguments = QStringList{"--speed", "60", "--seed", "2", "--runs", "25"};
    const PlatformUnderTest other(options);
    QVERIFY2(other.problem().isEmpty(), qPrintable(other.problem()));
    Desk desk({"--speed", "60", "--runs", "40"},
              [&other](const PlatformUnderTest& platform) { addContexts(platform, other); });
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    const QStringList pushed = desk.push("one-service.json");
    QCOMPARE(pushed.size(), 1);
    QVERIFY(desk.pushOf(pushed.front()) != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), desk.runsOnServer(), kPatienceMs);
    ui::RunTableModel& table = desk.window().runsPage().model();
    const QSignalSpy tableResets(&table, &QAbstractItemModel::modelReset);
    const QSignalSpy pushResets(&desk.pushes(), &QAbstractItemModel::modelReset);
    QVERIFY(desk.window().openRun(desk.window().runs().findByName(pushed.front())->uid));

    // By the palette.
    desk.key(Qt::Key_K, Qt::ControlModifier);
    desk.type("context second");
    desk.key(Qt::Key_Return);
    QCOMPARE(desk.window().topBar().contextButton().text(), QStringLiteral("second"));
    QVERIFY(!desk.runsInWindow().contains(pushed.front()));  // at once
    QVERIFY(desk.pushes().rowCount() == 0 || desk.pushes().pushAt(desk.pushes().index(0, 0)) != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(desk.connection().startsWith("Live"), kPatienceMs);
    const auto runsOf = [](const PlatformUnderTest& platform) {
        QStringList names;
        const QJsonObject list = platform.read("/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns");
        for (const QJsonValue run : list["items"].toArray()) names << run["metadata"]["name"].toString();
        names.sort();
        return names;
    };
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), runsOf(other), kPatienceMs);
    QCOMPARE(desk.runsInWindow().size(), 25);
    QCOMPARE(table.shownRuns(), 25);
    QCOMPARE(tableResets.count(), 1);
    QCOMPARE(pushResets.count(), 1);
    // What is copied names the cluster that is shown.
    desk.window().bringUp(&desk.window().runsPage());
    desk.key(Qt::Key_Down);
    desk.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY2(QApplication::clipboard()->text().startsWith("kubectl --context second -n tekton-pipelines get"),
             qPrintable(QApplication::clipboard()->text()));

    // What happens on the first cluster now is none of this window's business.
    const QStringList unseen = desk.push("feature-branch.json");
    QCOMPARE(unseen.size(), 1);
    QVERIFY(desk.runsOnServer().contains(unseen.front()));
    QCOMPARE(desk.runsInWindow(), runsOf(other));

    // As somebody who may only look: what may not be done is greyed and names the right. By the menu of contexts.
    desk.key(Qt::Key_G);
    desk.key(Qt::Key_C);
    auto* menu = desk.window().findChild<QMenu*>("contexts");
    QVERIFY(menu != nullptr && menu->isVisible());
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(desk.window().topBar().contextButton().text(), QStringLiteral("second-viewer"));
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), runsOf(other), kPatienceMs);
    const auto refusalOf = [&](const QString& id) {
        desk.window().runsPage().table().makeCurrent(desk.window().runs().findByName(runsOf(other).front()));
        for (const ui::DeskAction& action : desk.window().actions().actionsFor(desk.window().currentTarget())) {
            if (action.id == id) return action.refusal;
        }
        return QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(refusalOf("delete").startsWith("needs delete pipelineruns.tekton.dev"), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(refusalOf("rebuild").startsWith("needs create serviceaccounts/token"), kPatienceMs);

    // And back.
    desk.window().switchContext("demo");
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), desk.runsOnServer(), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(refusalOf("delete").isEmpty(), kPatienceMs);
    QCOMPARE(tableResets.count(), 3);
}

void ContextWindowTest::otherNamespacesInTheSameCluster() {
    Desk desk({"--speed", "60", "--runs", "10"});
    QVERIFY2(desk.problem().isEmpty(), qPrintable(desk.problem()));
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow().size(), 10, kPatienceMs);
    desk.key(Qt::Key_G);
    desk.key(Qt::Key_N);
    auto* dialog = openDialog<ui::NamespacesDialog>();
    QVERIFY(dialog != nullptr);
    dialog->pipelines().setEditText("Not A Name");
    QVERIFY(dialog->switchButton().refused());
    dialog->pipelines().setEditText("default");
    QVERIFY(!dialog->switchButton().refused());
    QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(openDialog<ui::NamespacesDialog>() == nullptr);
    QCOMPARE(desk.window().topBar().namespacesButton().text(), QStringLiteral("default, cerebral-platform"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.connection().startsWith("Live"), kPatienceMs);
    QCOMPARE(desk.runsInWindow().size(), 0);
    QVERIFY(desk.platform().read("/apis/tekton.dev/v1/namespaces/default/pipelineruns")["items"].toArray().isEmpty());

    desk.key(Qt::Key_K, Qt::ControlModifier);
    desk.type("namespaces");
    desk.key(Qt::Key_Return);
    dialog = openDialog<ui::NamespacesDialog>();
    QVERIFY(dialog != nullptr);
    dialog->pipelines().setEditText("tekton-pipelines");
    QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(desk.runsInWindow(), desk.runsOnServer(), kPatienceMs);
}

CEREBRAL_TEST(ContextWindowTest)
#include "context_window_test.moc"
