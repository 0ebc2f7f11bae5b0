// One run in the window: what may not be read, what stands in its header and tables, and where its parts divide it.
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include "core/history/history.h"
#include "core/history/record_run.h"
#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/run_buttons.h"
#include "ui/widgets/command_text.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::WindowFixture;

class RunPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    RunPage& page() { return *f_->window->runPage(); }
    QString running() const {
        QString uid;
        f_->runs.forEach([&](const RunRow& row) {
            if (row.state == tekton::RunState::Running) uid = row.uid;
        });
        return uid;
    }
    void addKind(const char* plural, kube::SyncPhase phase, const std::string& why = {}) {
        kube::SyncState state = f_->status.states.front().state;
        state.phase = phase;
        state.hasSynced = phase == kube::SyncPhase::Live;
        state.why = why;
        f_->status.states.push_back({QString::fromLatin1(plural), state, QStringLiteral("tekton-pipelines")});
    }
    void lose() {
        for (KindSync& kind : f_->status.states) {
            kind.state.phase = kube::SyncPhase::Reconnecting;
            kind.state.lastProof = f_->clock.steadyNow() - std::chrono::seconds(42);
        }
        f_->window->refreshConnection();
    }

private slots:
    void init() {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->open());
    }
    void cleanup() { f_.reset(); }

    void eventsThatMayNotBeReadAreNotNone();
    void eventsThatWereNotReadHaveNoNumber();
    void platformPodsAreNotTheRunsPods();
    void theCommitIsReadWhole_data();
    void theCommitIsReadWhole();
    void aMessageKeepsItsRoom_data();
    void aMessageKeepsItsRoom();
    void aLostConnectionSpeaksOfThePast();
    void theStepsLeaveTheLogItsRoom();
    void theTimelineStaysAsHighAsItWasMade();
    void aDoubleClickFoldsTheLog();
    void aKeptLogIsShownWithoutItsStep();
    void tasksThatMayNotBeReadNameTheCommand();
    void factsWithoutRoomAreCounted();
    void whatElseCanBeDoneIsInAMenu();
    void theLegendHasTheColoursOfTheBars();
};

void RunPageTest::eventsThatMayNotBeReadAreNotNone() {
    addKind("events", kube::SyncPhase::Forbidden,
            "events is forbidden: User \"system:serviceaccount:tekton-pipelines:auditor\" cannot list resource "
            "\"events\" in API group \"\" in the namespace \"tekton-pipelines\"");
    f_->window->refreshConnection();
    QVERIFY(f_->window->openRun(running()));
    page().showTab(RunPage::EventsTab);
    QVERIFY(!page().events().count());
    const QWidget* said = page().events().mainWidget();
    QVERIFY(said->isVisible());
    QCOMPARE(said->accessibleDescription(),
             QStringLiteral("Account auditor may not list events in tekton-pipelines."));
    const auto* command = said->findChild<CommandBox*>();
    QVERIFY(command != nullptr && command->isVisible());
    // What was granted meanwhile is read.
    f_->status.states.back().state.phase = kube::SyncPhase::Live;
    f_->status.states.back().state.hasSynced = true;
    f_->window->refreshConnection();
    QVERIFY(!page().events().count());
    QVERIFY(page().events().table().isVisible());
}

void RunPageTest::eventsThatWereNotReadHaveNoNumber() {
    addKind("events", kube::SyncPhase::Loading);
    f_->window->refreshConnection();
    QVERIFY(f_->window->openRun(running()));
    QVERIFY(!page().events().count());
    QCOMPARE(page().events().table().emptyText(), QStringLiteral("Events are not read yet"));
}

/// Whoever may not see the platform's pods may still see those of the tasks.
void RunPageTest::platformPodsAreNotTheRunsPods() {
    addKind("pods", kube::SyncPhase::Forbidden, "not for you");
    f_->status.states.back().ns = QStringLiteral("cerebral-platform");
    f_->window->refreshConnection();
    QVERIFY(f_->window->openRun(running()));
    QCOMPARE(page().logArea().blind(), QString());
    addKind("task pods", kube::SyncPhase::Forbidden, "not for you");
    f_->window->refreshConnection();
    QCOMPARE(page().logArea().blind(), QStringLiteral("not for you"));
}

void RunPageTest::theCommitIsReadWhole_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("scale");
    QTest::newRow("least window") << 960 << 1.0;
    QTest::newRow("normal") << 1280 << 1.0;
    QTest::newRow("large text") << 1280 << 1.5;
    QTest::newRow("largest text") << 1920 << 2.0;
}

