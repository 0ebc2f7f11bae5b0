// What the pages show while there is nothing to show yet, or nothing at all.
#include <QLabel>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/desk_actions.h"
#include "ui/pages/tick_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/command_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/palette_list.h"
#include "ui/widgets/question.h"
#include "ui/widgets/run_columns.h"
#include "ui/widgets/skeleton_rows.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::WindowFixture;

class PageStatesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    void become(kube::SyncPhase phase) {
        kube::SyncState& state = f_->status.states.front().state;
        state.phase = phase;
        state.hasSynced = phase != kube::SyncPhase::Loading;
        state.why = phase == kube::SyncPhase::Forbidden ? "not for you" : "";
        f_->window->refreshConnection();
    }
    /// Nothing is known, as before the first answer.
    void begin(kube::SyncPhase phase) {
        f_ = std::make_unique<WindowFixture>();
        f_->runs.clear();
        f_->pushes.clear();
        become(phase);
    }
    void show(const QSize& size, double fontScale = 1) {
        f_->theme.setFontScale(fontScale);
        f_->window->resize(size);
        f_->window->show();
        QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
        QCoreApplication::processEvents();
    }

private slots:
    void cleanup() {
        f_->window.reset();
        f_.reset();
    }

    void theGreyStandsUnderTheHeaders_data() {
        QTest::addColumn<double>("scale");
        QTest::addColumn<QSize>("size");
        QTest::newRow("normal") << 1.0 << QSize(1280, 800);
        QTest::newRow("wide") << 1.0 << QSize(1920, 1080);
        QTest::newRow("large text") << 1.5 << QSize(1280, 800);
    }
    void theGreyStandsUnderTheHeaders() {
        QFETCH(double, scale);
        QFETCH(QSize, size);
        begin(kube::SyncPhase::Loading);
        f_->window->bringUp(&f_->window->runsPage());
        show(size, scale);
        RunTable& table = f_->window->runsPage().table();
        auto* skeleton = table.viewport()->findChild<SkeletonRows*>();
        QVERIFY(skeleton);
        QTRY_VERIFY(skeleton->isVisible());
        QTRY_COMPARE(skeleton->size(), table.viewport()->size());
        const SkeletonRows::Row row = skeleton->row();
        QCOMPARE(row.height, 32 * scale);
        for (int column = RunTableModel::Branch; column < RunTableModel::ColumnCount; ++column) {
            if (table.isColumnHidden(column)) continue;
            const bool right = column == RunTableModel::Started || column == RunTableModel::Time;
            const double left = table.columnViewportPosition(column);
            const double edge = right ? left + table.columnWidth(column) - 12 : left;
            const bool under = std::any_of(row.columns.begin(), row.columns.end(), [&](const auto& bar) {
                return std::abs((right ? bar.left + bar.width : bar.left) - edge) < 1;
            });
            QVERIFY2(under, qPrintable(table.model()->headerData(column, Qt::Horizontal).toString()));
        }
        // Where a click ticks a row there will be a box.
        QCOMPARE(row.columns.front().left, 24.0);
        QCOMPARE(row.columns.front().width, 16 * scale);
        f_->window->resize(size + QSize(100, 60));
        QCoreApplication::processEvents();
        QCOMPARE(skeleton->size(), table.viewport()->size());
    }

    void theFocusStaysInThePage_data() {
        QTest::addColumn<kube::SyncPhase>("phase");
        QTest::addColumn<bool>("pushes");
        for (const bool pushes : {true, false}) {
            const char* page = pushes ? "pushes" : "runs";
            QTest::addRow("%s loading", page) << kube::SyncPhase::Loading << pushes;
            QTest::addRow("%s empty", page) << kube::SyncPhase::Live << pushes;
            QTest::addRow("%s forbidden", page) << kube::SyncPhase::Forbidden << pushes;
        }
    }
    void theFocusStaysInThePage() {
        QFETCH(kube::SyncPhase, phase);
        QFETCH(bool, pushes);
        begin(kube::SyncPhase::Loading);
        Page* page = pushes ? static_cast<Page*>(&f_->window->pushesPage()) : &f_->window->runsPage();
        f_->window->bringUp(page);
        show({1280, 800});
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
        become(phase);
        QCOMPARE(QApplication::focusWidget(), page->mainWidget());
        QVERIFY(page->mainWidget()->isVisible());
        QVERIFY(qobject_cast<QAbstractButton*>(QApplication::focusWidget()) == nullptr);
    }

    void aCommandIsReadWhole() {
        begin(kube::SyncPhase::Forbidden);
        f_->window->bringUp(&f_->window->runsPage());
        show({960, 600}, 1.5);
        auto* box = f_->window->runsPage().findChild<CommandBox*>();
        QVERIFY(box);
        const auto* words = box->findChild<CommandText*>();
        QVERIFY(words);
        QVERIFY2(words->text().startsWith(QStringLiteral("kubectl create rolebinding")), qPrintable(words->text()));
        QVERIFY(words->text().endsWith(QStringLiteral("-n tekton-pipelines")));
        QVERIFY(words->height() >= words->heightForWidth(words->width()));
        for (const QString& line : words->lines())
            QVERIFY2(textWidth(f_->theme.fonts().mono, line) <= words->width(), qPrintable(line));
        QVERIFY(box->rect().contains(words->geometry()));
    }

    void aSegmentOpensItsPartOfTheRun_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("tab");
        QTest::newRow("Received: the times") << int{Qt::Key_1} << int{RunPage::TimelineTab};
        QTest::newRow("Clone: the log") << int{Qt::Key_2} << int{RunPage::LogsTab};
        QTest::newRow("Build: the log") << int{Qt::Key_3} << int{RunPage::LogsTab};
        QTest::newRow("Image: the results") << int{Qt::Key_4} << int{RunPage::ParamsTab};
        QTest::newRow("Rollout: the log") << int{Qt::Key_5} << int{RunPage::LogsTab};
    }
    void aSegmentOpensItsPartOfTheRun() {
        QFETCH(int, key);
        QFETCH(int, tab);
        f_ = std::make_unique<WindowFixture>();
        show({1440, 900});
        QString uid;
        f_->runs.forEach([&](const RunRow& row) {
            if (row.state == tekton::RunState::Running) uid = row.uid;
        });
        journey::Push push = f_->pushMaker.make({"ai-services"}, journey::Stage::Build, 0);
        push.services.front().runUid = uid.toStdString();
        f_->pushes.apply({{cerebral::test::shared(push)}, {}});
        PushesPage& page = f_->window->pushesPage();
        page.showPush(QString::fromStdString(push.key));
        QVERIFY(page.view().currentPush() != nullptr);
        const QSignalSpy opened(&page, &PushesPage::stageOpened);
        QTest::keyClick(&page.view(), static_cast<Qt::Key>(key));
        QCOMPARE(opened.count(), 1);
        QVERIFY(f_->runs.find(uid) != nullptr);
        QVERIFY(f_->window->runPage()->isVisible());
        QCOMPARE(f_->window->runPage()->uid(), uid);
        QCOMPARE(int{f_->window->runPage()->tab()}, tab);
    }

    void aRunIsStuckWhereItsPushIs() {
        f_ = std::make_unique<WindowFixture>();
        const RunRow* running = nullptr;
        f_->runs.forEach([&](const RunRow& row) {
            if (row.state == tekton::RunState::Running) running = &row;
        });
        QVERIFY(running);
        const int before = f_->runs.count(tekton::RunState::Stuck);
        journey::Push push = f_->pushMaker.make({"ai-services"}, journey::Stage::Build, 0);
        journey::ServiceJourney& service = push.services.front();
        service.runUid = running->uid.toStdString();
        service.runState = tekton::RunState::Stuck;
        service.stuck = journey::StuckPoint{};
        service.stuck->reason = "ExceededResourceQuota";
        const QSignalSpy changed(&f_->runs, &RunSet::changed);
        f_->runs.applyPushes({{cerebral::test::shared(push)}, {}});
        QCOMPARE(running->state, tekton::RunState::Stuck);
        QCOMPARE(running->reason, QStringLiteral("ExceededResourceQuota"));
        QCOMPARE(f_->runs.count(tekton::RunState::Stuck), before + 1);
        QCOMPARE(changed.count(), 1);
        // It stays so when the run itself tells something new, and ends when the push says so.
        RunChanges again;
        again.updated.push_back(f_->runMaker.changed(running->run, tekton::RunState::Running));
        f_->runs.apply(again);
        QCOMPARE(running->state, tekton::RunState::Stuck);
        service.runState = tekton::RunState::Running;
        service.stuck.reset();
        f_->runs.applyPushes({{cerebral::test::shared(push)}, {}});
        QCOMPARE(running->state, tekton::RunState::Running);
        QCOMPARE(f_->runs.count(tekton::RunState::Stuck), before);
    }

    void aRunThatGoesOnSaysItsStep() {
        f_ = std::make_unique<WindowFixture>();
        const RunRow* running = nullptr;
        f_->runs.forEach([&](const RunRow& row) {
            if (row.state == tekton::RunState::Running) running = &row;
        });
        QVERIFY(running);
        const QString task = running->reason;
        tekton::TaskRun build;
        build.meta.uid = "task-run";
        build.meta.labels.set(tekton::kPipelineRunUidLabel, running->uid.toStdString());
        build.condition = tekton::ConditionStatus::Unknown;
        build.reason = "Running";
        build.startTime = f_->clock.now();
        build.steps.resize(2);
        build.steps[0].name = "prepare";
        build.steps[0].startedAt = build.steps[0].finishedAt = f_->clock.now();
        build.steps[0].exitCode = 0;
        build.steps[0].reason = "Completed";
        build.steps[1].name = "build";
        build.steps[1].startedAt = f_->clock.now();
        const QSignalSpy changed(&f_->runs, &RunSet::changed);
        const auto tell = [&](const tekton::TaskRun& now) {
            TaskRunChanges changes;
            changes.updated.push_back(std::make_shared<const tekton::TaskRun>(now));
            f_->runs.applyTaskRuns(changes);
        };
        tell(build);
        QCOMPARE(running->reason, QStringLiteral("step build"));
        tell(build);
        QCOMPARE(changed.count(), 1);
        // The run tells something new, and another task begins beside it.
        RunChanges again;
        again.updated.push_back(f_->runMaker.changed(running->run, tekton::RunState::Running));
        f_->runs.apply(again);
        tekton::TaskRun other = build;
        other.meta.uid = "another";
        other.steps[1].name = "lint";
        tell(other);
        QCOMPARE(running->reason, QStringLiteral("step build"));
        build.steps[1].finishedAt = f_->clock.now();
        build.condition = tekton::ConditionStatus::True;
        build.reason = "Succeeded";
        tell(build);
        QCOMPARE(running->reason, QStringLiteral("step lint"));
        other.steps[1].finishedAt = f_->clock.now();
        other.condition = tekton::ConditionStatus::True;
        other.reason = "Succeeded";
        tell(other);
        QCOMPARE(running->reason, task);
    }

    void aQuestionFollowsWhatHasEndedMeanwhile() {
        f_ = std::make_unique<WindowFixture>();
        RunChanges more;
        for (const char* service : {"data-services", "bmad-services"})
            more.added.push_back(f_->runMaker.make(tekton::RunState::Running, service, 1));
        f_->runs.apply(more);
        std::vector<const RunRow*> rows;
        for (const auto& run : more.added) rows.push_back(f_->runs.find(QString::fromStdString(run->meta.uid)));
        const auto end = [&](std::size_t which) {
            RunChanges changes;
            changes.updated.push_back(f_->runMaker.changed(rows[which]->run, tekton::RunState::Succeeded));
            f_->runs.apply(changes);
        };
        DeskActions& actions = f_->window->actions();
        QVERIFY(actions.perform(QStringLiteral("cancel"), actions.targetOf(rows)));
        auto* dialog = f_->window->findChild<QuestionDialog*>();
        QVERIFY(dialog);
        const auto last = [dialog] { return dialog->findChildren<Button*>().back(); };
        QCOMPARE(dialog->windowTitle(), QStringLiteral("Cancel 2 runs"));
        QCOMPARE(last()->text(), QStringLiteral("Cancel 2 runs now"));
        end(0);
        QCOMPARE(dialog->windowTitle(), QStringLiteral("Cancel ") + rows[1]->name());
        QCOMPARE(last()->text(), QStringLiteral("Cancel now"));
        end(1);
        QVERIFY(last()->refused());
        dialog->reject();
    }

    void aFailedRunSaysItsStepAndExitCode() {
        f_ = std::make_unique<WindowFixture>();
        const RunRow* failed = nullptr;
        f_->runs.forEach([&](const RunRow& row) {
            if (row.state == tekton::RunState::Failed) failed = &row;
        });
        QVERIFY(failed);
        journey::Push push = f_->pushMaker.make({"ai-services"}, journey::Stage::Build, 0);
        journey::ServiceJourney& service = push.services.front();
        service.runUid = failed->uid.toStdString();
        service.runState = tekton::RunState::Failed;
        service.failure = journey::FailurePoint{};
        service.failure->step = "build";
        service.failure->exitCode = 2;
        f_->runs.applyPushes({{cerebral::test::shared(push)}, {}});
        QCOMPARE(failed->reason, QStringLiteral("Failed: step build, exit 2"));
        QCOMPARE(failed->state, tekton::RunState::Failed);
    }

    void whatCanBeDoneWithTickedRunsStandsBelowThem() {
        f_ = std::make_unique<WindowFixture>();
        RunsPage& page = f_->window->runsPage();
        f_->window->bringUp(&page);
        const auto* bar = page.findChild<TickBar*>();
        QVERIFY(bar != nullptr && bar->isHidden());
        int ticked = 0;
        for (int row = 0; row < page.model().rowCount() && ticked < 2; ++row) {
            if (page.model().rowAt(row) == nullptr) continue;
            page.table().selectionModel()->select(page.model().index(row, 0),
                                                  QItemSelectionModel::Select | QItemSelectionModel::Rows);
            ++ticked;
        }
        QVERIFY(!bar->isHidden());
        QVERIFY(bar->findChild<QLabel*>()->text() == QLatin1String("2 selected"));
        page.table().clearTicks();
        QVERIFY(bar->isHidden());
    }

    void countsOfTickedRunsAreNeverCut() {
        f_ = std::make_unique<WindowFixture>();
        RunsPage& page = f_->window->runsPage();
        f_->window->bringUp(&page);
        show({1280, 800}, 1.5);
        page.table().selectAll();
        const auto* bar = page.findChild<TickBar*>();
        for (const bool peeking : {false, true}) {
            page.setPeeking(peeking);
            const auto* counts = bar->findChildren<QLabel*>().at(1);
            QTRY_VERIFY(counts->width() >= counts->sizeHint().width());
            QVERIFY(counts->text().contains(QLatin1String(" cancelled, ")));
            QVERIFY(counts->toolTip().contains(QLatin1String(" running, ")));
            int words = 0;
            for (const auto* button : bar->findChildren<Button*>()) words += button->text().isEmpty() ? 0 : 1;
            QCOMPARE(words, 4);
        }
    }

    /// With large text not all of them fit.
    void theChosenCommandIsInSight() {
        f_ = std::make_unique<WindowFixture>();
        const Theme& theme = f_->theme;
        PaletteList list(theme, nullptr);
        list.resize(640, theme.px(200));
        std::vector<PaletteEntry> entries(12);
        for (std::size_t i = 0; i < entries.size(); ++i)
            entries[i].group = i < 4 ? QStringLiteral("Actions") : QStringLiteral("Runs");
        for (const int chosen : {0, 11, 5, 4, 0}) {
            list.show(entries, chosen);
            QVERIFY2(list.showsCurrent(), qPrintable(QString::number(chosen)));
        }
    }

    void aColumnThatNobodyWantsStaysHidden() {
        f_ = std::make_unique<WindowFixture>();
        RunTable& table = f_->window->runsPage().table();
        table.columns().setWanted(RunTableModel::Trigger, false);
        QVERIFY(table.isColumnHidden(RunTableModel::Trigger));
        const QByteArray saved = table.columns().save();
        table.columns().setWanted(RunTableModel::Trigger, true);
        QVERIFY(!table.isColumnHidden(RunTableModel::Trigger));
        table.columns().setRoom(400);
        table.columns().restore(saved);
        QVERIFY(!table.columns().wanted(RunTableModel::Trigger));
        QVERIFY(table.columns().wanted(RunTableModel::Started));
        table.columns().setRoom(1600);
        QVERIFY(table.isColumnHidden(RunTableModel::Trigger));
        QVERIFY(!table.isColumnHidden(RunTableModel::Started));
    }

    void settingsStandUnderTheirTitle_data() {
        QTest::addColumn<double>("scale");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("150 %") << 1.5;
    }
    void settingsStandUnderTheirTitle() {
        QFETCH(double, scale);
        f_ = std::make_unique<WindowFixture>();
        SettingsPage& page = f_->window->settingsPage();
        f_->window->bringUp(&page);
        show({1920, 1080}, scale);
        QSet<int> lefts;
        QSet<int> rights;
        for (auto* label : page.findChildren<QLabel*>()) lefts.insert(label->mapTo(&page, QPoint()).x());
        for (auto* field : page.findChildren<QComboBox*>())
            rights.insert(field->mapTo(&page, QPoint(field->width(), 0)).x());
        // Two columns, the first one under the title.
        QCOMPARE(lefts.size(), 2);
        QCOMPARE(rights.size(), 2);
        for (auto* toggle : page.findChildren<Switch*>()) {
            const int right = toggle->mapTo(&page, QPoint(toggle->width(), 0)).x();
            QVERIFY(rights.contains(right));
            QVERIFY(toggle->width() >= 28 * scale);
            QVERIFY(toggle->width() <= 28 * scale + 4);
        }
    }
};

CEREBRAL_TEST(PageStatesTest)
#include "page_states_test.moc"
