#pragma once
/// @file ChangeFunnel<T>: merges the changes of many announcements into one batch, by uid.
///
/// Thread-safe. What a batch says is the net effect: added then removed is nothing, added then updated
/// is added with the newest state, removed then added again under the same uid is updated.

#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

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
        std::unordered_map<std::string, Pending> pending;
        {
            const std::scoped_lock lock(mutex_);
            pending.swap(pending_);
        }
        kube::Changes<T> net;
        for (auto& [uid, entry] : pending) {
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
            }
        }
        return net;
    }

private:
    enum class Kind : std::uint8_t { Added, Updated, Removed };
    struct Pending {
        Kind kind;
        kube::ObjectPtr<T> object;
    };

    void merge(const kube::ObjectPtr<T>& object, Kind kind) {
        auto [it, fresh] = pending_.try_emplace(object->meta.uid, Pending{kind, object});
        if (fresh) return;
        Pending& held = it->second;
        if (held.kind == Kind::Added && kind == Kind::Removed) {
            pending_.erase(it);
            return;
        }
        if (kind == Kind::Removed) held.kind = Kind::Removed;
        if (held.kind == Kind::Removed && kind != Kind::Removed) held.kind = Kind::Updated;
        held.object = object;
    }

    std::mutex mutex_;
    std::unordered_map<std::string, Pending> pending_;
};

}  // namespace cerebral::ui
