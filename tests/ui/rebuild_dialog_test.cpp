#include "ui/pages/rebuild_dialog.h"

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
