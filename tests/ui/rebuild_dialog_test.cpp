#include "ui/pages/rebuild_dialog.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "tests/ui/silent_server.h"
#include "ui/models/format.h"

using namespace cerebral;
using namespace cerebral::ui;
using tekton::RunState;

class RebuildDialogTest : public QObject {
    Q_OBJECT

    struct Fixture {
        test::FakeClock clock;
        Theme theme;
        RunSet runs;
        PushModel pushes{clock};
        test::SilentServer silent{clock};
        RunActions actions{silent, receiver(silent)};
        QWidget window;
        test::RunMaker maker{7};
        QPointer<RebuildDialog> dialog;

        static rebuild::Receiver receiver(const test::SilentServer& silent) {
            rebuild::Receiver receiver;
            receiver.url = silent.url().toStdString() + "/";
            return receiver;
        }
        explicit Fixture(const RebuildChoice& start = {}) {
            maker.now = clock.now();
            RunChanges changes;
            changes.added.push_back(maker.make(RunState::Succeeded, "ai-services", 20));
            changes.added.push_back(maker.make(RunState::Failed, "data-services", 14));
            runs.apply(changes);
            window.resize(1200, 800);
            window.show();
            dialog = new RebuildDialog({theme, runs, pushes, actions, {"bmad-services"}}, start, window);
            dialog->begin();
        }
    };

private slots:
    void warnsOfWhatIsNotWellAlready() {
        Fixture f;
        const RebuildPlanner planner(f.runs, f.pushes);
        const auto branchOf = [&](const char* service) {
            QString branch;
            f.runs.forEach([&](const RunRow& row) {
                if (row.service == QLatin1String(service)) branch = row.branch;
            });
            return branch;
        };
        RebuildChoice choice;
        choice.services = QStringList{QStringLiteral("data-services")};
        choice.branch = branchOf("data-services");
        const QStringList failed = planner.warnings(choice);
        QCOMPARE(failed.size(), 1);
        QVERIFY2(failed.front().startsWith(QLatin1String("data-services failed ")), qPrintable(failed.front()));
        choice.services = QStringList{QStringLiteral("ai-services")};
        choice.branch = branchOf("ai-services");
        QVERIFY(planner.warnings(choice).isEmpty());
        RunChanges changes;
        changes.added.push_back(f.maker.make(RunState::Running, "ai-services", 0));
        f.runs.apply(changes);
        choice.branch = f.runs.find(fromUtf8(changes.added.front()->meta.uid))->branch;
        QCOMPARE(planner.warnings(choice).size(), 1);
        QVERIFY(planner.warnings(choice).front().contains(QLatin1String("second run")));
    }

    /// A command that cannot be run is no help.
    void theCommandStandsThereOnceItCanBeRun() {
        const auto command = [](const Fixture& in) {
            for (const auto* label : in.dialog->findChildren<QLabel*>()) {
                if (label->text().startsWith(QLatin1String("cerebralctl rebuild"))) return label->isVisible();
            }
            return false;
        };
        Fixture f;
        QVERIFY(!command(f));
        f.dialog->tick(QStringLiteral("bmad-services"), true);
        QVERIFY(!command(f));  // nobody knows a commit to build
        f.dialog->done(QDialog::Rejected);
        RebuildChoice start;
        start.services = QStringList{QStringLiteral("ai-services")};
        start.source = RebuildChoice::Source::Commit;
        start.commit = QString(40, QLatin1Char('a'));
        Fixture known(start);
        QVERIFY(command(known));
        known.dialog->done(QDialog::Rejected);
    }

    /// The list and the warning beside it speak of the same branch.
    void theListSpeaksOfTheBranchThatIsChosen() {
        Fixture f;
        const RebuildPlanner planner(f.runs, f.pushes);
        const QString branch = f.runs.findByName(firstName(f))->branch;
        QVERIFY(planner.noteOf("ai-services", branch).text.startsWith("succeeded "));
        QCOMPARE(planner.noteOf("ai-services", "feature/none").text, QStringLiteral("no run on this branch"));
        QCOMPARE(planner.noteOf("bmad-services", branch).text, QStringLiteral("no run yet"));
        const auto* row = rowOf(f, "ai-services");
        f.dialog->findChild<QComboBox*>()->setCurrentText("feature/none");
        QCOMPARE(row->accessibleDescription(), QStringLiteral("no run on this branch"));
        f.dialog->findChild<QComboBox*>()->setCurrentText(branch);
        QVERIFY2(row->accessibleDescription().startsWith("succeeded "), qPrintable(row->accessibleDescription()));
        f.dialog->done(QDialog::Rejected);
    }

