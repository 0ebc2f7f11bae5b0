#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "ui/models/log_buffer.h"
#include "ui/models/log_search.h"

using cerebral::ui::LogBuffer;
using cerebral::ui::LogSearch;

class LogBufferTest : public QObject {
    Q_OBJECT

    static std::string lineOf(const LogBuffer& log, std::size_t index) { return std::string(log.line(index)); }

private slots:
    void linesComeBackAsTheyWere() {
        LogBuffer log;
        log.append(1, "first");
        log.append(2, "");
        log.append(3, "third");
        QCOMPARE(log.size(), std::size_t{3});
        QCOMPARE(lineOf(log, 0), std::string("first"));
        QCOMPARE(lineOf(log, 1), std::string());
        QCOMPARE(lineOf(log, 2), std::string("third"));
        QCOMPARE(log.timeMs(2), std::int64_t{3});
        QCOMPARE(log.longest(), std::size_t{5});
        QCOMPARE(log.bytes(), std::size_t{13});
    }

    void theLongestLineIsMeasuredInCells() {
        LogBuffer log;
        log.append(1, "\xE2\x94\x81\xE2\x94\x81\xE2\x94\x81 1");  // a progress bar
        QCOMPARE(log.longest(), std::size_t{5});
        log.append(2, "\xE6\xBC\xA2\xE5\xAD\x97 \xF0\x9F\x9A\x80");  // two letters of two cells, a rocket
        QCOMPARE(log.longest(), std::size_t{7});
    }

    void everyStepCountsItsOwnLines() {
        LogBuffer log;
        QVERIFY(log.numberOf(2) == std::optional<std::int64_t>(3));  // one log alone
        log.beginSection("clone", 1);
        log.append(0, "a");
        log.append(0, "b");
        log.beginSection("build", 100);  // a tail that was kept
        log.append(0, "c");
        QCOMPARE(log.sections(), std::size_t{2});
        const std::vector<std::optional<std::int64_t>> wanted{std::nullopt, 1, 2, std::nullopt, 100};
        for (std::size_t i = 0; i < wanted.size(); ++i) QVERIFY(log.numberOf(i) == wanted[i]);
        QCOMPARE(lineOf(log, 3), std::string("build"));
    }

    void coloursStandBesideTheText() {
        LogBuffer log;
        log.append(0, "\x1b[36mINFO\x1b[0m[0104] Args");
        log.append(0, "plain");
        QCOMPARE(lineOf(log, 0), std::string("INFO[0104] Args"));
        const auto spans = log.spans(0);
        QCOMPARE(spans.size(), std::size_t{1});
        QCOMPARE(spans[0].begin, 0U);
        QCOMPARE(spans[0].end, 4U);
        QVERIFY(log.style(spans[0].style).foreground == cerebral::analysis::AnsiColor::palette(6));
        QVERIFY(log.spans(1).empty());
        // Text that a colour interrupts is found all the same.
        QCOMPARE(log.find("INFO[0104]"), std::vector<std::uint32_t>{0});
        QVERIFY(log.find("[36m").empty());
    }

    void aStyleGoesOnOverLines() {
        LogBuffer log;
        log.append(0, "\x1b[31mred");
        log.append(0, "still red");
        log.append(0, "\x1b[0mplain");
        QCOMPARE(log.spans(1).size(), std::size_t{1});
        QCOMPARE(log.spans(1)[0].end, 9U);
        QVERIFY(log.spans(2).empty());
    }

    void nothingButColoursSurvives() {
        LogBuffer log;
        log.append(0,
                   "a\x1b]52;c;ZXZpbA==\x07"
                   "b\x1b[2Jc\x01");
        QCOMPARE(lineOf(log, 0), std::string("abc"));
        log.append(0, "bad \xff utf");
        QCOMPARE(lineOf(log, 1), std::string("bad \xef\xbf\xbd utf"));
    }

    void tabsBecomeBlanksAndSpansMove() {
        LogBuffer log;
        log.append(0, "ab\t\x1b[31mred\x1b[0m");
        QCOMPARE(lineOf(log, 0), std::string("ab      red"));
        QCOMPARE(log.spans(0)[0].begin, 8U);
        QCOMPARE(log.spans(0)[0].end, 11U);
    }

    void findsInEveryChunk() {
        LogBuffer log;
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < 60'000; ++i) {
            const bool hit = i % 1777 == 5;
            log.append(
                i, "line " + std::to_string(i) + (hit ? " with a NeeDle in it" : " and nothing of interest in it"));
            if (hit) expected.push_back(i);
        }
        QVERIFY(log.bytes() > (2U << 20U));
        QCOMPARE(log.find("needle"), expected);
        QCOMPARE(log.find("NEEDLE", expected[3]), std::vector<std::uint32_t>(expected.begin() + 3, expected.end()));
        QCOMPARE(log.find("NEEDLE", expected[3] + 1),
                 std::vector<std::uint32_t>(expected.begin() + 4, expected.end()));
        QVERIFY(log.find("nothing\nline").empty());
        QVERIFY(log.find("").empty());
    }

    void aLineIsFoundOnceHoweverOftenItMatches() {
        LogBuffer log;
        log.append(0, "error error error");
        log.append(0, "none");
        log.append(0, "ERROR");
        QCOMPARE(log.find("error"), (std::vector<std::uint32_t>{0, 2}));
    }

    void aLineLongerThanAChunkIsWhole() {
        LogBuffer log;
        log.append(0, "before");
        log.append(0, std::string(3U << 20U, 'x') + "end");
        log.append(0, "after");
        QCOMPARE(log.line(1).size(), (std::size_t{3} << 20U) + 3);
        QCOMPARE(lineOf(log, 2), std::string("after"));
        QCOMPARE(log.find("xend"), std::vector<std::uint32_t>{1});
    }

    void searchGoesRoundAndPicksUpWhatComes() {
        LogBuffer log;
        LogSearch search(log);
        for (const char* line : {"error one", "fine", "Error two", "fine"}) log.append(0, line);
        QVERIFY(search.begin(QStringLiteral("error"), false));
        QVERIFY(!search.advance());
        QCOMPARE(search.hits().size(), std::size_t{2});
        search.chooseFrom(1);
        QCOMPARE(search.currentLine(), std::optional<std::size_t>(2));
        search.step(true);
        QCOMPARE(search.current(), 0);
        search.step(false);
        QCOMPARE(search.current(), 1);
        log.append(0, "error three");
        QVERIFY(!search.complete());
        search.advance();
        QCOMPARE(search.hits().size(), std::size_t{3});
        QCOMPARE(search.current(), 1);
    }

    void expressionsWorkInSlicesAndAnInvalidOneChangesNothing() {
        LogBuffer log;
        for (int i = 0; i < 20'000; ++i) log.append(0, i % 100 == 0 ? "exit code 42" : "exit code none");
        LogSearch search(log);
        QVERIFY(search.begin(QStringLiteral("code \\d+$"), true));
        int slices = 1;
        while (search.advance(std::chrono::milliseconds(0))) ++slices;
        QVERIFY(slices > 100);
        QCOMPARE(search.hits().size(), std::size_t{200});
        QVERIFY(!search.begin(QStringLiteral("code ["), true));
        QCOMPARE(search.hits().size(), std::size_t{200});
        const auto matches = search.matchesIn(QStringLiteral("exit code 42"));
        QCOMPARE(matches.size(), std::size_t{1});
        QCOMPARE(matches[0].first, qsizetype{5});
    }
};

CEREBRAL_TEST(LogBufferTest)
#include "log_buffer_test.moc"
