#pragma once
/// @file History: what the cluster forgets. Finished runs, their task and stage times, where they failed, the ends of
/// failed steps' logs, and rollouts, in one SQLite file (WAL).
///
/// Writing: record() hands over and returns; one thread writes everything that is queued in one transaction, then
/// calls back. What was acknowledged survives a kill of the process at any moment. Two programs may use one file.
/// Reading: every HistoryReader has its own connection and never waits for the writer.
/// Bounds: age and size, kept by deleting in short slices between batches.
/// A damaged file is set aside, see notice().
///
/// record(), flush() and reader() may be called from any thread.

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/result.h"
#include "core/history/history_reader.h"
#include "core/history/records.h"

namespace cerebral::history {

struct HistoryOptions {
    std::chrono::hours maxAge{24 * 180};
    std::int64_t maxBytes = std::int64_t{256} * 1024 * 1024;
    /// What may wait for the writer; beyond it record() refuses with LimitExceeded.
    std::size_t maxQueuedBytes = std::size_t{64} * 1024 * 1024;
};

class History {
public:
    /// After the commit, on the writer's thread; on the caller's when the change was refused at once. It must not
    /// wait for the history.
    using Done = std::function<void(const Result<void>&)>;

    /// `clock` and `logger` must outlive the history. Missing folders are made.
    [[nodiscard]] static Result<std::unique_ptr<History>> open(const std::filesystem::path& file,
                                                               const HistoryOptions& options, const Clock& clock,
                                                               Logger& logger);
    /// Writes what is queued.
    ~History();
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    /// A sentence for the user when a damaged file was set aside at opening.
    [[nodiscard]] const std::optional<std::string>& notice() const;

    void record(Change change, Done done = {});
    /// Waits until everything handed over before is written or refused, and the bounds are kept again.
    [[nodiscard]] Result<void> flush(std::chrono::milliseconds patience = std::chrono::seconds(30));

    [[nodiscard]] Result<std::unique_ptr<HistoryReader>> reader() const;

private:
    class Writer;
    History(std::filesystem::path file, std::optional<std::string> notice, std::unique_ptr<Writer> writer);

    std::filesystem::path file_;
    std::optional<std::string> notice_;
    std::unique_ptr<Writer> writer_;
};

}  // namespace cerebral::history
