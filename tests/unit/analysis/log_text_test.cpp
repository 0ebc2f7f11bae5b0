#include "core/analysis/log_text.h"

#include <QFile>
#include <QTest>

#include "core/base/time_format.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::analysis;

class LogTextTest : public QObject {
    Q_OBJECT
private slots:
    void stampsComeOff() {
        const StampedLine line = splitTimestamp("2026-11-23T07:03:08.538378484Z  two blanks stay one");
        QVERIFY(line.time.has_value());
        QCOMPARE(formatRfc3339Millis(*line.time), std::string("2026-11-23T07:03:08.538Z"));
        QCOMPARE(line.text, std::string_view(" two blanks stay one"));
        QVERIFY(splitTimestamp("2026-11-23T08:05:47+01:00 x").time.has_value());
    }

    void whatIsNoStampStays_data() {
        QTest::addColumn<QString>("line");
        for (const char* line : {"", "no stamp at all", "2026-11-23 07:03:08.538378484 x", "2026-13-99T99:99:99Z x",
                                 "2026-11-23T07:03:08.538378484Z", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa x"}) {
            QTest::newRow(line) << QString(line);
        }
    }
    void whatIsNoStampStays() {
        QFETCH(QString, line);
        const std::string text = line.toStdString();
        QCOMPARE(splitTimestamp(text).text, std::string_view(text));
        QVERIFY(!splitTimestamp(text).time);
    }

    void linesWithAndWithoutLastLineFeed() {
        QVERIFY(splitLines("").empty());
        QCOMPARE(splitLines("a\n\nb").size(), std::size_t{3});
        QCOMPARE(splitLines("a\n\nb\n").size(), std::size_t{3});
    }

    void recordedColoursProgressAndTitle() {
        QFile file(CEREBRAL_TEST_DATA "/captures/states/state-ansi-colour-pod.step-run.log");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::vector<std::string> expected = {"red bold green 256 truecolour", "progress 50%", "osc gone",
                                                   "no newline at end"};
        QVERIFY(plainLines(file.readAll().toStdString(), Timestamps::Present) == expected);
    }
};

CEREBRAL_TEST(LogTextTest)
#include "log_text_test.moc"
