#include "core/kube/logs/log_line.h"

#include <QtTest/QtTest>
#include <random>

#include "core/kube/logs/log_resume.h"
#include "tests/support/captures.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::kube;
using namespace std::chrono_literals;

class LogLineTest : public QObject {
    Q_OBJECT
private slots:
    void stampAndText() {
        const LogLine line = parseLogLine("2026-11-23T06:58:03.288279959Z hello  from \x1b[31ma pod\r");
        QVERIFY(line.time == WallTime(1'795'417'083s + 288'279'959ns));
        QCOMPARE(line.text, std::string_view("hello  from \x1b[31ma pod\r"));
        QVERIFY(parseLogLine("2026-11-23T06:58:03Z").text.empty());
        QVERIFY(parseLogLine("2026-11-23T06:58:03Z").time.has_value());
        const LogLine notice = parseLogLine("unable to retrieve container logs for containerd://abc");
        QVERIFY(!notice.time);
        QCOMPARE(notice.text, std::string_view("unable to retrieve container logs for containerd://abc"));
    }

    void everyRecordedLineHasAStamp() {
        for (const char* name : {"logs/hello-pod.step-hi.log", "states/state-ansi-colour-pod.step-run.log"}) {
            const auto lines = test::linesOf(test::readCapture(name));
            QVERIFY2(!lines.empty(), name);
            for (const auto& line : lines) QVERIFY2(parseLogLine(line).time, line.c_str());
        }
    }

    void readerCutsOverlongLinesAndGoesOn() {
        const std::string text = "short\n\n" + std::string(50, 'x') + "\nend\nrest";
        std::mt19937 random(2);
        for (int round = 0; round < 200; ++round) {
            LogLineReader reader(10);
            std::vector<std::string> lines;
            const auto onLine = [&](std::string_view line) {
                lines.emplace_back(line);
                return true;
            };
            for (std::size_t at = 0; at < text.size();) {
                const std::size_t size = std::min<std::size_t>(1 + random() % 30, text.size() - at);
                QVERIFY(reader.feed(std::string_view(text).substr(at, size), onLine));
                at += size;
            }
            QCOMPARE(lines.size(), std::size_t{4});
            QVERIFY(reader.finish(onLine));
            QVERIFY((lines == std::vector<std::string>{"short", "", std::string(10, 'x'), "end", "rest"}));
        }
    }

    void equalLinesOfOneInstantAreCounted() {
        LogResume resume;
        const LogLine line{WallTime(10s), "same"};
        resume.beginAnswer();
        QVERIFY(resume.accept(line));
        QVERIFY(resume.accept(line));
        QVERIFY(resume.since() == WallTime(9s));
        resume.beginAnswer();
        QVERIFY(!resume.accept(line));
        QVERIFY(!resume.accept(line));
        QVERIFY(resume.accept(line));
        resume.beginAnswer();
        for (int i = 0; i < 3; ++i) QVERIFY(!resume.accept(line));
        QVERIFY(resume.accept(line));
    }

    void lateStampsOfTheOtherStreamAreNotLost() {
        LogResume resume;
        resume.beginAnswer();
        QVERIFY(resume.accept({WallTime(10s + 1ms), "stdout"}));
        resume.beginAnswer();
        QVERIFY(!resume.accept({WallTime(10s + 1ms), "stdout"}));
        QVERIFY(resume.accept({WallTime(10s - 1ms), "stderr"}));
        QVERIFY(resume.since() == WallTime(9s));
    }

    void clockSetBackGoesOnFromThere() {
        LogResume resume;
        resume.beginAnswer();
        QVERIFY(resume.accept({WallTime(1000s), "a"}));
        QVERIFY(resume.accept({WallTime(100s), "b"}));
        QVERIFY(resume.since() == WallTime(99s));
    }
};

CEREBRAL_TEST(LogLineTest)
#include "log_line_test.moc"
