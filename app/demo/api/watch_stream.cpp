#include "app/demo/api/watch_stream.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/demo/api/status_answer.h"

namespace cerebral::demo {
namespace {

constexpr std::chrono::milliseconds kGather{3};
constexpr std::chrono::seconds kBookmarkEvery{10};
constexpr std::size_t kWriteAtOnce = 256U * 1024U;
/// More than a reader on this machine takes in kGather, so that it never waits for us.
constexpr std::size_t kQueueAtMost = 4U * 1024U * 1024U;
constexpr std::size_t kWaitAtMost = 16U * 1024U * 1024U;

/// What a bookmark of each kind carries besides its version: the zero values of built-in types.
Json bookmarkObject(const ResourceKind& kind, std::uint64_t version, bool endOfInitialEvents) {
    Json object = {{"kind", kind.kind},
                   {"apiVersion", kind.apiVersion()},
                   {"metadata", {{"resourceVersion", std::to_string(version)}}}};
    if (endOfInitialEvents) object["metadata"]["annotations"] = {{"k8s.io/initial-events-end", "true"}};
    if (kind.kind == "Pod") {
        object["spec"] = {{"containers", nullptr}};
        object["status"] = Json::object();
    } else if (kind.kind == "Deployment" || kind.kind == "ReplicaSet") {
        object["spec"] = {{"replicas", 0},
                          {"selector", nullptr},
                          {"template", {{"metadata", Json::object()}, {"spec", {{"containers", nullptr}}}}}};
        object["status"] = Json::object();
        if (kind.kind == "Deployment")
            object["spec"]["strategy"] = Json::object();
        else
            object["status"]["replicas"] = 0;
    }
    return object;
}

}  // namespace

void OpenWatches::add(std::shared_ptr<WatchStream> stream) {
    const std::lock_guard lock(mutex_);
    streams_.insert(std::move(stream));
}

void OpenWatches::remove(const WatchStream* stream) {
    std::shared_ptr<WatchStream> last;  // destroyed after the lock is released
    const std::lock_guard lock(mutex_);
    for (auto it = streams_.begin(); it != streams_.end(); ++it) {
        if (it->get() != stream) continue;
        last = *it;
        streams_.erase(it);
        return;
    }
}

std::set<std::shared_ptr<WatchStream>> OpenWatches::taken() {
    const std::lock_guard lock(mutex_);
    return std::exchange(streams_, {});
}

void OpenWatches::cutAll() {
    for (const auto& stream : taken()) stream->cut();
}

void OpenWatches::expireAll() {
    for (const auto& stream : taken()) stream->expire();
}

std::size_t OpenWatches::size() const {
    const std::lock_guard lock(mutex_);
    return streams_.size();
}

WatchStream::WatchStream(WatchRequest request, net::Responder responder, ObjectStore& store, Scheduler& scheduler)
    : request_(std::move(request)), responder_(std::move(responder)), store_(store), scheduler_(scheduler) {}

void WatchStream::start(OpenWatches& open) {
    open_ = &open;
    const auto self = shared_from_this();
    open.add(self);
    net::ServerResponse head = jsonAnswer(200, {});
    if (request_.representation == Representation::Table) {
        head.headers.set("Content-Type", "application/json;as=Table;g=meta.k8s.io;v=v1;stream=watch");
    }
    responder_.begin(std::move(head));
    responder_.onDisconnect([weak = weak_from_this()] {
        if (const auto stream = weak.lock()) stream->finish(false);
    });

    const std::string& from = request_.resourceVersion;
    const bool fromState = request_.initialEvents || from.empty() || from == "0";
    if (fromState) {
        store_.watchFromNow(*request_.kind, self, [this](const Snapshot& snapshot) {
            for (const ObjectPtr& object : snapshot.objects) {
                if (!request_.ns.empty() && object->ns != request_.ns) continue;
                if (request_.selector.matches(*object)) initial_.push_back(object);
            }
            if (request_.initialEvents) initialEnd_ = bookmark(snapshot.version, true);
        });
    } else {
        std::uint64_t version = 0;
        std::from_chars(from.data(), from.data() + from.size(), version);
        if (const auto begun = store_.watch(*request_.kind, version, self); !begun) {
            queue(watchError(410, "Expired", begun.error().message));
            flush();
            finish(true);
            return;
        }
    }
    flush();
    if (request_.bookmarks) keepBookmarking();
    scheduler_.afterUnscaled(request_.timeout, [weak = weak_from_this()] {
        const auto stream = weak.lock();
        if (!stream) return;
        if (stream->request_.bookmarks) stream->queue(stream->bookmark(stream->store_.version(), false));
        stream->flush();
        stream->finish(true);
    });
}

bool WatchStream::onChange(const Change& change, const std::string& line) {
    {
        const std::lock_guard lock(mutex_);
        if (over_) return false;
    }
    if (!request_.ns.empty() && change.object->ns != request_.ns) return true;
    const bool matches = request_.selector.matches(*change.object);
    if (request_.selector.empty() || change.type == ChangeType::Added) {
        if (matches) append(change.type, change.object, &line);
        return true;
    }
    // An object enters or leaves a selection by being changed.
    const bool matched = change.previous && request_.selector.matches(*change.previous);
    if (change.type == ChangeType::Deleted) {
        if (matched || matches) append(ChangeType::Deleted, change.object, &line);
    } else if (matches) {
        append(matched ? ChangeType::Modified : ChangeType::Added, change.object, matched ? &line : nullptr);
    } else if (matched) {
        append(ChangeType::Deleted, change.object, nullptr);
    }
    return true;
}

void WatchStream::render(std::string& out, ChangeType type, const Object& object) const {
    switch (request_.representation) {
        case Representation::Object:
            break;
        case Representation::Table: {
            const auto shared = std::shared_ptr<const Object>(std::shared_ptr<const Object>(), &object);
            std::string table = tableOf(*request_.kind, {&shared, 1},
                                        R"({"resourceVersion":")" + std::to_string(object.version) + "\"}",
                                        request_.rowObject, store_.now());
            table.pop_back();  // its line feed
            return appendWatchLine(out, type, table);
        }
        case Representation::Metadata:
            return appendWatchLine(out, type,
                                   Json{{"kind", "PartialObjectMetadata"},
                                        {"apiVersion", "meta.k8s.io/v1"},
                                        {"metadata", object.parse()["metadata"]}}
                                       .dump());
    }
    appendWatchLine(out, type, object);
}

