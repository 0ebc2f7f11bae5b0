#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/models/runs_csv.h"

using namespace cerebral;
using namespace cerebral::ui;

class RunsCsvTest : public QObject {
    Q_OBJECT

private slots:
    void nothingIsTakenForAFormula_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::newRow("plain") << "main"
                               << "main";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("formula") << "=HYPERLINK(A1)"
                                 << "'=HYPERLINK(A1)";
        QTest::newRow("formula with quotes") << R"(=cmd|"/c calc",A1)"
                                             << R"("'=cmd|""/c calc"",A1")";
        QTest::newRow("plus") << "+1"
                              << "'+1";
        QTest::newRow("minus") << "-rf"
                               << "'-rf";
        QTest::newRow("at") << "@SUM(A1)"
                            << "'@SUM(A1)";
        QTest::newRow("comma") << "feat: a, b"
                               << "\"feat: a, b\"";
        QTest::newRow("quote") << "say \"hi\""
                               << "\"say \"\"hi\"\"\"";
        QTest::newRow("line break") << "a\nb"
                                    << "\"a\nb\"";
    }
    void nothingIsTakenForAFormula() {
        QFETCH(QString, text);
        QFETCH(QString, field);
        QCOMPARE(csvField(text), field);
    }

    void theShownRowsInTheirOrder() {
        test::WindowFixture f;
        RunsPage& page = f.window->runsPage();
        RunFilter failed;
        failed.groups.insert(static_cast<int>(StateGroup::Failed));
        page.model().setFilter(failed);
        const QList<QByteArray> lines = runsCsv(page.model()).split('\n');
        QVERIFY(lines.front().startsWith("run,namespace,state,"));
        QCOMPARE(lines.size(), page.model().shownRuns() + 2);  // the head, and what ends the last line
        QStringList names;
        for (int row = 0; row < page.model().rowCount(); ++row) {
            if (const RunRow* run = page.model().rowAt(row)) names << run->name();
        }
        for (qsizetype i = 0; i < names.size(); ++i) QVERIFY(lines[i + 1].startsWith(names[i].toUtf8() + ","));
    }

    void itIsSavedOrItIsSaidWhyNot() {
        test::WindowFixture f;
        RunsPage& page = f.window->runsPage();
        QSignalSpy told(&page, &RunsPage::exported);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("runs.csv"));
        page.exportTo(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), runsCsv(page.model()));
        QVERIFY(told.at(0).at(1).toBool());
        page.exportTo(folder.filePath(QStringLiteral("nowhere/runs.csv")));
        QVERIFY(!told.at(1).at(1).toBool());
        QVERIFY(f.window->actions().notice().text().startsWith(QLatin1String("Cannot write")));
    }
};

CEREBRAL_TEST(RunsCsvTest)
#include "runs_csv_test.moc"