    void whatIsTickedIsSeenWhereFewRowsFit() {
        const Theme theme;
        QWidget window;
        ServicePicker picker(theme, {"a", "b", "c", "d", "e", "f", "g"}, &window);
        picker.tick(QStringLiteral("g"), true);
        picker.setVisibleRows(3);
        window.resize(400, 400);
        picker.resize(picker.sizeHint());
        window.show();
        for (int round = 0; round < 3; ++round) QCoreApplication::processEvents();
        const auto rows = picker.findChildren<CheckRow*>();
        const auto last = std::find_if(rows.begin(), rows.end(), [](CheckRow* row) { return row->isChecked(); });
        QVERIFY(last != rows.end());
        QCOMPARE((*last)->visibleRegion().boundingRect(), (*last)->rect());
    }

    void growsWithItsWindowAndItsList() {
        Fixture f;
        f.dialog->done(QDialog::Rejected);
        f.theme.setFontScale(1.5);
        f.window.resize(1280, 800);
        const QStringList many{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                               QStringLiteral("d"), QStringLiteral("e"), QStringLiteral("f")};
        f.dialog = new RebuildDialog({f.theme, f.runs, f.pushes, f.actions, many}, {}, f.window);
        f.dialog->begin();
        QVERIFY(QTest::qWaitForWindowExposed(f.dialog));
        const int before = f.dialog->height();
        f.window.resize(1920, 1080);
        const auto* body = f.dialog->findChild<QScrollArea*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(body != nullptr);
        QTRY_VERIFY2(f.dialog->height() > before, qPrintable(QString::number(before)));
        QTRY_COMPARE(body->verticalScrollBar()->maximum(), 0);
    }

    void theFilterLeavesTicksAlone() {
        Fixture f;
        f.dialog->tick("data-services", true);
        auto* filter = f.dialog->findChild<ServicePicker*>()->findChild<IconField*>();
        filter->setFocus();
        QTest::keyClicks(filter, "BMAD");
        QVERIFY(rowOf(f, "data-services")->isHidden());
        QVERIFY(!rowOf(f, "bmad-services")->isHidden());
        QTest::keyClick(filter, Qt::Key_Return);  // the only one that is left
        QCOMPARE(f.dialog->choice().services, (QStringList{"bmad-services", "data-services"}));
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(f.dialog && f.dialog->isVisible());
        QVERIFY(!rowOf(f, "data-services")->isHidden());
        QTest::keyClick(filter, Qt::Key_Down);
        QTRY_COMPARE(f.dialog->focusWidget(), rowOf(f, "ai-services"));
        QTest::keyClick(f.dialog->focusWidget(), Qt::Key_Down);
        QCOMPARE(f.dialog->focusWidget(), rowOf(f, "bmad-services"));
        QTest::keyClick(f.dialog->focusWidget(), Qt::Key_Space);
        QCOMPARE(f.dialog->choice().services, QStringList{"data-services"});
        QTest::keyClick(f.dialog->focusWidget(), Qt::Key_Up);
        QTest::keyClick(f.dialog->focusWidget(), Qt::Key_Up);
        QCOMPARE(f.dialog->focusWidget(), filter);
        f.dialog->done(QDialog::Rejected);
    }

    void oneWordTicksAllOnTheBaseImage() {
        Fixture f;
        LinkText* all = nullptr;
        for (auto* button : f.dialog->findChildren<QAbstractButton*>()) {
            if (auto* link = dynamic_cast<LinkText*>(button)) all = link;
        }
        QVERIFY(all != nullptr);
        QVERIFY(all->isHidden());  // nobody knows of one
        RunChanges changes;
        for (const char* service : {"ai-services", "data-services"}) {
            tekton::PipelineRun run = *f.maker.make(RunState::Succeeded, service, 0);
            run.params.set("base-image", "registry.local:5000/cerebral/ai-base:cuda");
            changes.added.push_back(std::make_shared<const tekton::PipelineRun>(std::move(run)));
        }
        f.runs.apply(changes);
        QCOMPARE(all->text(), QStringLiteral("All on ai-base:cuda"));
        all->setFocus();
        QTest::keyClick(all, Qt::Key_Space);
        QCOMPARE(f.dialog->choice().services, (QStringList{"ai-services", "data-services"}));
        QCOMPARE(all->text(), QStringLiteral("None on ai-base:cuda"));
        QTest::keyClick(all, Qt::Key_Space);
        QVERIFY(f.dialog->choice().services.isEmpty());
        f.dialog->done(QDialog::Rejected);
    }

