#include "core/analysis/first_error.h"

#include <QFile>
#include <QTest>

#include "tests/support/test_main.h"

using namespace cerebral::analysis;

namespace {

std::string recorded(const QString& path) {
    QFile file(QStringLiteral(CEREBRAL_TEST_DATA "/captures/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string firstErrorOf(const std::string& log) {
    const std::vector<std::string> lines = plainLines(log, Timestamps::Absent);
    const auto error = findFirstError(lines);
    return error ? lines[error->index] : std::string("(none)");
}

}  // namespace

class FirstErrorTest : public QObject {
    Q_OBJECT
private slots:
    void recordedKanikoFailure() {
        const auto error = analyseStepLog(
            recorded("logs/broken-services-main-sm9gg-kaniko-build-task-pod.step-build.log"), Timestamps::Present);
        QVERIFY(error.has_value());
        QVERIFY(error->byLevel);
        QCOMPARE(error->excerpt.errorNumber, std::size_t{9});
        QCOMPARE(error->excerpt.totalLines, std::size_t{9});
        QCOMPARE(error->excerpt.firstNumber, std::size_t{1});
        QCOMPARE(error->excerpt.lines.size(), std::size_t{9});
        QVERIFY(error->excerpt.errorLine().starts_with("error building image: error building stage: failed to get"));
        QCOMPARE(error->excerpt.lines[0],
                 std::string("INFO[0000] Retrieving image manifest 127.0.0.1:5000/cerebral/ai-base:cpu "));
    }

    void recordedKanikoWithoutDockerfile() {
        const auto error = analyseStepLog(
            recorded("logs/ai-services-main-hc6d7-kaniko-build-task-pod.step-build.log"), Timestamps::Present);
        QVERIFY(error.has_value());
        QCOMPARE(error->excerpt.errorNumber, std::size_t{1});
        QCOMPARE(error->excerpt.lines.size(), std::size_t{11});
        QVERIFY(error->excerpt.errorLine().starts_with("Error: error resolving dockerfile path"));
    }

    void recordedExitWithoutAnyLevel() {
        const auto error =
            analyseStepLog(recorded("states/state-oom-exit-oom-pod.step-run.log"), Timestamps::Present);
        QVERIFY(error.has_value());
        QVERIFY(!error->byLevel);
        QCOMPARE(error->excerpt.errorLine(), std::string("about to fail"));
    }

    void emptyLogsHaveNone() {
        QVERIFY(!analyseStepLog(recorded("states/state-stop-one-pod.step-run.log"), Timestamps::Present));
        QVERIFY(!analyseStepLog("\n  \n\n", Timestamps::Absent));
    }

    void firstError_data() {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, const char* log, const char* line) {
            QTest::newRow(name) << QByteArray(log) << QByteArray(line);
        };
        row("traceback",
            "INFO[0104] Running: [/bin/sh -c python -m app]\nTraceback (most recent call last):\n"
            "  File \"/app/check.py\", line 14, in <module>\n    from app import x\n"
            "ImportError: cannot import name 'root_validator' from 'pydantic'\nschema check: 1 failed\n"
            "error building image: exit status 1\n",
            "ImportError: cannot import name 'root_validator' from 'pydantic'");
        row("traceback of an exception with any name",
            "Traceback (most recent call last):\n  File \"x\", line 1\napp.SchemaBroken: no\nERROR: late\n",
            "app.SchemaBroken: no");
        row("chained tracebacks: the first is the cause",
            "Traceback (most recent call last):\n  File \"x\"\nKeyError: 'a'\n\nDuring handling of the above "
            "exception, "
            "another exception occurred:\n\nTraceback (most recent call last):\n  File \"y\"\nRuntimeError: b\n",
            "KeyError: 'a'");
        row("traceback behind a prefix",
            "#12 Traceback (most recent call last):\n#12   File \"x\"\n#12 ValueError: v\n", "#12 ValueError: v");
        row("traceback that is cut off", "x\nTraceback (most recent call last):\n  File \"x\"", "  File \"x\"");
        row("pip",
            "Collecting pydantic==9\nERROR: Could not find a version that satisfies the requirement pydantic==9\n"
            "ERROR: No matching distribution found for pydantic==9\n",
            "ERROR: Could not find a version that satisfies the requirement pydantic==9");
        row("pip's own trouble: the traceback behind the announcement",
            "ERROR: Exception:\nTraceback (most recent call last):\n  File \"pip\"\nOSError: disk\n",
            "OSError: disk");
        row("npm: the sentence, not the code",
            "> build\nnpm error code E404\nnpm error 404 Not Found - GET https://registry/x - not_found\nnpm error "
            "404\n",
            "npm error 404 Not Found - GET https://registry/x - not_found");
        row("npm: only a code", "> build\nnpm ERR! code ELIFECYCLE\nnpm ERR! errno 1\n", "npm ERR! code ELIFECYCLE");
        row("an announcement reaches only as far as its neighbours",
            "Error:\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\nERROR: much later\n", "Error:");
        row("gcc",
            "In file included from a.h:1,\n                 from a.c:1:\nb.h:3:1: error: unknown type name 'x'\n"
            "make: *** [Makefile:2: a.o] Error 1\n",
            "b.h:3:1: error: unknown type name 'x'");
        row("make, when nothing else speaks", "cc a.c\nmake: *** [Makefile:2: a.o] Error 1\n",
            "make: *** [Makefile:2: a.o] Error 1");
        row("go", "=== RUN   TestSum\n    sum_test.go:9: got 3\n--- FAIL: TestSum (0.00s)\nFAIL\n",
            "--- FAIL: TestSum (0.00s)");
        row("go panic", "panic: runtime error: index out of range [5]\n\ngoroutine 1 [running]:\n",
            "panic: runtime error: index out of range [5]");
        row("kubectl", "Error from server (NotFound): deployments.apps \"x\" not found\n",
            "Error from server (NotFound): deployments.apps \"x\" not found");
        row("colours do not hide it", "ok\n\x1b[31mERROR\x1b[0m: broken\n", "ERROR: broken");
        row("no level: the last line before the exit", "one\ntwo\n\nStep exited with code 1\n", "two");
        row("only the exit", "Step exited with code 3\n", "Step exited with code 3");
        row("warnings are not errors", "WARNING: error ahead\nlast\n", "last");
    }
    void firstError() {
        QFETCH(QByteArray, log);
        QFETCH(QByteArray, line);
        QCOMPARE(QByteArray::fromStdString(firstErrorOf(log.toStdString())), line);
    }

    void excerptIsElevenLinesWhereThereAreEleven() {
        std::vector<std::string> lines;
        for (int i = 1; i <= 20; ++i) lines.push_back("line " + std::to_string(i));
        const Excerpt middle = excerptAround(lines, 9);
        QCOMPARE(middle.firstNumber, std::size_t{5});
        QCOMPARE(middle.lines.size(), std::size_t{11});
        QCOMPARE(middle.errorLine(), std::string("line 10"));
        const Excerpt atEnd = excerptAround(lines, 19);
        QCOMPARE(atEnd.firstNumber, std::size_t{10});
        QCOMPARE(atEnd.lines.size(), std::size_t{11});
        const Excerpt ofTail = excerptAround(lines, 0, 10, 801);
        QCOMPARE(ofTail.firstNumber, std::size_t{801});
        QCOMPARE(ofTail.totalLines, std::size_t{820});
        QCOMPARE(ofTail.errorLine(), std::string("line 1"));
    }

    void longLinesAreCutBetweenCharacters() {
        std::string line(4095, 'a');
        line += "\xC3\xBC and more";
        const std::vector<std::string> lines = {line};
        QCOMPARE(excerptAround(lines, 0).lines[0], std::string(4095, 'a') + "\u2026");
    }
};

CEREBRAL_TEST(FirstErrorTest)
#include "first_error_test.moc"
