#pragma once
/// @file JsonObjectSink<T>: an ObjectSink that decodes with simdjson into a Store<T>.
///
/// Instantiated in the .cpp of each kind, next to its decoder; never included by a header.
/// One parser is kept and reused, so a sink allocates per object, not per event.

#include <simdjson.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/kube/json_fields.h"
#include "core/kube/object_sink.h"
#include "core/kube/store.h"
#include "core/kube/watch_event.h"

namespace cerebral::kube {

template <class T>
class JsonObjectSink final : public ObjectSink {
public:
    using Decode = Result<T> (*)(json::Element);

    JsonObjectSink(Store<T>& store, Decode decode) : store_(store), decode_(decode) {}

    Result<ListMeta> addPage(std::string_view listJson, bool showAtOnce) override {
        json::Element list;
        if (parser_.parse(listJson.data(), listJson.size()).get(list) != simdjson::SUCCESS) {
            return fail(ErrorKind::Malformed, "the list is not JSON");
        }
        auto meta = readListMeta(list);
        if (!meta) return meta;
        std::vector<ObjectPtr<T>> page;
        json::each(list, "items", [&](json::Element item) {
            ++meta->items;
            if (auto object = decodeCounting(item)) page.push_back(std::move(object));
        });
        for (const auto& object : page) collect(object);
        if (showAtOnce) store_.upsertAll(page);
        return meta;
    }

    void commitList() override {
        std::vector<ObjectPtr<T>> all;
        all.reserve(collected_.size());
        for (auto& [key, object] : collected_) all.push_back(std::move(object));
        collected_.clear();
        store_.replace(all);
    }

    void abandonList() override { collected_.clear(); }

    Result<WatchEventMeta> applyEvent(std::string_view line, bool collecting, bool showAtOnce) override {
        json::Element event;
        if (parser_.parse(line.data(), line.size()).get(event) != simdjson::SUCCESS) {
            ++malformed_;
            return fail(ErrorKind::Malformed, "the server sent a watch line that is not JSON");
        }
        auto meta = readWatchEvent(event);
        if (!meta) {
            ++malformed_;
            return meta;
        }
        if (meta->type == WatchEventType::Bookmark || meta->type == WatchEventType::Error) return meta;
        auto object = decodeCounting(*json::field(event, "object"));
        if (!object) return meta;
        const bool deleted = meta->type == WatchEventType::Deleted;
        if (collecting && deleted) collected_.erase(object->meta.key());
        if (collecting && !deleted) collect(object);
        if (collecting && !showAtOnce) return meta;
        if (deleted) {
            store_.remove(std::move(object));
        } else {
            store_.upsert(std::move(object));
        }
        return meta;
    }

    [[nodiscard]] std::uint64_t malformed() const override { return malformed_; }

private:
    ObjectPtr<T> decodeCounting(json::Element element) {
        auto object = decode_(element);
        if (object) return std::make_shared<const T>(std::move(*object));
        ++malformed_;
        return nullptr;
    }
    void collect(const ObjectPtr<T>& object) { collected_.insert_or_assign(object->meta.key(), object); }

    Store<T>& store_;
    Decode decode_;
    simdjson::dom::parser parser_;
    std::unordered_map<std::string, ObjectPtr<T>> collected_;
    std::uint64_t malformed_ = 0;
};

}  // namespace cerebral::kube
