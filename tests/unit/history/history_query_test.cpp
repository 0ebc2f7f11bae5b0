#include <QTest>

#include "tests/support/test_main.h"
#include "tests/unit/history/history_fixture.h"

using namespace cerebral;
using namespace cerebral::history;
using namespace cerebral::test;
using tekton::RunState;

namespace {

std::vector<std::string> names(const RunPage& page) {
    std::vector<std::string> all;
    for (const RunRow& row : page.rows) all.push_back(row.uid);
    return all;
}

/// A run whose build takes `seconds`, after a clone of 7 s.
RunRecord timedRun(int number, int seconds, RunState state = RunState::Succeeded) {
    RunRecord run = makeRun(number, state);
    const WallTime start = *run.row.started;
    run.row.finished = start + 10s + std::chrono::seconds(seconds);
    TaskRecord clone;
    clone.pipelineTask = "git-clone-task";
    clone.started = start + 1s;
    clone.finished = start + 8s;
    TaskRecord build;
    build.pipelineTask = "kaniko-build-task";
    build.started = start + 10s;
    build.finished = start + 10s + std::chrono::seconds(seconds);
    build.steps = {{"prepare", "step-prepare", start + 10s, start + 11s, 0, ""},
                   {"build", "step-build", start + 11s, build.finished, 0, ""}};
    run.tasks = {build, clone};
    run.stages = {{"clone", start, start + 8s, ""}, {"build", start + 10s, build.finished, ""}};
    return run;
}

FirstErrorRecord errorOf(int number, const std::string& fingerprint, const std::string& line) {
    FirstErrorRecord error;
    error.runUid = "uid-" + std::to_string(number);
    error.task = "kaniko-build-task";
    error.step = "build";
    error.fingerprint = fingerprint;
    error.normalised = "n-" + fingerprint;
    error.errorNumber = 12;
    error.excerptFirst = 11;
    error.excerpt = {"before", line, "after"};
    return error;
}

}  // namespace

class HistoryQueryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<HistoryFolder> folder_;
    std::unique_ptr<History> history_;
    std::unique_ptr<HistoryReader> reader_;

    void put(std::initializer_list<Change> changes) {
        for (const Change& change : changes) history_->record(change);
        QVERIFY(history_->flush().has_value());
    }

