#include "core/history/history.h"

#include <sys/stat.h>

#include <QTest>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "tests/support/test_main.h"
#include "tests/unit/history/history_fixture.h"

using namespace cerebral;
using namespace cerebral::history;
using namespace cerebral::test;

namespace {

RunRecord fullRun() {
    RunRecord record = makeRun(1, tekton::RunState::Failed);
    RunRow& row = record.row;
    row.before = "b";
    row.repository = "baerautotech/cerebral";
    row.ref = "refs/heads/main";
    row.message = "feat: “quotes”, \xF0\x9F\x9A\x80 and 'apostrophes'; DROP TABLE runs";
    row.author = "mk";
    row.pusher = "rs";
    row.delivery = "d-1";
    row.compareUrl = "https://example.test/compare";
    row.requestId = "q";
    row.requestedBy = "r";
    row.rebuildReason = "why";
    row.serviceAccount = "cerebral-pipeline";
    row.baseImage = "10.34.0.202:5000/cerebral/ai-base:cuda";
    row.baseDigest = "sha256:base";
    row.imageDigest = "sha256:image";
    row.reason = "Failed";
    row.conditionMessage = "Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1";
    row.received = row.created - 41ms;
    record.results = {{"commit", "x"}, {"image-digest", ""}};
    TaskRecord clone;
    clone.pipelineTask = "git-clone-task";
    clone.taskRun = "t1";
    clone.uid = "u1";
    clone.pod = "p1";
    clone.state = tekton::RunState::Succeeded;
    clone.attempt = 2;
    clone.created = row.created;
    clone.steps = {{"prepare", "step-prepare", row.created, row.created + 400ms, 0, "Completed"},
                   {"clone", "step-clone", row.created, std::nullopt, std::nullopt, ""}};
    TaskRecord build = clone;
    build.pipelineTask = "kaniko-build-task";
    build.scheduled = row.created + 1s;
    build.started = row.created + 2s;
    build.finished = row.created + 9s;
    build.steps = {{"build", "step-build", row.created, row.created + 3s, 137, "OOMKilled"}};
    record.tasks = {clone, build};
    record.stages = {{"clone", row.created, row.created + 7s, "succeeded"},
                     {"build", row.created + 7s, std::nullopt, ""}};
    return record;
}

Result<void> recordAndWait(History& history, Change change) {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto outcome = promise->get_future();
    history.record(std::move(change), [promise](const Result<void>& result) { promise->set_value(result); });
    if (outcome.wait_for(20s) != std::future_status::ready) return fail(ErrorKind::Timeout, "no answer");
    return outcome.get();
}

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    void aRunComesBackAsItWas() {
        HistoryFolder folder;
        const RunRecord record = fullRun();
        {
            auto history = folder.open();
            QVERIFY2(history.has_value(), history ? "" : history.error().message.c_str());
            QVERIFY(!(*history)->notice());
            QVERIFY(recordAndWait(**history, record).has_value());
        }
        auto history = folder.open();
        auto reader = (*history)->reader();
        QVERIFY((*reader)->run("uid-1").value() == record);
        QVERIFY((*reader)->runNamed(record.row.cluster, record.row.ns, record.row.name).value() == record);
        QVERIFY(!(*reader)->run("uid-2").value());
        QVERIFY(!(*reader)->runNamed(record.row.cluster, record.row.ns, "no").value());
    }

    void everyStateComesBack() {
        HistoryFolder folder;
        auto history = folder.open();
        using tekton::RunState;
        const std::vector<RunState> states = {RunState::Pending,    RunState::Running,   RunState::Stuck,
                                              RunState::Succeeded,  RunState::Completed, RunState::Failed,
                                              RunState::Cancelling, RunState::Cancelled, RunState::TimedOut};
        int number = 0;
        for (const RunState state : states) (*history)->record(makeRun(number++, state));
        QVERIFY((*history)->flush().has_value());
        auto reader = (*history)->reader();
        for (int i = 0; i < number; ++i) {
            const auto run = (*reader)->run("uid-" + std::to_string(i)).value();
            QVERIFY(run && run->row.state == states[static_cast<std::size_t>(i)]);
        }
    }

