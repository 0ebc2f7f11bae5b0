#pragma once
/// @file ObjectStore: what etcd and the API server's watch cache are to a cluster.
///
/// One version counter for all kinds. Every change is kept for a window, so that a watch can resume;
/// older versions are `Gone` (ErrorKind). Objects rest as bytes; changing one parses it once and every
/// watcher of the change shares one rendering.
///
/// Thread-safe. Sinks are called in order of version, under the store's lock: they must be quick and
/// must not call back into the store.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/store/identity.h"
#include "app/demo/store/object.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace cerebral::demo {

class ChangeSink {
public:
    virtual ~ChangeSink() = default;
    /// `line` is the rendered event, the same for every sink. Returning false unsubscribes.
    virtual bool onChange(const Change& change, const std::string& line) = 0;
};

struct Snapshot {
    std::vector<ObjectPtr> objects;  ///< ordered by namespace and name
    std::uint64_t version = 0;
};

/// Changes a tree in place; returning false leaves the object as it is.
using Edit = std::function<bool(Json&)>;

enum class Part : std::uint8_t {
    Everything,  ///< controllers
    Spec,        ///< the status stays what it was
    Status,      ///< only the status changes
};

class ObjectStore {
public:
    ObjectStore(Identity& identity, const Clock& clock, std::size_t historyPerKind);
    ~ObjectStore();
    ObjectStore(const ObjectStore&) = delete;
    ObjectStore& operator=(const ObjectStore&) = delete;

    /// Fills uid, resourceVersion, creationTimestamp and generation; a name from generateName.
    /// AlreadyExists, NotFound (of the namespace), Invalid (name).
    Result<ObjectPtr> create(const ResourceKind& kind, Json tree);
    /// NotFound; Conflict when `expectVersion` is set and differs.
    Result<ObjectPtr> update(const ResourceKind& kind, std::string_view ns, std::string_view name, const Edit& edit,
                             Part part = Part::Everything, std::optional<std::uint64_t> expectVersion = {});
    /// Removes the object and, later through `Change`s of their own, everything it owns.
    Result<ObjectPtr> remove(const ResourceKind& kind, std::string_view ns, std::string_view name);
    /// Creates or replaces without events, before anybody watches. The objects are complete but for their version.
    void preload(std::vector<std::shared_ptr<Object>> objects);

    [[nodiscard]] ObjectPtr find(const ResourceKind& kind, std::string_view ns, std::string_view name) const;
    /// An empty namespace means all. `after` is a key ("ns/name") to begin behind, `limit` 0 means all.
    [[nodiscard]] Snapshot list(const ResourceKind& kind, std::string_view ns, const Selector& selector = {},
                                std::string_view after = {}, std::size_t limit = 0) const;
    [[nodiscard]] std::uint64_t version() const;
    [[nodiscard]] std::size_t count(const ResourceKind& kind) const;

    /// Replays what happened after `from`, then every further change. Gone when `from` lies before the
    /// window. The store holds the sink weakly.
    Result<std::uint64_t> watch(const ResourceKind& kind, std::uint64_t from,
                                const std::shared_ptr<ChangeSink>& sink);
    /// `initial` runs under the lock with the present state, then changes follow without a gap.
    void watchFromNow(const ResourceKind& kind, const std::shared_ptr<ChangeSink>& sink,
                      const std::function<void(const Snapshot&)>& initial);
    /// Forgets the history, as compaction does: watches from older versions are then Gone.
    void compact();
    /// Versions go on from here and older ones are Gone, as after restoring a backup
    /// (etcdutl snapshot restore --bump-revision --mark-compacted).
    void raise(std::uint64_t version);
    /// Versions before it were forgotten by `compact`.
    [[nodiscard]] std::uint64_t oldestVersion() const;
    /// Changes committed since the start.
    [[nodiscard]] std::uint64_t changes() const;
    [[nodiscard]] WallTime now() const { return clock_.now(); }
    [[nodiscard]] Identity& identity() { return identity_; }

private:
    struct Collection {
        std::map<std::string, ObjectPtr, std::less<>> objects;
        std::deque<Change> history;
        std::uint64_t compacted = 0;  ///< versions up to this are no longer in `history`
        std::vector<std::weak_ptr<ChangeSink>> sinks;
    };
    Collection& collection(const ResourceKind& kind) const;
    void commit(Collection& collection, Change change);
    void removeOwned(const std::string& uid);

    Identity& identity_;
    const Clock& clock_;
    const std::size_t historyPerKind_;
    mutable std::mutex mutex_;
    mutable std::map<const ResourceKind*, Collection> collections_;
    std::map<std::string, std::vector<std::pair<const ResourceKind*, std::string>>, std::less<>> owned_;
    std::uint64_t version_ = 1000;
    std::uint64_t changes_ = 0;
    std::uint64_t oldest_ = 0;
};

}  // namespace cerebral::demo