void RunPageTest::theCommitIsReadWhole() {
    QFETCH(int, width);
    QFETCH(double, scale);
    f_->theme.setFontScale(scale);
    RunHeader header(f_->theme);
    header.actions().addWidget(new Button(f_->theme, QStringLiteral("rebuild"), QStringLiteral("Rebuild")));
    header.actions().addWidget(new Button(f_->theme, QStringLiteral("stop"), QStringLiteral("Cancel run")));
    header.resize(width - 64, 100);
    RunHeaderText texts;
    texts.name = QStringLiteral("knowledge-services-c47d0e2a-9f1b60d3c4");
    texts.service = QStringLiteral("knowledge-services");
    texts.status = Status::Running;
    texts.state = QStringLiteral("Running · build");
    texts.branch = QStringLiteral("feature/stream-embeddings-to-the-gateway");
    texts.sha = QStringLiteral("c47d0e2");
    texts.message = QStringLiteral("feat(ai): stream partial embeddings to the gateway");
    texts.facts = {{QStringLiteral("Trigger"), QStringLiteral("push by mk"), false, std::nullopt},
                   {QStringLiteral("Received"), QStringLiteral("12:52:01"), false, std::nullopt},
                   {QStringLiteral("Started"), QStringLiteral("12:52:01"), false, std::nullopt},
                   {QStringLiteral("Duration"), QStringLiteral("1:45"), false, std::nullopt},
                   {QStringLiteral("Expected"), QStringLiteral("12:54:56"), false, std::nullopt},
                   {QStringLiteral("Median of the last 20"), QStringLiteral("2:55"), false, std::nullopt}};
    header.setTexts(texts);
    const QStringList whole = header.wholeTexts();
    for (const QString& text : {texts.sha, texts.state}) QVERIFY2(whole.contains(text), qPrintable(text));
    for (const RunHeaderText::Fact& fact : texts.facts) QVERIFY2(whole.contains(fact.value), qPrintable(fact.label));
    QVERIFY(header.rect().contains(header.actions().parentWidget()->geometry()));
}

void RunPageTest::aMessageKeepsItsRoom_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("scale");
    QTest::newRow("normal") << 1280 << 1.0;
    QTest::newRow("large text") << 1280 << 1.5;
    QTest::newRow("wide") << 1920 << 1.0;
}

void RunPageTest::aMessageKeepsItsRoom() {
    QFETCH(int, width);
    QFETCH(double, scale);
    f_->theme.setFontScale(scale);
    f_->window->resize(width, 800);
    QVERIFY(f_->window->openRun(running()));
    page().showTab(RunPage::EventsTab);
    QCoreApplication::processEvents();
    TextTable& table = page().events().table();
    const int last = table.model()->columnCount() - 1;
    QVERIFY2(table.columnWidth(last) >= f_->theme.px(300), qPrintable(QString::number(table.columnWidth(last))));
    QVERIFY(table.columnViewportPosition(last) + table.columnWidth(last) <= table.viewport()->width() + 1);
    // What somebody has dragged stays.
    table.setColumnWidth(1, 222);
    f_->window->resize(width + 120, 800);
    QCoreApplication::processEvents();
    QCOMPARE(table.columnWidth(1), 222);
}

void RunPageTest::aLostConnectionSpeaksOfThePast() {
    QVERIFY(f_->window->openRun(running()));
    QCOMPARE(page().header().texts().status, Status::Running);
    lose();
    QCOMPARE(page().header().texts().status, Status::Held);
    QVERIFY(page().header().texts().state.startsWith(QLatin1String("Was running")));
    QVERIFY(page().timelineView().timeline().held);
    QVERIFY(!page().timelineView().timeline().eta);
}

void RunPageTest::theStepsLeaveTheLogItsRoom() {
    QVERIFY(f_->window->openRun(running()));
    QCoreApplication::processEvents();
    const StepTree& tree = page().logArea().tree();
    QCOMPARE(tree.width(), 248);
    f_->theme.setFontScale(1.5);
    QCoreApplication::processEvents();
    QVERIFY2(tree.width() < page().width() / 4, qPrintable(QString::number(tree.width())));
}

void RunPageTest::theTimelineStaysAsHighAsItWasMade() {
    QVERIFY(f_->window->openRun(running()));
    QCoreApplication::processEvents();
    const int before = page().splitter().sizes().front();
    const int wanted = before + 60;
    emit page().splitter().splitterMoved(wanted, 1);
    f_->window->resize(1300, 760);
    QCoreApplication::processEvents();
    QCOMPARE(page().splitter().sizes().front(), wanted);
    const QByteArray kept = page().saveShape();
    WindowFixture other;
    other.window->resize(1280, 800);
    other.window->show();
    other.window->runPage()->restoreShape(kept);
    QString uid;
    other.runs.forEach([&](const RunRow& row) { uid = row.uid; });
    QVERIFY(other.window->openRun(uid));
    other.window->runPage()->showTab(RunPage::TimelineTab);
    QCoreApplication::processEvents();
    QCOMPARE(other.window->runPage()->splitter().sizes().front(), wanted);
}

