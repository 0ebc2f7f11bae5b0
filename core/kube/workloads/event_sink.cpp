#include <algorithm>
#include <set>

#include "core/kube/json_object_sink.h"
#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/decode_event.h"

namespace cerebral::kube {
namespace {

/// A set of events that never holds more than the newest `capacity`.
class NewestEvents {
public:
    explicit NewestEvents(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

    /// Returns what had to go for it: nothing, an older event, or `event` itself.
    ObjectPtr<Event> put(const ObjectPtr<Event>& event) {
        erase(*event);
        byKey_.emplace(event->meta.key(), event);
        byAge_.insert(event);
        if (byAge_.size() <= capacity_) return nullptr;
        ObjectPtr<Event> oldest = *byAge_.begin();
        erase(*oldest);
        return oldest;
    }
    void erase(const Event& event) {
        const auto it = byKey_.find(event.meta.key());
        if (it == byKey_.end()) return;
        byAge_.erase(it->second);
        byKey_.erase(it);
    }
    void clear() {
        byAge_.clear();
        byKey_.clear();
    }
    [[nodiscard]] std::vector<ObjectPtr<Event>> all() const { return {byAge_.begin(), byAge_.end()}; }

private:
    struct OlderFirst {
        bool operator()(const ObjectPtr<Event>& a, const ObjectPtr<Event>& b) const {
            if (a->when() != b->when()) return a->when() < b->when();
            return a->meta.key() < b->meta.key();
        }
    };
    std::size_t capacity_;
    std::set<ObjectPtr<Event>, OlderFirst> byAge_;
    std::unordered_map<std::string, ObjectPtr<Event>> byKey_;
};

/// Like JsonObjectSink, with both what is collected and what the store holds bounded.
class EventSink final : public ObjectSink {
public:
    EventSink(Store<Event>& store, std::size_t newest) : store_(store), held_(newest), collected_(newest) {}

    Result<ListMeta> addPage(std::string_view listJson, bool showAtOnce) override {
        json::Element list;
        if (parser_.parse(listJson.data(), listJson.size()).get(list) != simdjson::SUCCESS) {
            return fail(ErrorKind::Malformed, "the list is not JSON");
        }
        auto meta = readListMeta(list);
        if (!meta) return meta;
        json::each(list, "items", [&](json::Element item) {
            ++meta->items;
            const auto event = decodeCounting(item);
            if (!event) return;
            collected_.put(event);
            if (showAtOnce) show(event);
        });
        return meta;
    }

    void commitList() override {
        held_ = collected_;
        collected_.clear();
        store_.replace(held_.all());
    }

    void abandonList() override { collected_.clear(); }

    Result<WatchEventMeta> applyEvent(std::string_view line, bool collecting, bool showAtOnce) override {
        json::Element envelope;
        if (parser_.parse(line.data(), line.size()).get(envelope) != simdjson::SUCCESS) {
            ++malformed_;
            return fail(ErrorKind::Malformed, "the server sent a watch line that is not JSON");
        }
        auto meta = readWatchEvent(envelope);
        if (!meta) {
            ++malformed_;
            return meta;
        }
        if (meta->type == WatchEventType::Bookmark || meta->type == WatchEventType::Error) return meta;
        const auto event = decodeCounting(*json::field(envelope, "object"));
        if (!event) return meta;
        const bool deleted = meta->type == WatchEventType::Deleted;
        if (collecting && deleted) collected_.erase(*event);
        if (collecting && !deleted) collected_.put(event);
        if (collecting && !showAtOnce) return meta;
        if (deleted) {
            held_.erase(*event);
            store_.remove(event);
        } else {
            show(event);
        }
        return meta;
    }

    [[nodiscard]] std::uint64_t malformed() const override { return malformed_; }

private:
    ObjectPtr<Event> decodeCounting(json::Element element) {
        auto event = decodeEventElement(element);
        if (event) return std::make_shared<const Event>(std::move(*event));
        ++malformed_;
        return nullptr;
    }
    void show(const ObjectPtr<Event>& event) {
        const auto gone = held_.put(event);
        if (gone == event) return;
        store_.upsert(event);
        if (gone) store_.remove(gone);
    }

    Store<Event>& store_;
    NewestEvents held_;
    NewestEvents collected_;
    simdjson::dom::parser parser_;
    std::uint64_t malformed_ = 0;
};

}  // namespace

std::unique_ptr<ObjectSink> makeEventSink(Store<Event>& store, std::size_t newest) {
    return std::make_unique<EventSink>(store, newest);
}

}  // namespace cerebral::kube
