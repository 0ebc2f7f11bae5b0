#pragma once
/// @file JsonObjectSink<T>: an ObjectSink that decodes with simdjson into a Store<T>.
///
/// Instantiated in the .cpp of each kind, next to its decoder; never included by a header.
/// One parser is kept and reused, so a sink allocates per object, not per event.

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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
    /// From the text of one object, behind which simdjson::SIMDJSON_PADDING more bytes may be read; nothing when
    /// it is not as nearly all are.
    using Read = std::function<std::optional<T>(std::string_view)>;

    /// `read`, if given, is asked first: for kinds of which there are so many that a tree of each takes too long.
    JsonObjectSink(Store<T>& store, Decode decode, Read read = {})
        : store_(store), decode_(decode), read_(std::move(read)) {}

    Result<ListMeta> addPage(std::string_view listJson, bool showAtOnce) override {
        json::Element list;
        if (parser_.parse(listJson.data(), listJson.size()).get(list) != simdjson::SUCCESS) {
            return fail(ErrorKind::Malformed, "the list is not JSON");
        }
        auto meta = readListMeta(list);
        if (!meta) return meta;
        beginList(showAtOnce);
        json::each(list, "items", [&](json::Element item) {
            ++meta->items;
            if (auto object = decodeCounting(item)) collect(std::move(object), showAtOnce);
        });
        showCollected();
        return meta;
    }

    void commitList() override {
        showCollected();
        forgetPages();
        const Listing was = std::exchange(listing_, Listing::None);
        if (was == Listing::IntoEmptyStore) return;
        std::vector<ObjectPtr<T>> all;
        all.reserve(collected_.size());
        for (auto& [key, object] : collected_) all.push_back(std::move(object));
        collected_ = {};
        store_.replace(all);
    }

    void abandonList() override {
        showCollected();
        forgetPages();
        listing_ = Listing::None;
        collected_ = {};
    }

    Result<WatchEventMeta> applyEvent(std::string_view line, bool collecting, bool showAtOnce) override {
        WatchEventMeta quick;
        if (auto object = readQuickly(line, quick)) {
            apply(quick.type == WatchEventType::Deleted, std::move(object), collecting, showAtOnce);
            return quick;
        }
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
        if (object) apply(meta->type == WatchEventType::Deleted, std::move(object), collecting, showAtOnce);
        return meta;
    }

    void showCollected() override {
        if (shown_.empty()) return;
        store_.upsertAll(shown_);
        shown_.clear();
    }

    [[nodiscard]] std::uint64_t malformed() const override { return malformed_; }

private:
    enum class Listing : std::uint8_t {
        None,
        /// The store held nothing and shows everything at once: it is the collection itself.
        IntoEmptyStore,
        Collecting,
    };

    /// What a page of many objects takes is a hundred times what an event takes.
    void forgetPages() {
        if (parser_.capacity() > kKeptForEvents) parser_ = simdjson::dom::parser();
        shown_.shrink_to_fit();
    }
    void beginList(bool showAtOnce) {
        if (listing_ != Listing::None) return;
        listing_ = showAtOnce && store_.size() == 0 ? Listing::IntoEmptyStore : Listing::Collecting;
    }
    /// Null when the event is not written as Kubernetes writes it, or `read_` does not know what to make of it.
    ObjectPtr<T> readQuickly(std::string_view line, WatchEventMeta& meta) {
        constexpr std::pair<std::string_view, WatchEventType> kBeginnings[] = {
            {R"({"type":"ADDED","object":)", WatchEventType::Added},
            {R"({"type":"MODIFIED","object":)", WatchEventType::Modified},
            {R"({"type":"DELETED","object":)", WatchEventType::Deleted}};
        if (!read_ || !line.ends_with('}')) return nullptr;
        for (const auto& [beginning, type] : kBeginnings) {
            if (!line.starts_with(beginning)) continue;
            const std::string_view object = line.substr(beginning.size(), line.size() - beginning.size() - 1);
            if (padded_.size() < object.size() + simdjson::SIMDJSON_PADDING)
                padded_.resize(2 * object.size() + simdjson::SIMDJSON_PADDING);
            std::copy(object.begin(), object.end(), padded_.begin());
            auto decoded = read_(std::string_view(padded_.data(), object.size()));
            if (!decoded) return nullptr;
            meta.type = type;
            meta.resourceVersion = decoded->meta.resourceVersion;
            return std::make_shared<const T>(std::move(*decoded));
        }
        return nullptr;
    }
    void apply(bool deleted, ObjectPtr<T> object, bool collecting, bool showAtOnce) {
        if (collecting) beginList(showAtOnce);
        if (collecting && !deleted) return collect(std::move(object), showAtOnce);
        if (collecting) collected_.erase(object->meta.key());
        if (collecting && !showAtOnce) return;
        if (deleted) {
            showCollected();
            store_.remove(std::move(object));
        } else {
            store_.upsert(std::move(object));
        }
    }
    ObjectPtr<T> decodeCounting(json::Element element) {
        auto object = decode_(element);
        if (object) return std::make_shared<const T>(std::move(*object));
        ++malformed_;
        return nullptr;
    }
    void collect(ObjectPtr<T> object, bool showAtOnce) {
        if (listing_ == Listing::Collecting) collected_.insert_or_assign(object->meta.key(), object);
        if (showAtOnce) shown_.push_back(std::move(object));
    }

    static constexpr std::size_t kKeptForEvents = 256U * 1024U;

    Store<T>& store_;
    Decode decode_;
    Read read_;
    std::vector<char> padded_;
    simdjson::dom::parser parser_;
    Listing listing_ = Listing::None;
    std::unordered_map<std::string, ObjectPtr<T>> collected_;
    std::vector<ObjectPtr<T>> shown_;  ///< to be shown by `showCollected`
    std::uint64_t malformed_ = 0;
};

}  // namespace cerebral::kube
