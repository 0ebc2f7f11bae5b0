#include "core/base/log.h"

#include <unistd.h>

#include <QtTest/QtTest>
#include <cmath>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

/// What `body` writes to the file descriptor while it runs.
std::string captured(int descriptor, const std::function<void()>& body) {
    std::FILE* file = std::tmpfile();
    const int saved = dup(descriptor);
    dup2(fileno(file), descriptor);
    body();
    dup2(saved, descriptor);
    close(saved);
    std::string text;
    std::rewind(file);
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
    static_cast<void>(std::fclose(file));
    return text;
}

}  // namespace

class LogTest : public QObject {
    Q_OBJECT
private slots:
    void jsonIsOneFlushedObjectALine() {
        const std::string text = captured(STDOUT_FILENO, [] {
            const auto log = makeJsonLogger(LogLevel::Info);
            log->debug("unseen");
            log->info("delivery", {{"service", "ai"}, {"count", 3}, {"seconds", 0.25}, {"forced", true}});
            log->error("second");
        });
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t{2});
        const auto line = nlohmann::json::parse(text.substr(0, text.find('\n')));
        QCOMPARE(line["level"].get<std::string>(), std::string("info"));
        QCOMPARE(line["event"].get<std::string>(), std::string("delivery"));
        QCOMPARE(line["service"].get<std::string>(), std::string("ai"));
        QCOMPARE(line["count"].get<int>(), 3);
        QCOMPARE(line["seconds"].get<double>(), 0.25);
        QCOMPARE(line["forced"].get<bool>(), true);
        QCOMPARE(line["time"].get<std::string>().size(), std::string("2026-11-23T08:41:00.123Z").size());
    }

    void jsonKnowsWhatIsNoNumber() {
        const std::string text = captured(STDOUT_FILENO, [] {
            makeJsonLogger(LogLevel::Info)
                ->info("x", {{"nan", std::nan("")}, {"inf", -HUGE_VAL}, {"tiny", 1e-300}, {"whole", 2.0}});
        });
        const auto line = nlohmann::json::parse(text);
        QVERIFY(line["nan"].is_null() && line["inf"].is_null());
        QCOMPARE(line["tiny"].get<double>(), 1e-300);
        QCOMPARE(line["whole"].get<double>(), 2.0);
    }

    void jsonSurvivesHostileText() {
        const std::string text = captured(STDOUT_FILENO, [] {
            makeJsonLogger(LogLevel::Debug)->info("x", {{"message", std::string("a\n\"b\x1b[31m\xff{}")}});
        });
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t{1});
        QCOMPARE(nlohmann::json::parse(text)["message"].get<std::string>(),
                 std::string("a\n\"b\x1b[31m\xEF\xBF\xBD{}"));
        QVERIFY(text.find('\x1b') == std::string::npos);
    }

    void textEscapesControlsAndQuotes() {
        const std::string text = captured(STDERR_FILENO, [] {
            makeTextLogger(LogLevel::Warning)
                ->warn("event",
                       {{"a", "plain"}, {"b", "two words"}, {"c", "x\n\x1b[2J\"\xC2\x9B"}, {"d", ""}, {"n", -5}});
        });
        QCOMPARE(text.substr(12),
                 std::string(" warn event a=plain b=\"two words\" c=\"x\\n\\x1b[2J\\\"\xC2\\x9b\" d=\"\" n=-5\n"));
    }

    void nullLoggerSaysNothing() {
        const auto write = [] { makeNullLogger()->error("x"); };
        QVERIFY(captured(STDOUT_FILENO, write).empty());
        QVERIFY(captured(STDERR_FILENO, write).empty());
    }
};

CEREBRAL_TEST(LogTest)
#include "log_test.moc"