void RunPageTest::aDoubleClickFoldsTheLog() {
    QVERIFY(f_->window->openRun(running()));
    QCoreApplication::processEvents();
    RunLogArea& log = page().logArea();
    const int before = log.height();
    QTest::mouseDClick(page().splitter().handle(1), Qt::LeftButton);
    QCoreApplication::processEvents();
    QVERIFY(page().logFolded());
    QCOMPARE(log.height(), log.headHeight());
    QVERIFY(page().timelineView().isVisible());
    // On its own tab it is there.
    page().showTab(RunPage::LogsTab);
    QCoreApplication::processEvents();
    QVERIFY(log.height() > before);
    page().showTab(RunPage::TimelineTab);
    QTest::mouseDClick(page().splitter().handle(1), Qt::LeftButton);
    QCoreApplication::processEvents();
    QVERIFY(!page().logFolded());
    QCOMPARE(log.height(), before);
}

/// The steps may not be seen, or are gone from the cluster: beside the card that tells the kept error stands its log.
void RunPageTest::aKeptLogIsShownWithoutItsStep() {
    const auto history = history::History::open(f_->folder.filePath(QStringLiteral("history.sqlite")).toStdString(),
                                                {}, f_->clock, *makeNullLogger());
    QVERIFY(history.has_value());
    f_->cluster.kept = history->get();
    const RunRow* run = f_->runs.find(f_->failedRun);
    (*history)->record(history::recordOf(*run->run, f_->cluster.clusterName()));
    history::FirstErrorRecord error;
    error.runUid = run->uid.toStdString();
    error.task = "kaniko-build-task";
    error.step = "build";
    error.explanation = "exit code 1";
    error.fingerprint = "f";
    error.normalised = "ERROR: no";
    error.errorNumber = 72;
    error.totalLines = 73;
    error.excerptFirst = 71;
    error.excerpt = {"eleven", "ERROR: no", "thirteen"};
    (*history)->record(error);
    std::string log;
    for (int line = 10; line <= 73; ++line)
        log.append("2026-11-23T08:00:00.000000000Z line ").append(std::to_string(line)).append("\n");
    (*history)->record(history::StepLogRecord{error.runUid, error.task, error.step, 10, 73, log});
    QVERIFY((*history)->flush().has_value());
    addKind("taskruns", kube::SyncPhase::Forbidden, "not for you");
    f_->window->refreshConnection();
    QVERIFY(f_->window->openRun(f_->failedRun));
    page().showTab(RunPage::LogsTab);
    LogView& view = page().logArea().panel().view();
    QTRY_VERIFY(page().failure().card().has_value());
    QTRY_COMPARE(view.log().size(), std::size_t{64});
    QCOMPARE(view.errorLine(), std::optional<std::size_t>(62));
    const auto errorSeen = [&view] {
        const QScrollBar& bar = *view.verticalScrollBar();
        return bar.value() <= 62 && 62 < bar.value() + bar.pageStep();
    };
    QTRY_VERIFY(errorSeen());
    f_->window->resize(1920, 1080);
    QTRY_VERIFY(page().width() > 1700);
    QTRY_VERIFY(errorSeen());
    f_->theme.setFontScale(1.5);
    QTRY_VERIFY(errorSeen());
    f_->window->resize(1280, 800);
    QTRY_VERIFY(page().width() < 1300);
    QCoreApplication::processEvents();
    QTRY_VERIFY(errorSeen());
    QVERIFY(view.isVisible());
    // Of a run without it nothing is left over.
    QVERIFY(f_->window->openRun(running()));
    QVERIFY(view.log().empty());
    f_.reset();
}