    /// Fields stay where they are, and so does the cursor, when the size of the text changes.
    void largeTextTakesNoFocusAway() {
        Fixture f;
        auto* reason = qobject_cast<IconField*>(f.dialog->focusWidget());
        QVERIFY(reason != nullptr);
        f.theme.setFontScale(1.5);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(f.dialog->focusWidget(), reason);
        f.dialog->done(QDialog::Rejected);
    }

    void saysWhatIsMissing() {
        Fixture f;
        QVERIFY(f.dialog->sendButton().refused());
        QCOMPARE(f.dialog->stateText(), QStringLiteral("Tick at least one service"));
        f.dialog->tick("ai-services", true);
        // Its last commit is known, so that it can be built again; "newest" needs a push to know.
        for (auto* radio : f.dialog->findChildren<QRadioButton*>()) {
            if (radio->text().startsWith("Same commit")) radio->setChecked(true);
        }
        f.dialog->findChild<QComboBox*>()->setCurrentText(f.runs.findByName(firstName(f))->branch);
        QVERIFY2(!f.dialog->sendButton().refused(), qPrintable(f.dialog->stateText()));
        QCOMPARE(f.dialog->sendButton().text(), QStringLiteral("Rebuild 1 service"));
        // A service that was never built has no commit to build again.
        f.dialog->tick("bmad-services", true);
        QVERIFY(f.dialog->sendButton().refused());
        QCOMPARE(f.dialog->stateText(), QStringLiteral("bmad-services: not built on this branch yet"));
        f.dialog->tick("bmad-services", false);
        for (auto* radio : f.dialog->findChildren<QRadioButton*>()) {
            if (radio->text() == "This commit") radio->setChecked(true);
        }
        QCOMPARE(f.dialog->stateText(), QStringLiteral("The whole commit is needed: 40 hexadecimal digits"));
        f.dialog->done(QDialog::Rejected);
    }

    void waitingShowsAndCanBeStopped() {
        RebuildChoice start;
        start.services = QStringList{"ai-services"};
        start.branch = "main";
        start.source = RebuildChoice::Source::Commit;
        start.commit = QString(40, QLatin1Char('a'));
        Fixture f(start);
        QVERIFY2(!f.dialog->sendButton().refused(), qPrintable(f.dialog->stateText()));
        QTest::keyClick(f.dialog, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(f.silent.asked());
        QVERIFY(f.dialog->sendButton().refused());  // not twice
        QTRY_COMPARE(f.dialog->cancelButton().text(), QStringLiteral("Stop"));
        QVERIFY2(f.dialog->stateText().startsWith("Asking the receiver"), qPrintable(f.dialog->stateText()));
        QTest::keyClick(f.dialog, Qt::Key_Escape);
        QTRY_VERIFY2(f.dialog->problem().startsWith("Stopped waiting"), qPrintable(f.dialog->problem()));
        QVERIFY(f.dialog->isVisible());
        QCOMPARE(f.dialog->cancelButton().text(), QStringLiteral("Cancel"));
        QVERIFY(!f.dialog->sendButton().refused());  // the same order may go again
        QTest::keyClick(f.dialog, Qt::Key_Escape);
        QTRY_VERIFY(f.dialog.isNull());
    }

private:
    static CheckRow* rowOf(const Fixture& f, const char* service) {
        for (auto* row : f.dialog->findChildren<CheckRow*>()) {
            if (row->text() == QLatin1String(service)) return row;
        }
        return nullptr;
    }
    static QString firstName(const Fixture& f) {
        QString name;
        f.runs.forEach([&](const RunRow& row) {
            if (row.service == "ai-services") name = row.name();
        });
        return name;
    }
};

CEREBRAL_TEST(RebuildDialogTest)
#include "rebuild_dialog_test.moc"
