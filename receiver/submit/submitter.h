#pragma once
/// @file Submitter: turns spooled manifests into PipelineRuns, each exactly once.
///
/// N workers create in parallel (a create costs two admission webhooks). A name is worked on by one of
/// them at a time; the API server's name uniqueness does the rest. What becomes of a run is written to
/// the spool, and told to whoever waits for an answer: at the first success, refusal, or failure that
/// will take longer than an answer can wait.
/// Thread-safe. Listeners run on a worker thread and must not block.

#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "receiver/admin/metrics.h"
#include "receiver/failpoints/failpoints.h"
#include "receiver/spool/spool.h"
#include "receiver/submit/dead_letters.h"
#include "receiver/submit/retry_policy.h"
#include "receiver/submit/run_creator.h"
#include "receiver/submit/submit_queue.h"

namespace cerebral::receiver {

class Submitter {
public:
    struct Parts {
        RunCreator& creator;
        Spool& spool;
        DeadLetters& deadLetters;
        Metrics& metrics;
        Clock& clock;
        Logger& log;
        Failpoints& failpoints;
    };
    /// `onCreated` runs after a run exists (created now or before), on a worker thread.
    Submitter(Parts parts, std::size_t workers, std::function<void(const std::string& name)> onCreated);
    /// Stops; what is not settled stays in the spool.
    ~Submitter();
    Submitter(const Submitter&) = delete;
    Submitter& operator=(const Submitter&) = delete;

    /// The run must be in the spool already.
    void submit(std::string name, std::string manifest, OnSettled onSettled);
    /// Waits until nothing is queued, at most until `deadline`. True when nothing is.
    bool waitUntilIdle(std::chrono::milliseconds limit);
    void stop();

    [[nodiscard]] std::size_t depth() const;

private:
    void work(const std::stop_token& stop);
    void attempt(const std::string& name, const std::stop_token& stop);
    void onExists(const std::string& name, bool createdNow);
    void onRefused(const std::string& name, const std::string& manifest, const Error& error);
    void onRetry(const std::string& name, CreateVerdict verdict, const Error& error);
    QueuedRun finish(const std::string& name);
    static void tell(std::vector<OnSettled> listeners, const Settled& settled);

    Parts parts_;
    std::function<void(const std::string&)> onCreated_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    SubmitQueue queue_;
    int unreachableInARow_ = 0;
    std::mt19937_64 random_;
    std::vector<std::jthread> workers_;
};

}  // namespace cerebral::receiver