void RunPageTest::tasksThatMayNotBeReadNameTheCommand() {
    addKind("taskruns", kube::SyncPhase::Forbidden,
            "taskruns.tekton.dev is forbidden: User \"system:serviceaccount:tekton-pipelines:auditor\" cannot list "
            "resource \"taskruns\" in API group \"tekton.dev\" in the namespace \"tekton-pipelines\"");
    f_->window->refreshConnection();
    QVERIFY(f_->window->openRun(running()));
    const RefusalBar& bar = page().refusalBar();
    QVERIFY(bar.isVisible());
    const auto* command = bar.findChild<CommandText*>();
    QVERIFY(command != nullptr && command->isVisible());
    QVERIFY2(command->text().startsWith(QLatin1String("kubectl create rolebinding")), qPrintable(command->text()));
    QVERIFY(command->text().contains(QLatin1String("tekton-pipelines:auditor")));
    page().showTab(RunPage::GraphTab);
    QVERIFY(bar.isVisible());
    page().showTab(RunPage::YamlTab);
    QVERIFY(!bar.isVisible());
    page().showTab(RunPage::TimelineTab);
    f_->status.states.back().state.phase = kube::SyncPhase::Live;
    f_->status.states.back().state.hasSynced = true;
    f_->window->refreshConnection();
    QVERIFY(!bar.isVisible());
}

void RunPageTest::factsWithoutRoomAreCounted() {
    f_->theme.setFontScale(1.5);
    RunHeader header(f_->theme);
    header.resize(900, 100);
    RunHeaderText texts;
    texts.service = QStringLiteral("ai-services");
    texts.branch = QStringLiteral("main");
    texts.sha = QStringLiteral("c47d0e2");
    for (int i = 0; i < 12; ++i)
        texts.facts.push_back({QStringLiteral("Label %1").arg(i), QStringLiteral("value %1").arg(i), false, {}});
    header.setTexts(texts);
    const QStringList whole = header.wholeTexts();
    const auto shown = std::count_if(whole.begin(), whole.end(),
                                     [](const QString& text) { return text.startsWith(QLatin1String("value ")); });
    QVERIFY(shown > 2 && shown < 12);
    QCOMPARE(whole.constLast(), QStringLiteral("+%1").arg(12 - shown));
    texts.facts.resize(2);
    header.setTexts(texts);
    QCOMPARE(header.wholeTexts().constLast(), QStringLiteral("value 1"));
}

void RunPageTest::whatElseCanBeDoneIsInAMenu() {
    QVERIFY(f_->window->openRun(f_->failedRun));
    Button& more = f_->window->runButtons()->more();
    QVERIFY(!more.accessibleName().isEmpty());
    QVERIFY((more.focusPolicy() & Qt::TabFocus) != 0);
    QTest::keyClick(&more, Qt::Key_Space);
    const auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QHash<QString, QAction*> actions;
    for (QAction* action : menu->actions()) actions.insert(action->text().section(QLatin1Char('\t'), 0, 0), action);
    for (const char* text : {"Copy as kubectl", "Copy link", "Delete run…"})
        QVERIFY2(actions.contains(QString::fromUtf8(text)), text);
    QCOMPARE(actions.value(QStringLiteral("Delete run…"))->text().section(QLatin1Char('\t'), 1),
             QStringLiteral("Del"));
    QCOMPARE(actions.value(QStringLiteral("Cancel run…"))->text().section(QLatin1Char('\t'), 1),
             QStringLiteral("the run has ended"));
    actions.value(QStringLiteral("Copy link"))->trigger();
    const RunRow& run = *f_->runs.find(f_->failedRun);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("cerebral://run/tekton-pipelines/%1").arg(run.name()));
    QApplication::activePopupWidget()->close();
}

void RunPageTest::theLegendHasTheColoursOfTheBars() {
    RunDetail run;
    run.row = *f_->runs.find(running());
    run.state = tekton::RunState::Running;
    run.tasks.resize(2);
    const WallTime start = fromMillis(run.row.startedMs);
    for (std::size_t i = 0; i < run.tasks.size(); ++i) {
        TaskDetail& task = run.tasks[i];
        task.start = start + std::chrono::seconds(10 * i);
        if (i == 0) task.end = start + std::chrono::seconds(8);
        task.timing.running = tekton::Interval{*task.start, task.end};
        task.state = i == 0 ? tekton::TaskState::Succeeded : tekton::TaskState::Running;
    }
    TimelineLegend legend(f_->theme);
    Timeline line = makeTimeline(run, nullptr, run.row.startedMs + 60'000);
    legend.setDrawn(line);
    QCOMPARE(legend.runShown(), Status::Running);
    line.held = true;
    legend.setDrawn(line);
    QCOMPARE(legend.runShown(), Status::Held);
    run.tasks[1].state = tekton::TaskState::Cancelled;
    legend.setDrawn(makeTimeline(run, nullptr, run.row.startedMs + 60'000));
    QCOMPARE(legend.runShown(), Status::Cancelled);
}

CEREBRAL_TEST(RunPageTest)
#include "run_page_test.moc"
