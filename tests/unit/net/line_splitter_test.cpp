#include "core/net/line_splitter.h"

#include <QtTest/QtTest>
#include <random>
#include <vector>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using net::LineSplitter;

class LineSplitterTest : public QObject {
    Q_OBJECT
private slots:
    void splitsAnywhere() {
        const std::string text = "one\n\ntwo words\nthree\nunfinished";
        const std::vector<std::string> expected{"one", "", "two words", "three"};
        std::mt19937 random(5);
        for (int round = 0; round < 500; ++round) {
            LineSplitter splitter;
            std::vector<std::string> lines;
            for (std::size_t at = 0; at < text.size();) {
                const std::size_t size = std::min<std::size_t>(1 + random() % 7, text.size() - at);
                QVERIFY(splitter.feed(std::string_view(text).substr(at, size), [&](std::string_view line) {
                    lines.emplace_back(line);
                    return true;
                }));
                at += size;
            }
            QVERIFY(lines == expected);
            QCOMPARE(splitter.pending(), std::string_view("unfinished"));
        }
    }

    void wholeLinesAreNotCopied() {
        const std::string chunk = "abc\n";
        LineSplitter splitter;
        QVERIFY(splitter.feed(chunk, [&](std::string_view line) { return line.data() == chunk.data(); }));
    }

    void stoppingDropsTheRest() {
        LineSplitter splitter;
        int seen = 0;
        QVERIFY(splitter.feed("a\nb\nc", [&](std::string_view) { return ++seen < 1; }));
        QCOMPARE(seen, 1);
        QVERIFY(splitter.pending().empty());
    }

    void capHoldsForOneAndManyChunks() {
        const auto never = [](std::string_view) { return true; };
        LineSplitter exact(4);
        QVERIFY(exact.feed("1234\n", never));
        LineSplitter oneChunk(4);
        COMPARE_ERROR(oneChunk.feed("12345\n", never), ErrorKind::LimitExceeded);
        LineSplitter many(4);
        QVERIFY(many.feed("123", never));
        COMPARE_ERROR(many.feed("45", never), ErrorKind::LimitExceeded);
        QVERIFY(many.pending().empty());
    }
};

CEREBRAL_TEST(LineSplitterTest)
#include "line_splitter_test.moc"
