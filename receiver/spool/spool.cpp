#include "receiver/spool/spool.h"

#include <future>
#include <utility>

namespace cerebral::receiver {
namespace {

constexpr std::size_t kMaxBatch = 256;
constexpr std::chrono::minutes kPruneEvery{30};

}  // namespace

Result<std::unique_ptr<Spool>> Spool::open(const std::string& directory, Clock& clock, Logger& log,
                                           Failpoints& failpoints) {
    std::string movedAside;
    auto database = SpoolDatabase::open(directory, movedAside);
    if (!database) return fail(database.error());
    if (!movedAside.empty()) log.error("spool was broken and is kept aside", {{"file", movedAside}});
    return std::make_unique<Spool>(std::move(*database), clock, log, failpoints);
}

Spool::Spool(std::unique_ptr<SpoolDatabase> database, Clock& clock, Logger& log, Failpoints& failpoints)
    : database_(std::move(database)),
      clock_(clock),
      log_(log),
      failpoints_(failpoints),
      writer_([this](const std::stop_token& stop) { run(stop); }) {}

Spool::~Spool() {
    stop();
}

void Spool::stop() {
    writer_.request_stop();
    if (writer_.joinable()) writer_.join();
}

void Spool::enqueue(Operation operation) {
    {
        const std::scoped_lock lock(queueMutex_);
        queue_.push_back(std::move(operation));
    }
    queued_.notify_one();
}

void Spool::add(std::vector<SpooledRun> runs, AddDone done) {
    enqueue(Add{std::move(runs), std::move(done)});
}

void Spool::mark(std::string name, RunState state, std::string detail) {
    enqueue(Mark{std::move(name), state, std::move(detail)});
}

void Spool::record(DeliveryRecord delivery) {
    enqueue(std::move(delivery));
}

void Spool::flush() {
    std::promise<void> flushed;
    enqueue(Flush{[&flushed] { flushed.set_value(); }});
    flushed.get_future().wait();
}

void Spool::run(const std::stop_token& stop) {
    for (;;) {
        std::deque<Operation> batch;
        {
            std::unique_lock lock(queueMutex_);
            queued_.wait(lock, stop, [this] { return !queue_.empty(); });
            if (queue_.empty()) return;  // stopped, and nothing is left to write
            while (!queue_.empty() && batch.size() < kMaxBatch) {
                batch.push_back(std::move(queue_.front()));
                queue_.pop_front();
            }
        }
        write(batch);
    }
}

Result<std::vector<std::vector<Added>>> Spool::writeAll(const std::deque<Operation>& batch) {
    std::vector<std::vector<Added>> added;
    const auto work = [&]() -> Result<void> {
        for (const Operation& operation : batch) {
            if (const auto* add = std::get_if<Add>(&operation)) {
                auto& states = added.emplace_back();
                for (const SpooledRun& run : add->runs) {
                    auto state = database_->add(run, clock_.now());
                    if (!state) return fail(state.error());
                    states.push_back(*state);
                }
            } else if (const auto* mark = std::get_if<Mark>(&operation)) {
                if (auto done = database_->mark(mark->name, mark->state, mark->detail); !done) return done;
            } else if (const auto* record = std::get_if<DeliveryRecord>(&operation)) {
                if (auto done = database_->record(*record); !done) return done;
            }
        }
        if (clock_.steadyNow() < nextPrune_) return {};
        nextPrune_ = clock_.steadyNow() + kPruneEvery;
        return database_->prune(clock_.now());
    };
    const std::scoped_lock lock(databaseMutex_);
    if (auto done = database_->transact(work); !done) return fail(done.error());
    return added;
}

void Spool::write(std::deque<Operation>& batch) {
    failpoints_.pass("before-spool");
    auto written = writeAll(batch);
    if (written) failpoints_.pass("after-spool");
    healthy_.store(written.has_value());
    if (!written) log_.error("spool write failed", {{"error", written.error().message}});

    std::size_t next = 0;
    for (Operation& operation : batch) {
        if (auto* add = std::get_if<Add>(&operation)) {
            if (written) {
                add->done(std::move((*written)[next++]));
            } else {
                add->done(fail(written.error()));
            }
        } else if (auto* flush = std::get_if<Flush>(&operation)) {
            flush->done();
        }
    }
}

Result<std::vector<SpooledRun>> Spool::unfinished() {
    const std::scoped_lock lock(databaseMutex_);
    return database_->unfinished();
}
Result<std::optional<SpooledRun>> Spool::find(const std::string& name) {
    const std::scoped_lock lock(databaseMutex_);
    return database_->find(name);
}
Result<std::vector<DeliveryRecord>> Spool::deliveries(std::size_t limit) {
    const std::scoped_lock lock(databaseMutex_);
    return database_->deliveries(limit);
}
Result<std::optional<DeliveryRecord>> Spool::delivery(const std::string& id) {
    const std::scoped_lock lock(databaseMutex_);
    return database_->delivery(id);
}

}  // namespace cerebral::receiver
