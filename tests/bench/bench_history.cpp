// The history with 10,000 runs: how soon the first page is there, what a window asks next, what writing costs.
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/analysis/ansi.h"
#include "core/analysis/log_text.h"
#include "core/history/history.h"
#include "tests/bench/report.h"
#include "tests/bench/timing.h"

using namespace cerebral;
using namespace cerebral::history;
using namespace std::chrono_literals;

namespace {

using bench::medianOf;
using bench::millisOf;

constexpr int kMany = 10'000;
constexpr int kFew = 200;
constexpr int kPage = 100;
const std::string kCluster = "https://cluster:6443";

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "cerebral-bench-XXXXXX").string();
        if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code error;
        if (!path_.empty()) std::filesystem::remove_all(path_, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::filesystem::path file(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

RunRecord makeRun(int number, WallTime now) {
    RunRecord record;
    RunRow& row = record.row;
    row.uid = "8fe4c580-23c0-4bca-a2fe-" + std::to_string(100'000'000 + number);
    row.cluster = kCluster;
    row.ns = "tekton-pipelines";
    row.name = "ai-services-8fe4c580-" + std::to_string(number);
    row.resourceVersion = std::to_string(number);
    row.service = "service-" + std::to_string(number % 18);
    row.branch = number % 3 == 0 ? "main" : "feature-" + std::to_string(number % 40);
    row.commit = "8fe4c580c23009cba72fe91d005ae42b" + std::to_string(10'000'000 + number);
    row.trigger = "push";
    row.message = "feat: what somebody wrote about change number " + std::to_string(number);
    row.author = "mk";
    row.pipeline = "cerebral-microservice-pipeline";
    row.state = number % 11 == 0 ? tekton::RunState::Failed : tekton::RunState::Succeeded;
    row.conditionMessage = "Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 0";
    row.created = now - std::chrono::minutes(5) * (kMany - number);
    row.started = row.created + 1s;
    row.finished = row.created + 175s;
    for (int i = 0; i < 11; ++i) record.params.push_back({"param-" + std::to_string(i), "value " + row.commit});
    WallTime at = *row.started;
    for (const char* name : {"git-clone-task", "kaniko-build-task", "deploy-task"}) {
        TaskRecord task;
        task.pipelineTask = name;
        task.taskRun = row.name + "-" + name;
        task.state = tekton::RunState::Succeeded;
        task.started = at;
        task.finished = at + 50s;
        task.steps = {{"prepare", "step-prepare", at, at + 1s, 0, "Completed"},
                      {"run", "step-run", at + 1s, at + 50s, 0, "Completed"}};
        at += 55s;
        record.tasks.push_back(std::move(task));
    }
    record.stages = {{"Clone", row.started, *row.started + 50s, "done"}, {"Build", *row.started + 55s, at, "done"}};
    return record;
}

struct Filling {
    double first = 0;
    double again = 0;
};

Filling fill(const std::filesystem::path& file, int runs, const Clock& clock, Logger& logger) {
    auto history = History::open(file, {}, clock, logger);
    if (!history) {
        std::fprintf(stderr, "%s\n", history.error().message.c_str());
        std::exit(2);
    }
    const WallTime now = clock.now();
    const auto put = [&](bool bare) {
        for (int i = kMany - runs; i < kMany; ++i) {
            RunRecord run = makeRun(i, now);
            if (bare) {
                run.tasks.clear();
                run.stages.clear();
            }
            (*history)->record(std::move(run));
        }
        if (!(*history)->flush(10min)) std::exit(2);
    };
    Filling filling;
    filling.first = millisOf([&] { put(false); });
    filling.again = millisOf([&] { put(true); });
    return filling;
}

/// What starting the program costs until the first rows are at hand.
double openAndFirstPage(const std::filesystem::path& file, const Clock& clock, Logger& logger) {
    return medianOf(15, [&] {
        const auto history = History::open(file, {}, clock, logger);
        const auto reader = (*history)->reader();
        RunFilter filter;
        filter.cluster = kCluster;
        if ((*reader)->runs(filter, kPage)->rows.size() != kPage) std::exit(2);
    });
}

void measureQuestions(bench::Report& report, const std::filesystem::path& file, WallTime now) {
    const auto reader = HistoryReader::open(file);
    RunFilter all;
    all.cluster = kCluster;
    RunFilter one = all;
    one.service = "service-4";
    const double first = medianOf(15, [&] { (void)(*reader)->runs(all, kPage); });
    std::optional<PageCursor> cursor;
    for (auto page = (*reader)->runs(all, kPage); page && page->next;
         page = (*reader)->runs(all, kPage, page->next)) {
        cursor = page->next;
    }
    const double last = medianOf(15, [&] { (void)(*reader)->runs(all, kPage, cursor); });
    report.note("first page of 100", first, "ms");
    report.atMost("last page over first page", last / first, 3.0, "times");
    report.note("page of one service", medianOf(15, [&] { (void)(*reader)->runs(one, kPage); }), "ms");
    report.note("last green run of a service",
                medianOf(15, [&] { (void)(*reader)->lastGreenBefore(kCluster, "service-4", "", now); }), "ms");
    report.note("medians of the last 20", medianOf(15, [&] { (void)(*reader)->durations(one); }), "ms");
    std::vector<WallTime> days;
    for (int i = 35; i >= 0; --i) days.push_back(now - 24h * i);
    report.note("outcomes of 35 days", medianOf(15, [&] { (void)(*reader)->outcomes(all, days); }), "ms");
    RunFilter text = all;
    text.text = "change number 17";
    report.note("text search through all", medianOf(5, [&] { (void)(*reader)->runs(text, kPage); }), "ms");
}

void measureLogs(bench::Report& report) {
    std::string plain;
    std::string coloured;
    for (int i = 0; i < 200'000; ++i) {
        const std::string number = std::to_string(i);
        plain += "INFO[" + number + "] Taking snapshot of full filesystem, layer " + number + "\n";
        coloured += "\x1b[36mINFO\x1b[0m[" + number + "] Taking snapshot of full filesystem, layer " + number + "\n";
    }
    const auto parse = [](const std::string& log) {
        analysis::AnsiStyle style;
        std::size_t bytes = 0;
        for (const std::string_view line : analysis::splitLines(log)) bytes += parseAnsiLine(line, style).text.size();
        if (bytes == 0) std::exit(2);
    };
    const double simple = medianOf(5, [&] { parse(plain); });
    report.note("plain lines, a million", simple * 5, "ms");
    report.atMost("coloured lines over plain ones", medianOf(5, [&] { parse(coloured); }) / simple, 25.0, "times");
}

}  // namespace

int main() {
    bench::Report report("history");
    const TemporaryFolder folder;
    const SystemClock clock;
    const auto logger = makeNullLogger();
    fill(folder.file("few.sqlite"), kFew, clock, *logger);
    const Filling filling = fill(folder.file("many.sqlite"), kMany, clock, *logger);
    report.note("10,000 runs written", filling.first, "ms");
    report.atMost("known runs told again over first time", filling.again / filling.first, 0.4, "times");
    std::error_code error;
    const auto bytes = static_cast<double>(std::filesystem::file_size(folder.file("many.sqlite"), error));
    report.note("bytes a run", bytes / kMany, "B");

    const double few = openAndFirstPage(folder.file("few.sqlite"), clock, *logger);
    const double many = openAndFirstPage(folder.file("many.sqlite"), clock, *logger);
    report.note("open and first page, 10,000 runs", many, "ms");
    report.atMost("open and first page, 10,000 runs over 200", many / few, 2.0, "times");
    measureQuestions(report, folder.file("many.sqlite"), clock.now());
    measureLogs(report);
    return report.exitCode();
}
