/// @file Writes into a history for ever, saying on stdout what was acknowledged: the program that tests kill.
/// history_writer FILE PREFIX [COUNT]

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <semaphore>
#include <string>

#include "core/history/history.h"

using namespace cerebral;
using namespace std::chrono_literals;

namespace {

history::RunRecord makeRun(const std::string& uid, WallTime created) {
    history::RunRecord record;
    record.row.uid = uid;
    record.row.cluster = "cluster";
    record.row.ns = "tekton-pipelines";
    record.row.name = uid;
    record.row.resourceVersion = "1";
    record.row.service = "ai-services";
    record.row.branch = "main";
    record.row.state = tekton::RunState::Failed;
    record.row.created = created;
    record.row.finished = created + 60s;
    record.params = {{"revision", uid}, {"branch", "main"}};
    history::TaskRecord task;
    task.pipelineTask = "kaniko-build-task";
    task.steps = {{"build", "step-build", created, created + 50s, 1, "Error"}};
    record.tasks = {task};
    record.stages = {{"build", created, created + 60s, "failed"}};
    return record;
}

void say(const std::string& uid) {
    const std::string line = "{\"acknowledged\":\"" + uid + "\"}\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(3);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::string prefix = argv[2];
    const int count = argc > 3 ? std::atoi(argv[3]) : std::numeric_limits<int>::max();
    const SystemClock clock;
    const auto logger = makeTextLogger(LogLevel::Error);
    history::HistoryOptions options;
    options.maxAge = std::chrono::hours(24);
    auto history = history::History::open(argv[1], options, clock, *logger);
    if (!history) {
        std::fprintf(stderr, "%s\n", history.error().message.c_str());
        return 1;
    }
    std::counting_semaphore<> inFlight(40);
    std::atomic<bool> failed = false;
    for (int i = 0; i < count; ++i) {
        inFlight.acquire();
        const std::string uid = prefix + "-" + std::to_string(i);
        // Every tenth is too old to stay, so that kills also strike while rows are dropped.
        const bool old = i % 10 == 9;
        (*history)->record(makeRun(uid, clock.now() - (old ? 48h : 0h)));
        history::StepLogRecord log;
        log.runUid = uid;
        log.task = "kaniko-build-task";
        log.step = "build";
        log.bytes = std::string(static_cast<std::size_t>(i % 7) * 3'000, 'x');
        (*history)->record(std::move(log), [&, uid, old](const Result<void>& outcome) {
            // A run that is too old may be dropped before its log comes.
            if (!outcome && !old) failed = true;
            if (outcome && !old) say(uid);
            inFlight.release();
        });
    }
    const auto flushed = (*history)->flush();
    return flushed && !failed ? 0 : 1;
}
