#pragma once
/// @file SpoolDatabase: the spool's SQLite file (WAL, synchronous=FULL) behind typed statements.
///
/// Manifests are kept, not bodies: a push of 25 MB leaves a few KiB. One process owns the file
/// (locking_mode=EXCLUSIVE; a second one is told so). Not thread-safe: `Spool` serialises.
/// SQLiteCpp's exceptions end in this class.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "receiver/spool/spool_types.h"

namespace cerebral::receiver {

class SpoolDatabase {
public:
    /// Creates the folder and the file where missing. A file that is no database any more is moved
    /// aside (`movedAside` gets its new name) and a new one begun: refusing to start would lose pushes too.
    static Result<std::unique_ptr<SpoolDatabase>> open(const std::string& directory, std::string& movedAside);
    ~SpoolDatabase();
    SpoolDatabase(const SpoolDatabase&) = delete;
    SpoolDatabase& operator=(const SpoolDatabase&) = delete;

    /// Runs `work` in one transaction that is durable when this returns; an error rolls all of it back.
    Result<void> transact(const std::function<Result<void>()>& work);

    Result<Added> add(const SpooledRun& run, WallTime now);
    Result<void> mark(const std::string& name, RunState state, const std::string& detail);
    Result<void> record(const DeliveryRecord& delivery);
    /// Drops what is older than a redelivery can be: finished runs after `keepRuns`, their manifests
    /// after `keepManifests`, history beyond `keepDeliveries` rows.
    Result<void> prune(WallTime now);

    /// Pending and Created, oldest first. Manifests are left out.
    Result<std::vector<SpooledRun>> unfinished();
    Result<std::size_t> countPending();
    Result<std::optional<SpooledRun>> find(const std::string& name);
    Result<std::vector<DeliveryRecord>> deliveries(std::size_t limit);
    /// The newest record of that delivery.
    Result<std::optional<DeliveryRecord>> delivery(const std::string& id);

private:
    class Impl;
    explicit SpoolDatabase(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::receiver