private slots:
    void init() {
        folder_ = std::make_unique<HistoryFolder>();
        history_ = std::move(folder_->open().value());
        reader_ = std::move(history_->reader().value());
    }
    void cleanup() {
        reader_.reset();
        history_.reset();
        folder_.reset();
    }

    void pagesCoverEveryRunOnceNewestFirst() {
        for (int i = 0; i < 57; ++i) {
            RunRecord run = makeRun(i);
            run.row.created = kMonday + std::chrono::minutes(i / 10);  // ties
            history_->record(run);
        }
        QVERIFY(history_->flush().has_value());
        std::vector<std::string> all;
        std::optional<PageCursor> next;
        int pages = 0;
        do {
            const RunPage page = reader_->runs({}, 10, next).value();
            for (const std::string& uid : names(page)) all.push_back(uid);
            next = page.next;
            ++pages;
        } while (next);
        QCOMPARE(pages, 6);
        QCOMPARE(all.size(), std::size_t{57});
        QCOMPARE(all.front(), std::string("uid-56"));
        QCOMPARE(all.back(), std::string("uid-0"));
        std::sort(all.begin(), all.end());
        QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
        QVERIFY(!reader_->runs({}, 57).value().next);
        QVERIFY(reader_->runs({}, 56).value().next.has_value());
    }

    void filters() {
        RunRecord odd = makeRun(1, RunState::Failed);
        odd.row.service = "data-services";
        odd.row.branch = "feature-x";
        odd.row.cluster = "other";
        odd.row.ns = "elsewhere";
        odd.row.pipeline = "p";
        odd.row.message = "fix: 100% of a_b";
        odd.row.commit = "e03fa57b" + std::string(32, '0');
        put({makeRun(0), odd, makeRun(2, RunState::Completed)});
        const auto found = [&](RunFilter filter) { return names(reader_->runs(filter, 10).value()); };
        const std::vector<std::string> onlyOdd = {"uid-1"};
        QCOMPARE(found({.cluster = "other"}), onlyOdd);
        QCOMPARE(found({.ns = "elsewhere"}), onlyOdd);
        QCOMPARE(found({.service = "data-services"}), onlyOdd);
        QCOMPARE(found({.branch = "feature-x"}), onlyOdd);
        QCOMPARE(found({.pipeline = "p"}), onlyOdd);
        QCOMPARE(found({.commitPrefix = "E03FA5"}), onlyOdd);
        QCOMPARE(found({.text = "100% OF a_b"}), onlyOdd);
        QVERIFY(found({.text = "100_ of"}).empty());
        QVERIFY(found({.text = "'; DROP TABLE runs; --"}).empty());
        QCOMPARE(found({.states = {RunState::Failed, RunState::TimedOut}}), onlyOdd);
        QCOMPARE(found({.states = {RunState::Succeeded, RunState::Completed}}),
                 (std::vector<std::string>{"uid-2", "uid-0"}));
        QCOMPARE(found({.from = kMonday + 1min, .before = kMonday + 2min}), onlyOdd);
        QVERIFY(found({.service = "data-services", .branch = "main"}).empty());
        QCOMPARE(reader_->countRuns({.service = "ai-services"}).value(), std::int64_t{2});
    }

    void lastGreenRunBefore() {
        RunRecord branch = makeRun(4);
        branch.row.branch = "feature-x";
        RunRecord other = makeRun(5);
        other.row.service = "data-services";
        put({makeRun(1), makeRun(2, RunState::Completed), makeRun(3, RunState::Failed), branch, other, makeRun(6),
             makeRun(7, RunState::Cancelled)});
        const auto last = [&](const std::string& service, const std::string& onBranch, int before) {
            const auto run = reader_->lastGreenBefore("https://cluster:6443", service, onBranch,
                                                      kMonday + std::chrono::minutes(before));
            return *run ? (*run)->row.uid : std::string("none");
        };
        QCOMPARE(last("ai-services", "main", 6), std::string("uid-2"));
        QCOMPARE(last("ai-services", "", 6), std::string("uid-4"));
        QCOMPARE(last("ai-services", "main", 9), std::string("uid-6"));
        QCOMPARE(last("ai-services", "main", 1), std::string("none"));
        QCOMPARE(last("bmad-services", "", 9), std::string("none"));
        QCOMPARE(reader_->lastGreenBefore("https://cluster:6443", "ai-services", "main", kMonday + 6min)
                     .value()
                     ->params.size(),
                 std::size_t{2});
    }

    void durationsOfTheLastTwentyGreenRuns() {
        // Twenty of 100 … 119 s; an older one and failed ones that must not count.
        put({timedRun(0, 9'000), timedRun(99, 9'000, RunState::Failed)});
        for (int i = 0; i < 20; ++i) history_->record(timedRun(i + 1, 100 + i));
        QVERIFY(history_->flush().has_value());
        const DurationProfile profile = reader_->durations({.service = "ai-services", .branch = "main"}).value();
        QCOMPARE(profile.runs, 20);
        QVERIFY((profile.run == analysis::DurationStats{20, 119'500ms, 128s}));
        QCOMPARE(profile.tasks.size(), std::size_t{2});
        QCOMPARE(profile.tasks[0].task, std::string("git-clone-task"));
        QVERIFY((profile.tasks[0].begin == analysis::DurationStats{20, 1s, 1s}));
        QVERIFY((profile.tasks[0].run == analysis::DurationStats{20, 7s, 7s}));
        QCOMPARE(profile.tasks[1].task, std::string("kaniko-build-task"));
        QVERIFY((profile.tasks[1].run == analysis::DurationStats{20, 109'500ms, 118s}));
        QCOMPARE(profile.tasks[1].steps.size(), std::size_t{2});
        QCOMPARE(profile.tasks[1].steps[0].step, std::string("prepare"));
        QVERIFY((profile.tasks[1].steps[1].run == analysis::DurationStats{20, 108'500ms, 117s}));
        QCOMPARE(profile.stages.size(), std::size_t{2});
        QCOMPARE(profile.stages[0].stage, std::string("clone"));
        QVERIFY((profile.stages[1].run == analysis::DurationStats{20, 109'500ms, 118s}));
        QCOMPARE(reader_->durations({.service = "nobody"}).value().runs, 0);
    }

    void attemptsAndMatrixChildrenAreOneTask() {
        RunRecord run = timedRun(1, 30);
        TaskRecord again = run.tasks[0];
        again.started = *run.tasks[0].started + 100s;
        again.finished = *run.tasks[0].started + 150s;
        again.steps.clear();
        run.tasks.push_back(again);
        put({run});
        const DurationProfile profile = reader_->durations({}).value();
        QCOMPARE(profile.tasks[1].run.count, 1);
        QCOMPARE(profile.tasks[1].run.median, 150s);
        QCOMPARE(profile.tasks[1].begin.median, 10s);
    }

    void outcomesPerDay() {
        const auto at = [](int number, RunState state, std::chrono::hours end) {
            RunRecord run = makeRun(number, state);
            run.row.created = kMonday;
            run.row.finished = kMonday + end;
            return run;
        };
        RolloutRecord live{"d", 1,       "https://cluster:6443", "n", "ai-services", "", "", "", "", "live", "", 2,
                           2,   kMonday, kMonday + 26h};
        RolloutRecord failed = live;
        failed.revision = 2;
        failed.state = "failed";
        RolloutRecord rolling = live;
        rolling.revision = 3;
        rolling.ended.reset();
        RunRecord unfinished = makeRun(9, RunState::Running);
        unfinished.row.finished.reset();
        put({at(1, RunState::Succeeded, 1h), at(2, RunState::Completed, 23h), at(3, RunState::Failed, 24h),
             at(4, RunState::TimedOut, 25h), at(5, RunState::Cancelled, 47h), at(6, RunState::Failed, 48h),
             unfinished, live, failed, rolling});
        const std::vector<WallTime> edges = {kMonday, kMonday + 24h, kMonday + 48h};
        const auto days = reader_->outcomes({.cluster = "https://cluster:6443"}, edges).value();
        QCOMPARE(days.size(), std::size_t{2});
        QVERIFY(days[0].from == kMonday);
        QCOMPARE(days[0].succeeded, 2);
        QCOMPARE(days[0].failed + days[0].cancelled + days[0].deploysLive + days[0].deploysFailed, 0);
        QCOMPARE(days[1].succeeded, 0);
        QCOMPARE(days[1].failed, 2);
        QCOMPARE(days[1].cancelled, 1);
        QCOMPARE(days[1].deploysLive, 1);
        QCOMPARE(days[1].deploysFailed, 1);
        QVERIFY(reader_->outcomes({}, {}).value().empty());
        QCOMPARE(reader_->outcomes({.service = "data-services"}, edges).value()[1].deploysLive, 0);
    }

    void stageSamplesInOrder() {
        put({timedRun(2, 40), timedRun(1, 30)});
        const auto samples = reader_->stageSamples({}, "build").value();
        QCOMPARE(samples.size(), std::size_t{2});
        QCOMPARE(samples[0].runUid, std::string("uid-1"));
        QCOMPARE(samples[0].duration, 30s);
        QCOMPARE(samples[1].duration, 40s);
        QVERIFY(reader_->stageSamples({}, "nothing").value().empty());
    }

    void errorsAreCountedOverRuns() {
        RunRecord data = makeRun(3, RunState::Failed);
        data.row.service = "data-services";
        put({makeRun(1, RunState::Failed), makeRun(2, RunState::Failed), data, errorOf(1, "aaaa", "old a"),
             errorOf(3, "aaaa", "new a"), errorOf(2, "bbbb", "b")});
        FirstErrorRecord twice = errorOf(3, "aaaa", "again a");
        twice.step = "other";
        put({twice});
        const auto errors = reader_->frequentErrors({}, 10).value();
        QCOMPARE(errors.size(), std::size_t{2});
        QCOMPARE(errors[0].fingerprint, std::string("aaaa"));
        QCOMPARE(errors[0].runs, 2);
        QCOMPARE(errors[0].services, (std::vector<std::string>{"ai-services", "data-services"}));
        QVERIFY(errors[0].first == *makeRun(1).row.finished);
        QVERIFY(errors[0].last == *makeRun(3).row.finished);
        QVERIFY(errors[0].sample != "old a");
        QCOMPARE(errors[1].sample, std::string("b"));
        QCOMPARE(reader_->frequentErrors({}, 1).value().size(), std::size_t{1});
        QCOMPARE(reader_->frequentErrors({.service = "data-services"}, 9).value().size(), std::size_t{1});

        const auto seen = reader_->sightings({}, "aaaa").value();
        QCOMPARE(seen.size(), std::size_t{2});
        QCOMPARE(seen[0].service, std::string("data-services"));
        QCOMPARE(seen[1].runName, std::string("ai-services-1"));
        QCOMPARE(reader_->sightings({.from = kMonday + 2min}, "aaaa").value().size(), std::size_t{1});
    }
};

CEREBRAL_TEST(HistoryQueryTest)
#include "history_query_test.moc"