void WatchStream::append(ChangeType type, const ObjectPtr& object, const std::string* line) {
    if (line && request_.representation == Representation::Object) return queue(*line);
    std::string own;
    render(own, type, *object);
    queue(own);
}

void WatchStream::queue(std::string_view text) {
    const std::lock_guard lock(mutex_);
    if (over_ || tooSlow_) return;
    pending_ += text;
    if (pending_.size() > kWaitAtMost) {
        tooSlow_ = true;
        pending_ = {};
    }
    if (std::exchange(flushDue_, true)) return;
    flushLater();
}

void WatchStream::flushLater() {
    scheduler_.afterUnscaled(kGather, [weak = weak_from_this()] {
        if (const auto stream = weak.lock()) stream->flush();
    });
}

/// False: there is more, and the watcher has enough to read for now.
bool WatchStream::writeInitial(bool& alive) {
    while (alive && nextInitial_ < initial_.size()) {
        if (responder_.queuedBytes() > kQueueAtMost) return false;
        std::string chunk;
        chunk.reserve(kWriteAtOnce + kWriteAtOnce / 8);
        while (chunk.size() < kWriteAtOnce && nextInitial_ < initial_.size()) {
            render(chunk, ChangeType::Added, *initial_[nextInitial_++]);
        }
        alive = responder_.write(std::move(chunk));
    }
    initial_ = {};
    nextInitial_ = 0;
    if (alive && !initialEnd_.empty()) alive = responder_.write(std::exchange(initialEnd_, {}));
    return true;
}

void WatchStream::flush() {
    bool alive = true;
    {
        // Writing may run callbacks of ours on the server's thread: never under mutex_.
        const std::lock_guard order(writeMutex_);
        {
            const std::lock_guard lock(mutex_);
            if (over_) return;
            alive = !tooSlow_;
        }
        if (!alive) responder_.abort();
        if (alive && !writeInitial(alive)) return flushLater();
        std::string all;
        {
            const std::lock_guard lock(mutex_);
            flushDue_ = false;
            all = std::exchange(pending_, {});
        }
        if (alive && !all.empty()) alive = responder_.write(std::move(all));
    }
    if (!alive) finish(false);
}

std::string WatchStream::bookmark(std::uint64_t version, bool endOfInitialEvents) const {
    Json object = bookmarkObject(*request_.kind, version, endOfInitialEvents);
    if (request_.representation == Representation::Table) {
        object = {{"kind", "Table"},
                  {"apiVersion", "meta.k8s.io/v1"},
                  {"metadata", object["metadata"]},
                  {"columnDefinitions", nullptr},
                  {"rows", Json::array()}};
    } else if (request_.representation == Representation::Metadata) {
        object = {
            {"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object["metadata"]}};
    }
    return "{\"type\":\"BOOKMARK\",\"object\":" + object.dump() + "}\n";
}

void WatchStream::keepBookmarking() {
    scheduler_.afterUnscaled(kBookmarkEvery, [weak = weak_from_this()] {
        const auto stream = weak.lock();
        if (!stream) return;
        // Read before it is queued: everything up to this version is in the buffer already.
        stream->queue(stream->bookmark(stream->store_.version(), false));
        stream->keepBookmarking();
    });
}

void WatchStream::finish(bool properly) {
    {
        const std::lock_guard lock(mutex_);
        if (over_) return;
        over_ = true;
        pending_.clear();
    }
    if (properly) responder_.end();
    open_->remove(this);
}

void WatchStream::cut() {
    const auto self = shared_from_this();
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(over_, true)) return;
    }
    responder_.abort();
}

void WatchStream::expire() {
    const auto self = shared_from_this();
    queue(watchError(410, "Expired", "too old resource version: the history was compacted"));
    flush();
    finish(true);
}

}  // namespace cerebral::demo
