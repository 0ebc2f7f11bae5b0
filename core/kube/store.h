#pragma once
/// @file Store<T>: the last known state of one kind of object, and what changed.
///
/// Contract
/// - T has a member `kube::ObjectMeta meta`. Objects are immutable once stored (shared_ptr<const T>),
///   so readers on any thread keep what they took for as long as they like.
/// - Identity is meta.uid; the key is namespace/name. A new uid under an old key is announced as
///   removed + added, never as updated. An equal resourceVersion under an equal uid is no change.
/// - One writer (the reflector's thread). Changes are announced on the writer's thread, in order,
///   after they are visible to `snapshot()`; a listener therefore never sees less than was announced.
/// - `replace` swaps in a complete list atomically: whatever is not in it was removed.
/// - Not promised: that every intermediate version is announced (a relist skips those missed).

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/kube/object_meta.h"

namespace cerebral::kube {

template <class T>
using ObjectPtr = std::shared_ptr<const T>;

template <class T>
struct Changes {
    std::vector<ObjectPtr<T>> added;
    std::vector<ObjectPtr<T>> updated;
    std::vector<ObjectPtr<T>> removed;  ///< the last state that was known

    [[nodiscard]] bool empty() const noexcept { return added.empty() && updated.empty() && removed.empty(); }
};

template <class T>
class Store {
public:
    using Listener = std::function<void(const Changes<T>&)>;

    /// Set before the reflector starts; not thread-safe.
    void setListener(Listener listener) { listener_ = std::move(listener); }

    [[nodiscard]] std::vector<ObjectPtr<T>> snapshot() const {
        const std::scoped_lock lock(mutex_);
        std::vector<ObjectPtr<T>> all;
        all.reserve(objects_.size());
        for (const auto& [key, object] : objects_) all.push_back(object);
        return all;
    }
    /// Null when unknown.
    [[nodiscard]] ObjectPtr<T> find(const std::string& key) const {
        const std::scoped_lock lock(mutex_);
        const auto it = objects_.find(key);
        return it == objects_.end() ? nullptr : it->second;
    }
    [[nodiscard]] std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return objects_.size();
    }

    // ---- writer side ----

    /// ADDED and MODIFIED alike: the server may send either for what we hold or lost.
    void upsert(ObjectPtr<T> object) {
        Changes<T> changes;
        {
            const std::scoped_lock lock(mutex_);
            upsertLocked(std::move(object), changes);
        }
        announce(changes);
    }
    void upsert(T object) { upsert(std::make_shared<const T>(std::move(object))); }
    /// Several at once: the pages of a first list, shown as they arrive. Announced once.
    void upsertAll(const std::vector<ObjectPtr<T>>& objects) {
        Changes<T> changes;
        {
            const std::scoped_lock lock(mutex_);
            for (const auto& object : objects) upsertLocked(object, changes);
        }
        announce(changes);
    }
    /// DELETED. The event carries the final state, which is what is announced. An event for a uid we
    /// no longer hold under that key is stale and ignored.
    void remove(ObjectPtr<T> object) {
        Changes<T> changes;
        {
            const std::scoped_lock lock(mutex_);
            const auto it = objects_.find(object->meta.key());
            if (it == objects_.end() || it->second->meta.uid != object->meta.uid) return;
            objects_.erase(it);
            changes.removed.push_back(std::move(object));
        }
        announce(changes);
    }
    void remove(T object) { remove(std::make_shared<const T>(std::move(object))); }
    /// A complete list: what it lacks is gone. Announced once.
    void replace(const std::vector<ObjectPtr<T>>& objects) {
        Changes<T> changes;
        {
            const std::scoped_lock lock(mutex_);
            std::unordered_map<std::string, ObjectPtr<T>> old;
            old.swap(objects_);
            objects_.reserve(objects.size());
            for (const auto& next : objects) {
                const auto it = old.find(next->meta.key());
                if (it != old.end()) {
                    objects_.emplace(it->first, it->second);
                    old.erase(it);
                }
                upsertLocked(next, changes);
            }
            for (auto& [key, gone] : old) changes.removed.push_back(std::move(gone));
        }
        announce(changes);
    }
    /// Ends the cache of something no longer watched: everything is announced as removed.
    void clear() { replace({}); }

private:
    void upsertLocked(ObjectPtr<T> next, Changes<T>& changes) {
        auto [it, inserted] = objects_.try_emplace(next->meta.key(), next);
        if (inserted) {
            changes.added.push_back(std::move(next));
            return;
        }
        ObjectPtr<T>& held = it->second;
        if (held->meta.uid != next->meta.uid) {
            changes.removed.push_back(held);
            held = next;
            changes.added.push_back(std::move(next));
        } else if (held->meta.resourceVersion != next->meta.resourceVersion) {
            held = next;
            changes.updated.push_back(std::move(next));
        }
    }
    void announce(const Changes<T>& changes) {
        if (!changes.empty() && listener_) listener_(changes);
    }

    mutable std::mutex mutex_;
    std::unordered_map<std::string, ObjectPtr<T>> objects_;
    Listener listener_;
};

}  // namespace cerebral::kube
