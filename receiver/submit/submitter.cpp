#include "receiver/submit/submitter.h"

#include <utility>

#include "receiver/submit/retry_policy.h"

namespace cerebral::receiver {
namespace {

/// Pushes wait for the first success after an outage: it must not come late.
constexpr std::chrono::milliseconds kMostBetweenProbes{5'000};

}  // namespace

Submitter::Submitter(Parts parts, std::size_t workers, std::function<void(const std::string&)> onCreated)
    : parts_(parts), onCreated_(std::move(onCreated)), random_(std::random_device{}()) {
    workers_.reserve(workers);
    for (std::size_t i = 0; i < workers; ++i) {
        workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
}

Submitter::~Submitter() {
    stop();
}

void Submitter::stop() {
    for (auto& worker : workers_) worker.request_stop();
    changed_.notify_all();
    workers_.clear();
}

void Submitter::submit(std::string name, std::string manifest, OnSettled onSettled) {
    std::string waitingFor;
    {
        const std::scoped_lock lock(mutex_);
        const bool queued = queue_.add(name, std::move(manifest), parts_.clock.steadyNow(), onSettled);
        if (!queued) {
            // Another delivery of the same push waits for a retry: this one need not wait as well.
            waitingFor = queue_.taken(name).waitingFor;
            if (!waitingFor.empty() && onSettled) queue_.taken(name).listeners.pop_back();
        } else if (queue_.closed()) {
            waitingFor = "the API server cannot be reached";
            if (onSettled) queue_.taken(name).listeners.clear();
        }
    }
    changed_.notify_one();
    if (!waitingFor.empty() && onSettled) onSettled({std::move(name), RunOutcome::Queued, std::move(waitingFor)});
}

std::size_t Submitter::depth() const {
    const std::scoped_lock lock(mutex_);
    return queue_.size();
}

bool Submitter::waitUntilIdle(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [this] { return queue_.size() == 0; });
}

void Submitter::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        if (auto name = queue_.takeDue(parts_.clock.steadyNow())) {
            lock.unlock();
            attempt(*name, stop);
            lock.lock();
            continue;
        }
        const auto changed = [this] {
            const auto due = queue_.nextDue();
            return due && *due <= parts_.clock.steadyNow();
        };
        if (const auto due = queue_.nextDue()) {
            changed_.wait_until(lock, stop, *due, changed);
        } else {
            changed_.wait(lock, stop, changed);
        }
    }
}

void Submitter::attempt(const std::string& name, const std::stop_token& stop) {
    std::string manifest;
    {
        const std::scoped_lock lock(mutex_);
        manifest = std::exchange(queue_.taken(name).manifest, {});
        ++queue_.taken(name).tries;
    }
    if (manifest.empty()) {
        auto held = parts_.spool.find(name);
        // The disk may be better later; what was promised stays promised.
        if (!held) return onRetry(name, CreateVerdict::RetrySlowly, held.error());
        if (!*held || (*held)->manifest.empty()) {
            parts_.log.error("spooled run is gone", {{"run", name}});
            tell(finish(name).listeners, {name, RunOutcome::Queued, "the spool no longer holds it"});
            return;
        }
        manifest = std::move((*held)->manifest);
    }

    parts_.failpoints.pass("before-create");
    const auto created = parts_.creator.create(manifest, stop);
    parts_.failpoints.pass("after-create");
    if (created) return onExists(name, true);
    const Error& error = created.error();
    const CreateVerdict verdict = judge(error);
    if (verdict == CreateVerdict::Exists) return onExists(name, false);
    parts_.metrics.apiError(toString(error.kind));
    if (verdict == CreateVerdict::Refused) return onRefused(name, manifest, error);
    onRetry(name, verdict, error);
}

QueuedRun Submitter::finish(const std::string& name) {
    QueuedRun run;
    {
        const std::scoped_lock lock(mutex_);
        run = queue_.finish(name);
        // Whatever the answer was, the API server gave one.
        unreachableInARow_ = 0;
        queue_.open();
    }
    changed_.notify_all();
    return run;
}

void Submitter::onExists(const std::string& name, bool createdNow) {
    // Marked before it leaves the queue: who sees an empty queue sees the marks queued as well.
    parts_.spool.mark(name, RunState::Created, {});
    parts_.deadLetters.remove(name);
    if (onCreated_) onCreated_(name);
    const QueuedRun run = finish(name);
    // After an attempt of unknown outcome the existing run is most likely ours.
    const bool ours = createdNow || run.tries > 1;
    parts_.metrics.runSettled(ours ? "created" : "duplicate");
    if (run.tries > 1) {
        parts_.log.info("run created after retries", {{"run", name}, {"tries", run.tries}});
    }
    tell(run.listeners, {name, ours ? RunOutcome::Created : RunOutcome::Duplicate, {}});
}

void Submitter::onRefused(const std::string& name, const std::string& manifest, const Error& error) {
    SpooledRun dead;
    if (auto held = parts_.spool.find(name); held && *held) dead = std::move(**held);
    dead.name = name;
    dead.manifest = manifest;
    if (auto written = parts_.deadLetters.write(dead, error, parts_.clock.now()); !written) {
        parts_.log.error("dead letter not written", {{"run", name}, {"error", written.error().message}});
    }
    parts_.spool.mark(name, RunState::Dead, error.message);
    const QueuedRun run = finish(name);
    parts_.metrics.runSettled("refused");
    parts_.log.error("run refused by the cluster", {{"run", name},
                                                    {"delivery", dead.delivery},
                                                    {"kind", toString(error.kind)},
                                                    {"httpStatus", error.httpStatus},
                                                    {"error", error.message}});
    tell(run.listeners, {name, RunOutcome::Refused, error.message});
}

void Submitter::onRetry(const std::string& name, CreateVerdict verdict, const Error& error) {
    std::vector<OnSettled> listeners;
    int tries = 0;
    std::chrono::milliseconds delay{};
    {
        const std::scoped_lock lock(mutex_);
        QueuedRun& run = queue_.taken(name);
        tries = run.tries;
        run.waitingFor = error.message;
        listeners = std::exchange(run.listeners, {});
        const double jitter = std::uniform_real_distribution<double>(0, 1)(random_);
        const SteadyTime now = parts_.clock.steadyNow();
        if (verdict == CreateVerdict::Unreachable) {
            // The whole server is away, not this run: it keeps its place, and the others wait with it.
            // Tries that were out together when it went away count as one.
            --run.tries;
            if (!queue_.closed() || queue_.probing()) {
                ++unreachableInARow_;
                delay = std::min(retryDelay(verdict, error, unreachableInARow_, jitter), kMostBetweenProbes);
                queue_.close(now + delay);
            }
            queue_.retryAt(name, now);
        } else {
            unreachableInARow_ = 0;
            queue_.open();
            delay = retryDelay(verdict, error, tries, jitter);
            queue_.retryAt(name, now + delay);
        }
    }
    changed_.notify_all();
    if (verdict == CreateVerdict::Stopped) return;
    parts_.log.warn("run not created yet", {{"run", name},
                                            {"kind", toString(error.kind)},
                                            {"error", error.message},
                                            {"tries", tries},
                                            {"retryMs", static_cast<std::int64_t>(delay.count())}});
    tell(std::move(listeners), {name, RunOutcome::Queued, error.message});
}

void Submitter::tell(std::vector<OnSettled> listeners, const Settled& settled) {
    for (const auto& listener : listeners) listener(settled);
}

}  // namespace cerebral::receiver
