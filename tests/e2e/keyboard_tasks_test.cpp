// What people open the window for, done without the mouse: each in at most three actions, an action being one key, a
// key sequence such as G R, or a word typed.
#include <QClipboard>
#include <QDesktopServices>
#include <QFile>
#include <QKeySequence>

#include "tests/e2e/desk.h"
#include "tests/support/test_main.h"
#include "ui/models/format.h"
#include "ui/pages/namespaces_dialog.h"
#include "ui/pages/rebuild_dialog.h"
#include "ui/pages/run_page.h"
#include "ui/pages/run_peek.h"

using namespace cerebral;
using namespace cerebral::test;

class KeyboardTasksTest : public QObject {
    Q_OBJECT

    struct Action {
        QKeySequence keys;
        QString text;
        QString written;  ///< as the table of README.md has it
    };
    static Action keys(const char* sequence) {
        const QKeySequence all(QString::fromUtf8(sequence));
        QStringList written;
        for (int i = 0; i < all.count(); ++i) {
            const QString one = QKeySequence(all[static_cast<uint>(i)]).toString();
            written << QStringLiteral("`%1`").arg(
                QString(one).replace(QLatin1String("Return"), QLatin1String("Enter")));
        }
        return {all, {}, written.join(QLatin1Char(' '))};
    }
    static Action text(const QString& words) { return {{}, words, QStringLiteral("“%1”").arg(words)}; }
    /// What is typed is not the same for everybody.
    static Action text(const QString& words, const char* what) { return {{}, words, QString::fromUtf8(what)}; }

    struct Task {
        const char* what;
        /// Brings the window to where the user is when the wish comes up.
        std::function<void()> from;
        std::vector<Action> actions;
        std::function<bool()> done;
    };

    void perform(const Action& action);
    void home();
    void openFailed();
    void clean();
    [[nodiscard]] std::vector<Task> tasks();
    [[nodiscard]] ui::RunPage& page() { return *desk_->window().runPage(); }
    [[nodiscard]] static QString clipboard() { return QApplication::clipboard()->text(); }

    std::unique_ptr<Desk> desk_;
    QString good_;    ///< run that is live
    QString failed_;  ///< run of the newest push
    QString commit_;  ///< of the good one
    QUrl opened_;

public slots:
    void takeUrl(const QUrl& url) { opened_ = url; }

private slots:
    void initTestCase();
    void twentyTasksNeedThreeActionsEach();
    void theReadmeSaysHow();
    void cleanupTestCase();
};

