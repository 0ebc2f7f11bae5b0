#pragma once
/// @file ChangeFunnel<T>: merges the changes of many announcements into one batch, by uid.
///
/// Thread-safe. What a batch says is the net effect: added then removed is nothing, added then updated
/// is added with the newest state, removed then added again under the same uid is updated. Objects come
/// out in the order in which they were first met.

#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/kube/store.h"

namespace cerebral::ui {

template <class T>
class ChangeFunnel {
public:
    void push(const kube::Changes<T>& changes) {
        const std::scoped_lock lock(mutex_);
        for (const auto& object : changes.removed) merge(object, Kind::Removed);
        for (const auto& object : changes.added) merge(object, Kind::Added);
        for (const auto& object : changes.updated) merge(object, Kind::Updated);
    }

    [[nodiscard]] kube::Changes<T> take() {
        std::vector<Pending> pending;
        {
            const std::scoped_lock lock(mutex_);
            pending.swap(pending_);
            places_.clear();
        }
        kube::Changes<T> net;
        for (Pending& entry : pending) {
            switch (entry.kind) {
                case Kind::Added:
                    net.added.push_back(std::move(entry.object));
                    break;
                case Kind::Updated:
                    net.updated.push_back(std::move(entry.object));
                    break;
                case Kind::Removed:
                    net.removed.push_back(std::move(entry.object));
                    break;
                case Kind::Nothing:
                    break;
            }
        }
        return net;
    }

private:
    enum class Kind : std::uint8_t { Added, Updated, Removed, Nothing };
    struct Pending {
        Kind kind;
        kube::ObjectPtr<T> object;
        kube::ObjectPtr<T> first;  ///< whose uid `places_` refers to
    };

    void merge(const kube::ObjectPtr<T>& object, Kind kind) {
        const auto [it, fresh] = places_.try_emplace(std::string_view(object->meta.uid), pending_.size());
        if (fresh) {
            pending_.push_back({kind, object, object});
            return;
        }
        Pending& held = pending_[it->second];
        if (held.kind == Kind::Nothing) {
            held.kind = kind;
        } else if (kind == Kind::Removed) {
            held.kind = held.kind == Kind::Added ? Kind::Nothing : Kind::Removed;
        } else if (held.kind == Kind::Removed) {
            held.kind = Kind::Updated;
        }
        held.object = object;
    }

    std::mutex mutex_;
    std::vector<Pending> pending_;
    std::unordered_map<std::string_view, std::size_t> places_;  ///< in `pending_`, by uid
};

}  // namespace cerebral::ui
