#include "core/analysis/line_level.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include "core/analysis/log_text.h"
#include "tests/support/test_main.h"

using namespace cerebral::analysis;

Q_DECLARE_METATYPE(cerebral::analysis::LineLevel)

class LineLevelTest : public QObject {
    Q_OBJECT
private slots:
    void level_data() {
        QTest::addColumn<LineLevel>("level");
        const auto rows = [](LineLevel level, std::initializer_list<const char*> lines) {
            for (const char* line : lines) QTest::newRow(line) << level;
        };
        rows(LineLevel::Error, {"ERROR: Could not find a version that satisfies the requirement pydantic==9",
                                "error building image: error building stage: failed to get files used from context",
                                "Error: error resolving dockerfile path",
                                "error checking push permissions: connection refused",
                                "ERRO[0003] something broke",
                                "FATA[0001] gone",
                                "[ERROR] Failed to execute goal",
                                "[error] x",
                                "2026-11-23 08:41:00,123 ERROR app.main: broken",
                                "2026-11-23T08:41:00Z [error] x",
                                "08:41:00.123 [main] ERROR com.example.App - broken",
                                "08:41:00 app.module ERROR broken",
                                "E1123 08:41:00.123456       1 reflector.go:138] failed to list",
                                "fatal: repository not found",
                                "panic: runtime error: index out of range [5] with length 3",
                                R"({"level":"error","msg":"x"})",
                                R"({"time":1,"severity":"ERROR","message":"x"})",
                                R"({"level":50,"msg":"x"})",
                                "level=error msg=x",
                                "time=1 lvl=eror msg=x",
                                "src/main.cpp:12:5: error: expected ';' before '}' token",
                                "x.c:3:10: fatal error: nope.h: No such file",
                                "src/app.ts(3,5): error TS2304: Cannot find name 'x'.",
                                "src/app.ts:3:5 - error TS2304: Cannot find",
                                "error[E0308]: mismatched types",
                                "main.o: in function `f': main.c:9: undefined reference to `g'",
                                "/usr/bin/ld: cannot find -lfoo",
                                "make: *** [Makefile:3: all] Error 2",
                                "make[1]: *** [Makefile:3: all] Error 2",
                                "CMake Error at CMakeLists.txt:3 (find_package):",
                                "npm ERR! code ELIFECYCLE",
                                "npm error code E404",
                                "E: Unable to locate package foo",
                                "E   AssertionError: assert 1 == 2",
                                "FAILED tests/test_a.py::test_b - assert 1 == 2",
                                "--- FAIL: TestSum (0.00s)",
                                "not ok 3 - sums",
                                "ImportError: cannot import name 'x' from 'y'",
                                "ModuleNotFoundError: No module named 'torch'",
                                "KeyboardInterrupt",
                                "java.lang.IllegalStateException: no",
                                "Exception in thread \"main\" java.lang.Error",
                                "TypeError: Cannot read properties of undefined (reading 'x')",
                                "/bin/sh: 1: uvicorn: not found",
                                "bash: line 1: foo: command not found",
                                "exec /usr/bin/python: exec format error",
                                "write /kaniko/x: no space left on device",
                                "Killed",
                                "Error response from daemon: conflict"});
        rows(LineLevel::Warning,
             {"WARNING: Running pip as the root user", "WARN[0001] x", "npm warn deprecated har@5: x",
              "W: GPG error: x", "x.c:3:5: warning: unused variable 'error' [-Wunused]", R"({"level":"warn"})",
              "W1123 08:41:00.1 1 x.go:1] e",
              "warning: Retrying after connection broken by 'NewConnectionError(...)'"});
        rows(LineLevel::Info, {"INFO[0000] Retrieving image manifest", "[INFO] BUILD",
                               "level=info msg=\"error: none\"", "2026-11-23 08:41:00 INFO errors: 0"});
        rows(LineLevel::Debug, {"DEBU[0000] x", "[debug] error path not taken"});
        rows(LineLevel::None,
             {"",
              "   ",
              "0 errors, 3 warnings",
              "errors: 0",
              "Installing error-utils 1.2.3",
              "error_handler.py ok",
              "error handling installed",
              "Error codes: see the manual",
              "uvicorn app:main --log-level=error",
              "Collecting tblib==3.0",
              "compiling error.c",
              "no error",
              "Traceback (most recent call last):",
              "  File \"/app/x.py\", line 3, in <module>",
              "schema check: 4 modules, 1 failed",
              "Waiting for deployment \"x\" rollout to finish: 1 old replicas are pending termination...",
              "Returning cached image manifest",
              "Error",
              R"({"msg":"error"})",
              "1Error: x"});
    }
    void level() {
        QFETCH(LineLevel, level);
        QCOMPARE(static_cast<int>(lineLevel(QTest::currentDataTag())), static_cast<int>(level));
    }

    /// Steps that went well say nothing of level error.
    void recordedGoodStepsHaveNoError() {
        const QDir folder(CEREBRAL_TEST_DATA "/captures/logs");
        int lines = 0;
        for (const QString& name : folder.entryList({"*.log"}, QDir::Files)) {
            if (name.startsWith("broken-") || name.startsWith("ai-services-main-hc6d7-kaniko")) continue;
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            for (const std::string& line : plainLines(file.readAll().toStdString(), Timestamps::Present)) {
                ++lines;
                QVERIFY2(lineLevel(line) < LineLevel::Warning, line.c_str());
            }
        }
        QVERIFY(lines > 90);
    }
};

CEREBRAL_TEST(LineLevelTest)
#include "line_level_test.moc"
