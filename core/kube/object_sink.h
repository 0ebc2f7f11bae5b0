#pragma once
/// @file ObjectSink: where a reflector puts what it reads, whatever the kind.
///
/// Keeps the reflector free of templates and of JSON. The typed implementation is
/// `json_object_sink.h`, instantiated once per kind next to its decoder. All calls come from the
/// reflector's thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace cerebral::kube {

struct ListMeta {
    std::string resourceVersion;
    std::string continueToken;  ///< empty on the last page
    std::size_t items = 0;
};

enum class WatchEventType : std::uint8_t { Added, Modified, Deleted, Bookmark, Error };

struct WatchEventMeta {
    WatchEventType type = WatchEventType::Bookmark;
    std::string resourceVersion;
    /// BOOKMARK with annotation `k8s.io/initial-events-end: "true"` (WatchList).
    bool initialEventsEnd = false;
    /// For Error: the Status object as an Error (410 → Gone).
    Error status;
};

class ObjectSink {
public:
    virtual ~ObjectSink() = default;

    /// A full answer of a list request. Objects are collected; when `showAtOnce` (the very first
    /// load) they become visible page by page. Undecodable items are counted, not fatal.
    virtual Result<ListMeta> addPage(std::string_view listJson, bool showAtOnce) = 0;
    /// The pages since the last commit or abandon are the complete truth.
    virtual void commitList() = 0;
    virtual void abandonList() = 0;

    /// One watch line. `collect`: it belongs to a WatchList's initial events, to be kept until
    /// `commitList` (made visible by `showCollected` before, when `showAtOnce`).
    virtual Result<WatchEventMeta> applyEvent(std::string_view line, bool collect, bool showAtOnce) = 0;
    /// The lines that arrived together have been applied: what is to be shown at once is shown, as one change.
    virtual void showCollected() {}

    /// Objects seen that could not be decoded.
    [[nodiscard]] virtual std::uint64_t malformed() const = 0;
};

}  // namespace cerebral::kube