    void whatIsLearnedLaterIsAdded() {
        HistoryFolder folder;
        auto history = folder.open();
        RunRecord run = makeRun(1, tekton::RunState::Running);
        run.row.baseDigest = "sha256:known";
        QVERIFY(recordAndWait(**history, run).has_value());
        const RunRecord full = fullRun();
        QVERIFY(recordAndWait(**history, RunTasks{"uid-1", full.tasks}).has_value());
        QVERIFY(recordAndWait(**history, RunStages{"uid-1", full.stages}).has_value());

        // A newer version of the object: no tasks in it, base unknown; both are kept.
        RunRecord newer = makeRun(1, tekton::RunState::Failed);
        newer.row.resourceVersion = "2000";
        newer.params = {{"branch", "other"}};
        QVERIFY(recordAndWait(**history, newer).has_value());
        auto reader = (*history)->reader();
        const auto found = (*reader)->run("uid-1").value();
        QVERIFY(found.has_value());
        QVERIFY(found->row.state == tekton::RunState::Failed);
        QCOMPARE(found->row.baseDigest, std::string("sha256:known"));
        QVERIFY(found->params == newer.params);
        QVERIFY(found->tasks == full.tasks);
        QVERIFY(found->stages == full.stages);

        // The same version again changes nothing, but for a base digest that was found out meanwhile.
        RunRecord same = newer;
        same.params.clear();
        QVERIFY(recordAndWait(**history, same).has_value());
        QVERIFY((*reader)->run("uid-1").value()->params == newer.params);
        same.params = newer.params;
        same.row.baseDigest = "sha256:later";
        QVERIFY(recordAndWait(**history, same).has_value());
        QCOMPARE((*reader)->run("uid-1").value()->row.baseDigest, std::string("sha256:later"));
        QCOMPARE((*reader)->countRuns({}).value(), std::int64_t{1});
    }

    void errorsLogsAndRolloutsComeBack() {
        HistoryFolder folder;
        auto history = folder.open();
        FirstErrorRecord error{"uid-1",    "build", "run", 1,   "exit code 1", "f00d",
                               "ERROR: #", 812,     820,   811, {"a", "", "c"}};
        StepLogRecord log{"uid-1", "build", "run", 801, 820, std::string("a\0b\xFF\n", 5)};
        QCOMPARE(static_cast<int>(recordAndWait(**history, error).error().kind),
                 static_cast<int>(ErrorKind::NotFound));
        QCOMPARE(static_cast<int>(recordAndWait(**history, log).error().kind), static_cast<int>(ErrorKind::NotFound));
        QVERIFY(recordAndWait(**history, makeRun(1, tekton::RunState::Failed)).has_value());
        QVERIFY(recordAndWait(**history, error).has_value());
        QVERIFY(recordAndWait(**history, log).has_value());
        auto reader = (*history)->reader();
        QVERIFY((*reader)->firstErrors("uid-1").value() == std::vector{error});
        QVERIFY((*reader)->stepLog("uid-1", "build", "run").value() == log);
        QVERIFY(!(*reader)->stepLog("uid-1", "build", "other").value());
        log.bytes = "newer\n";
        QVERIFY(recordAndWait(**history, log).has_value());
        QVERIFY((*reader)->stepLog("uid-1", "build", "run").value() == log);

        RolloutRecord rollout{"dep-1",    7,        "c",         "cerebral-platform", "ai-services", "image",
                              "sha256:x", "commit", "uid-1",     "rolling",           "1 of 2",      2,
                              1,          kMonday,  std::nullopt};
        QVERIFY(recordAndWait(**history, rollout).has_value());
        rollout.state = "live";
        rollout.ended = kMonday + 40s;
        QVERIFY(recordAndWait(**history, rollout).has_value());
        RolloutRecord next = rollout;
        next.revision = 8;
        next.began = kMonday + 60s;
        QVERIFY(recordAndWait(**history, next).has_value());
        QVERIFY((*reader)->rollouts("c", "cerebral-platform", "ai-services", 10).value() ==
                (std::vector{next, rollout}));
        QVERIFY((*reader)->rollouts("c", "cerebral-platform", "", 1).value() == std::vector{next});
        QVERIFY((*reader)->rollouts("other", "cerebral-platform", "", 10).value().empty());
    }

