#pragma once
/// @file WatchStream: one open watch. Events go into a buffer under the store's lock and leave it in one
/// write a few milliseconds later, so that a burst costs each watcher one write. The state a watch begins
/// with is rendered as fast as the watcher reads, not at once: ten watchers of 10,000 runs would be 400 MB.

#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "app/demo/api/table.h"
#include "app/demo/sim/scheduler.h"
#include "app/demo/store/object_store.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

enum class Representation : std::uint8_t { Object, Table, Metadata };

struct WatchRequest {
    const ResourceKind* kind = nullptr;
    std::string ns;
    Selector selector;
    std::string resourceVersion;
    bool bookmarks = false;
    bool initialEvents = false;  ///< sendInitialEvents=true
    std::chrono::seconds timeout{1800};
    Representation representation = Representation::Object;
    RowObject rowObject = RowObject::Metadata;
};

class WatchStream;

/// The watches that are open now. Thread-safe.
class OpenWatches {
public:
    void add(std::shared_ptr<WatchStream> stream);
    void remove(const WatchStream* stream);
    /// Cuts every connection, as a dying API server does.
    void cutAll();
    /// Tells every watcher that its version is gone, then ends.
    void expireAll();
    [[nodiscard]] std::size_t size() const;

private:
    std::set<std::shared_ptr<WatchStream>> taken();
    mutable std::mutex mutex_;
    std::set<std::shared_ptr<WatchStream>> streams_;
};

class WatchStream final : public ChangeSink, public std::enable_shared_from_this<WatchStream> {
public:
    WatchStream(WatchRequest request, net::Responder responder, ObjectStore& store, Scheduler& scheduler);
    /// Begins the answer: initial events, then every change. Registers in `open` until it ends.
    void start(OpenWatches& open);
    bool onChange(const Change& change, const std::string& line) override;
    void cut();
    void expire();

private:
    /// As this watcher wants to have it, behind what is in `out`.
    void render(std::string& out, ChangeType type, const Object& object) const;
    void append(ChangeType type, const ObjectPtr& object, const std::string* line);
    void queue(std::string_view text);
    void flush();
    bool writeInitial(bool& alive);
    void flushLater();
    [[nodiscard]] std::string bookmark(std::uint64_t version, bool endOfInitialEvents) const;
    void keepBookmarking();
    void finish(bool properly);

    const WatchRequest request_;
    const net::Responder responder_;
    ObjectStore& store_;
    Scheduler& scheduler_;
    OpenWatches* open_ = nullptr;
    std::mutex writeMutex_;           ///< keeps writes in order; taken before mutex_
    std::vector<ObjectPtr> initial_;  ///< the state it begins with; filled before the first flush
    std::size_t nextInitial_ = 0;
    std::string initialEnd_;  ///< the bookmark behind it
    std::mutex mutex_;
    std::string pending_;
    bool flushDue_ = false;
    bool tooSlow_ = false;  ///< more is waiting than a watcher may leave unread
    bool over_ = false;
};

}  // namespace cerebral::demo