void KeyboardTasksTest::initTestCase() {
    QDesktopServices::setUrlHandler("https", this, "takeUrl");
    desk_ = std::make_unique<Desk>(QStringList{"--speed", "100"});
    QVERIFY2(desk_->problem().isEmpty(), qPrintable(desk_->problem()));
    QTRY_VERIFY_WITH_TIMEOUT(desk_->connection().startsWith("Live"), kPatienceMs);
    const QStringList fan = desk_->pushScenario("success", "fan-out.json");
    QVERIFY(fan.size() > 1);
    const QStringList good = desk_->pushScenario("success", "feature-branch.json");
    QCOMPARE(good.size(), 1);
    const journey::PushPtr push = desk_->pushOf(good.front());
    QVERIFY(push != nullptr);
    commit_ = ui::fromUtf8(push->commit);
    good_ = good.front();
    const QStringList failed = desk_->pushScenario("compile-failure");
    QCOMPARE(failed.size(), 1);
    failed_ = failed.front();
    const auto state = [this](const QString& name) {
        const ui::RunRow* row = desk_->window().runs().findByName(name);
        return row != nullptr ? row->state : tekton::RunState::Pending;
    };
    // Completed: a feature branch is built, not deployed.
    QTRY_COMPARE_WITH_TIMEOUT(state(good_), tekton::RunState::Completed, kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(state(failed_), tekton::RunState::Failed, kPatienceMs);
}

void KeyboardTasksTest::cleanupTestCase() {
    QDesktopServices::unsetUrlHandler("https");
    desk_.reset();
}

void KeyboardTasksTest::perform(const Action& action) {
    if (!action.text.isEmpty()) return desk_->type(action.text);
    for (int i = 0; i < action.keys.count(); ++i) {
        const QKeyCombination combination = action.keys[static_cast<uint>(i)];
        desk_->key(combination.key(), combination.keyboardModifiers());
    }
}

void KeyboardTasksTest::clean() {
    while (QWidget* dialog = QApplication::activeModalWidget()) dialog->close();
    while (QWidget* popup = QApplication::activePopupWidget()) popup->close();
    desk_->window().topBar().search().clear();
    desk_->window().pushesPage().commitBox().field().clear();
    desk_->window().pushesPage().filters().clear();
    desk_->window().runsPage().filters().clear();
    desk_->window().runsPage().table().clearTicks();
    desk_->window().runsPage().setPeeking(false);
}

void KeyboardTasksTest::home() {
    clean();
    desk_->window().bringUp(&desk_->window().pushesPage());
    desk_->window().pushesPage().view().makeCurrent(desk_->pushOf(failed_)->key);
    desk_->window().pushesPage().mainWidget()->setFocus();
}

void KeyboardTasksTest::openFailed() {
    home();
    desk_->window().showRun(desk_->window().runs().findByName(failed_)->uid);
}

std::vector<KeyboardTasksTest::Task> KeyboardTasksTest::tasks() {
    ui::MainWindow& window = desk_->window();
    ui::PushesPage& pushes = window.pushesPage();
    ui::RunsPage& runs = window.runsPage();
    const auto fromHome = [this] { home(); };
    const auto fromRun = [this] { openFailed(); };
    const auto fromRuns = [this, &window, &runs] {
        home();
        window.bringUp(&runs);
        runs.table().makeCurrent(window.runs().findByName(failed_));
    };
    const Action enter = keys("Return");
    const Action main = keys("Ctrl+Return");
    const Action palette = keys("Ctrl+K");
    return {
        {"is my commit live?",
         fromHome,
         {keys("Ctrl+L"), text(commit_.left(10), "the commit")},
         [&] { return pushes.commitBox().answer().lines.size() == 1; }},
        {"open the run of a push", fromHome, {enter}, [this] { return page().isVisible(); }},
        {"see why it failed",
         fromHome,
         {enter},
         [this] { return page().failure().isVisible() && page().failure().card().has_value(); }},
        {"copy why it failed",
         [this] {
             openFailed();
             (void)QTest::qWaitFor([this] { return page().failure().card() && page().failure().card()->excerpt; },
                                   kPatienceMs);
         },
         {palette, text("why it failed"), enter},
         [] { return clipboard().contains("SyntaxError"); }},
        {"show only what failed or is stuck",
         fromHome,
         {palette, text("failed or stuck"), enter},
         [this] { return desk_->pushes().rowCount() == 1; }},
        {"find a push by a word",
         fromHome,
         {keys("/"), text(commit_.left(8), "a word")},
         [this] { return desk_->pushes().rowCount() == 1; }},
        {"see the services of a push one by one",
         [this] {
             home();
             desk_->window().pushesPage().view().setCurrentIndex(desk_->pushes().index(2, 0));
             desk_->window().pushesPage().view().collapseAll();
         },
         {keys("Right")},
         [this, &pushes] { return pushes.view().isExpanded(desk_->pushes().index(2, 0)); }},
        {"go to the runs", fromHome, {keys("G, R")}, [&] { return runs.isVisible(); }},
        {"open a run by its name",
         fromHome,
         {palette, text(good_, "its name"), enter},
         [this] { return page().isVisible() && page().detail().row.name() == good_; }},
        {"see a run in brief, beside the list",
         fromRuns,
         {keys("Space")},
         [this, &runs] { return runs.peeking() && runs.peek()->content().facts.front().value == failed_; }},
        {"find runs by a word",
         fromRuns,
         {keys("/"), text(good_, "a word")},
         [&] { return runs.model().shownRuns() == 1; }},
        {"build it again",
         fromHome,
         {keys("R"), main},
         [] {
             auto* dialog = openDialog<ui::RebuildDialog>();
             return dialog != nullptr && dialog->receipt().runs.size() == 1;
         }},
        {"follow the log", fromRun, {keys("F")}, [this] { return page().logArea().panel().view().follow(); }},
        {"find a word in the log",
         fromRun,
         {keys("/"), text("SyntaxError", "a word")},
         [this] { return !page().logArea().panel().view().found().hits().empty(); }},
        {"see the timeline", fromRun, {keys("1")}, [this] { return page().timelineView().isVisible(); }},
        {"see the params", fromRun, {keys("4")}, [this] { return page().tab() == ui::RunPage::ParamsTab; }},
        {"see the YAML",
         fromRun,
         {keys("6")},
         [this] { return page().yaml().visibleText().contains("kind: PipelineRun"); }},
        {"go back to the pushes", fromRun, {keys("Esc")}, [&] { return pushes.isVisible(); }},
        {"copy the commit",
         fromHome,
         {keys("Ctrl+C")},
         [this] { return clipboard() == ui::fromUtf8(desk_->pushOf(failed_)->commit); }},
        {"copy as kubectl",
         fromRuns,
         {keys("Ctrl+Shift+C")},
         [this] { return clipboard().startsWith("kubectl --context demo ") && clipboard().contains(failed_); }},
        {"open the commit in the browser",
         fromHome,
         {keys("O")},
         [this] { return opened_.path().endsWith(ui::fromUtf8(desk_->pushOf(failed_)->commit)); }},
        {"switch to dark",
         fromHome,
         {palette, text("dark look"), enter},
         [&] { return window.theme().mode() == ui::Theme::Mode::Dark; }},
        {"delete a run",
         fromRuns,
         {keys("Del"), main},
         [this] { return desk_->runOnServer(failed_).toObject().isEmpty(); }},
        {"see all keys",
         [this] {
             clean();
             desk_->window().bringUp(&desk_->window().runsPage());
         },
         {{{}, QStringLiteral("?"), QStringLiteral("`?`")}},
         [] { return QApplication::activeModalWidget() != nullptr; }},
        {"other namespaces",
         [this] { clean(); },
         {keys("G, N")},
         [] { return openDialog<ui::NamespacesDialog>() != nullptr; }},
        {"another cluster",
         [this] { clean(); },
         {palette, text("context demo-viewer", "“context” and its name"), enter},
         [&] { return window.topBar().contextButton().text() == "demo-viewer"; }},
    };
}

void KeyboardTasksTest::twentyTasksNeedThreeActionsEach() {
    const std::vector<Task> all = tasks();
    QVERIFY(all.size() >= 20);
    for (const Task& task : all) {
        QVERIFY2(task.actions.size() <= 3, task.what);
        QApplication::clipboard()->clear();
        task.from();
        QVERIFY2(!task.done(), qPrintable(QStringLiteral("%1: already done").arg(task.what)));
        for (const Action& action : task.actions) perform(action);
        QVERIFY2(QTest::qWaitFor(task.done, kPatienceMs), task.what);
    }
    clean();
}

void KeyboardTasksTest::theReadmeSaysHow() {
    QFile file(QStringLiteral("README.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QStringList written;
    bool inTable = false;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("| wish ")))
            inTable = true;
        else if (inTable && !line.startsWith(QLatin1Char('|')))
            break;
        else if (inTable && !line.startsWith(QLatin1String("|---")))
            written << line;
    }
    QStringList expected;
    for (const Task& task : tasks()) {
        QStringList actions;
        for (const Action& action : task.actions) actions << action.written;
        expected << QStringLiteral("| %1 | %2 |").arg(QLatin1String(task.what), actions.join(QStringLiteral(", ")));
    }
    if (written != expected)
        qWarning("the table of README.md should be\n%s", qPrintable(expected.join(QLatin1Char('\n'))));
    QCOMPARE(written, expected);
}

CEREBRAL_TEST(KeyboardTasksTest)
#include "keyboard_tasks_test.moc"