    void oneRefusedChangeDoesNotSpoilItsBatch() {
        HistoryFolder folder;
        auto history = folder.open();
        std::atomic<int> good = 0;
        std::atomic<int> bad = 0;
        const auto tally = [&](const Result<void>& outcome) { ++(outcome ? good : bad); };
        for (int i = 0; i < 100; ++i) {
            (*history)->record(makeRun(i), tally);
            (*history)->record(RunTasks{"nobody", {}}, tally);
        }
        QVERIFY((*history)->flush().has_value());
        QCOMPARE(good.load(), 100);
        QCOMPARE(bad.load(), 100);
        QCOMPARE((*(*history)->reader())->countRuns({}).value(), std::int64_t{100});
    }

    void theDestructorWritesWhatIsQueued() {
        HistoryFolder folder;
        {
            auto history = folder.open();
            for (int i = 0; i < 2'500; ++i) (*history)->record(makeRun(i));
        }
        auto history = folder.open();
        QCOMPARE((*(*history)->reader())->countRuns({}).value(), std::int64_t{2'500});
    }

    void tooMuchAtOnceIsRefused() {
        HistoryFolder folder;
        auto history = folder.open({.maxQueuedBytes = 10'000});
        std::optional<ErrorKind> kind;
        StepLogRecord log{"uid-1", "t", "s", 1, 1, std::string(20'000, 'x')};
        (*history)->record(log, [&](const Result<void>& outcome) {
            if (!outcome) kind = outcome.error().kind;
        });
        QVERIFY(kind == ErrorKind::LimitExceeded);
    }

    void readersSeeWholeRunsWhileOthersAreWritten() {
        HistoryFolder folder;
        auto history = folder.open();
        std::vector<std::jthread> readers;
        std::atomic<bool> torn = false;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&](const std::stop_token& stop) {
                auto reader = (*history)->reader();
                while (!stop.stop_requested()) {
                    const auto run = (*reader)->run("uid-1");
                    if (!run) torn = true;
                    if (run && *run &&
                        ((*run)->tasks.size() != 1 || (*run)->params[0].value != (*run)->tasks[0].pod)) {
                        torn = true;
                    }
                }
            });
        }
        for (int i = 0; i < 400; ++i) {
            RunRecord run = makeRun(1);
            run.row.resourceVersion = std::to_string(i);
            run.params = {{"n", std::to_string(i)}};
            TaskRecord task;
            task.pod = std::to_string(i);
            run.tasks = {task};
            if (i % 20 == 0) QVERIFY((*history)->flush().has_value());
            (*history)->record(run);
        }
        QVERIFY((*history)->flush().has_value());
        for (auto& reader : readers) reader.request_stop();
        readers.clear();
        QVERIFY(!torn);
    }

    void onlyTheOwnerMayRead() {
        HistoryFolder folder;
        auto history = History::open(folder.path("new/history.sqlite"), {}, folder.clock, *makeNullLogger());
        QVERIFY(history.has_value());
        for (const char* name : {"new/history.sqlite", "new/history.sqlite-wal", "new/history.sqlite-shm"}) {
            struct stat status {};
            QCOMPARE(::stat(folder.path(name).c_str(), &status), 0);
            QCOMPARE(status.st_mode & 0777U, 0600U);
        }
        struct stat status {};
        QCOMPARE(::stat(folder.path("new").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0700U);
    }

    void aPlaceThatCannotBeWrittenIsSaid() {
        const auto logger = makeNullLogger();
        const FakeClock clock;
        const auto history = History::open("/proc/no/history.sqlite", {}, clock, *logger);
        QVERIFY(!history.has_value());
        QVERIFY2(history.error().message.find("/proc/no") != std::string::npos, history.error().message.c_str());
    }
};

CEREBRAL_TEST(HistoryTest)
#include "history_test.moc"
