#include "core/history/history.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "core/history/change_writer.h"
#include "core/history/history_file.h"
#include "core/history/retention.h"

namespace cerebral::history {
namespace {

constexpr std::size_t kMostChangesInABatch = 1'000;
constexpr std::size_t kChangesBetweenRetentions = 500;

std::size_t sizeOf(const Change& change) {
    std::size_t bytes = 1'024;
    if (const auto* log = std::get_if<StepLogRecord>(&change)) bytes += log->bytes.size();
    if (const auto* run = std::get_if<RunRecord>(&change)) {
        bytes += run->tasks.size() * 1'024;
        for (const NamedValue& value : run->params) bytes += value.value.size();
        for (const NamedValue& value : run->results) bytes += value.value.size();
    }
    return bytes;
}

}  // namespace

class History::Writer {
public:
    Writer(OpenedFile file, std::filesystem::path path, const HistoryOptions& options, const Clock& clock,
           Logger& logger)
        : path_(std::move(path)),
          options_(options),
          clock_(clock),
          logger_(logger),
          database_(std::move(file.database)),
          changes_(database_),
          retention_(database_, {options.maxAge, options.maxBytes}),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void push(std::optional<Change> change, Done done) {
        const std::size_t bytes = change ? sizeOf(*change) : 0;
        {
            const std::lock_guard lock(mutex_);
            if (queuedBytes_ + bytes <= options_.maxQueuedBytes) {
                queuedBytes_ += bytes;
                queue_.push_back({std::move(change), std::move(done), bytes});
                wake_.notify_one();
                return;
            }
        }
        if (done) done(fail(ErrorKind::LimitExceeded, "history: too much is waiting to be written"));
    }

private:
    struct Pending {
        std::optional<Change> change;  ///< none: only wants to know when its turn came
        Done done;
        std::size_t bytes = 0;
    };

    void run(const std::stop_token& stop) {
        std::vector<Pending> barriers;
        for (;;) {
            std::vector<Pending> batch = take(stop);
            if (batch.empty() && stop.stop_requested()) break;
            write(batch, stop);
            keepBounds(!batch.empty());
            for (Pending& pending : batch) {
                if (!pending.change) barriers.push_back(std::move(pending));
            }
            if (!retentionDue_) answer(barriers);
        }
        answer(barriers);
    }

    /// What is queued; nothing, at once, while old rows wait to be dropped.
    std::vector<Pending> take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!retentionDue_) wake_.wait(lock, stop, [this] { return !queue_.empty(); });
        std::vector<Pending> batch;
        while (!queue_.empty() && batch.size() < kMostChangesInABatch) {
            queuedBytes_ -= queue_.front().bytes;
            batch.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        return batch;
    }

    void write(std::vector<Pending>& batch, const std::stop_token& stop) {
        std::vector<const Change*> changes;
        for (const Pending& pending : batch) {
            if (pending.change) changes.push_back(&*pending.change);
        }
        if (changes.empty()) return;
        auto outcomes = attempt(changes, stop);
        std::size_t next = 0;
        for (const Pending& pending : batch) {
            if (!pending.change) continue;
            const Result<void> outcome = outcomes ? (*outcomes)[next++] : Result<void>(fail(outcomes.error()));
            if (pending.done) pending.done(outcome);
        }
        written_ += changes.size();
        if (written_ >= kChangesBetweenRetentions) retentionDue_ = true;
    }

    /// Another program may hold the file for long (a copy, a debugger): then we wait with it, unless we are to end.
    Result<std::vector<Result<void>>> attempt(const std::vector<const Change*>& changes,
                                              const std::stop_token& stop) {
        for (;;) {
            const bool last = stop.stop_requested();
            auto outcomes = changes_.write(changes);
            if (outcomes) return outcomes;
            const Error& error = outcomes.error();
            logger_.warn("history not written", {{"error", error.message}});
            if (error.kind == ErrorKind::Malformed) markSuspect(path_);
            if (error.kind != ErrorKind::Timeout || last) return outcomes;
        }
    }

    void keepBounds(bool wroteSomething) {
        if (!retentionDue_ && !(wroteSomething && clock_.steadyNow() - lastRetention_ > std::chrono::hours(1)))
            return;
        const auto more = retention_.slice(clock_.now());
        if (!more) {
            logger_.warn("history not shortened", {{"error", more.error().message}});
            if (more.error().kind == ErrorKind::Malformed) markSuspect(path_);
        }
        retentionDue_ = more.value_or(false);
        if (retentionDue_) return;
        written_ = 0;
        lastRetention_ = clock_.steadyNow();
    }

    static void answer(std::vector<Pending>& barriers) {
        for (const Pending& barrier : barriers) barrier.done({});
        barriers.clear();
    }

    const std::filesystem::path path_;
    const HistoryOptions options_;
    const Clock& clock_;
    Logger& logger_;

    SQLite::Database database_;
    ChangeWriter changes_;
    Retention retention_;
    bool retentionDue_ = true;
    std::size_t written_ = 0;
    SteadyTime lastRetention_{};

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Pending> queue_;
    std::size_t queuedBytes_ = 0;
    std::jthread thread_;  // last: ends before what it uses
};

Result<std::unique_ptr<History>> History::open(const std::filesystem::path& file, const HistoryOptions& options,
                                               const Clock& clock, Logger& logger) {
    auto opened = openHistoryFile(file, clock.now());
    if (!opened) return fail(std::move(opened.error()));
    if (opened->notice) logger.warn("history set aside", {{"why", *opened->notice}});
    std::optional<std::string> notice = opened->notice;
    return guarded("opening", [&] {
        auto writer = std::make_unique<Writer>(std::move(*opened), file, options, clock, logger);
        return std::unique_ptr<History>(new History(file, std::move(notice), std::move(writer)));
    });
}

History::History(std::filesystem::path file, std::optional<std::string> notice, std::unique_ptr<Writer> writer)
    : file_(std::move(file)), notice_(std::move(notice)), writer_(std::move(writer)) {}

History::~History() = default;

const std::optional<std::string>& History::notice() const {
    return notice_;
}

void History::record(Change change, Done done) {
    writer_->push(std::move(change), std::move(done));
}

Result<void> History::flush(std::chrono::milliseconds patience) {
    auto promise = std::make_shared<std::promise<void>>();
    auto done = promise->get_future();
    writer_->push(std::nullopt, [promise](const Result<void>&) { promise->set_value(); });
    if (done.wait_for(patience) == std::future_status::ready) return {};
    return fail(ErrorKind::Timeout, "history: still writing");
}

Result<std::unique_ptr<HistoryReader>> History::reader() const {
    return HistoryReader::open(file_);
}

}  // namespace cerebral::history
