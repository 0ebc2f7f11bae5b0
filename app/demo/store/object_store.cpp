#include "app/demo/store/object_store.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

std::string keyOf(std::string_view ns, std::string_view name) {
    std::string key;
    key.reserve(ns.size() + name.size() + 1);
    return key.append(ns).append("/").append(name);
}

/// RFC 1123 subdomain.
bool isValidName(std::string_view name) {
    if (name.empty() || name.size() > 253) return false;
    const auto alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    char before = '.';
    for (const char c : name) {
        if (!alphanumeric(c) && c != '-' && c != '.') return false;
        if (c == '.' && !alphanumeric(before)) return false;
        if (c == '-' && before == '.') return false;
        before = c;
    }
    return alphanumeric(before);
}

}  // namespace

ObjectStore::ObjectStore(Identity& identity, const Clock& clock, std::size_t historyPerKind)
    : identity_(identity), clock_(clock), historyPerKind_(historyPerKind) {
    for (const ResourceKind& kind : allKinds()) collections_.try_emplace(&kind);
}

ObjectStore::~ObjectStore() = default;

ObjectStore::Collection& ObjectStore::collection(const ResourceKind& kind) const {
    const auto it = collections_.find(&kind);
    assert(it != collections_.end());
    return it->second;
}

void ObjectStore::commit(Collection& collection, Change change) {
    ++changes_;
    if (!collection.sinks.empty()) {
        const std::string line = watchLine(change.type, *change.object);
        std::erase_if(collection.sinks, [&](const std::weak_ptr<ChangeSink>& weak) {
            const auto sink = weak.lock();
            return !sink || !sink->onChange(change, line);
        });
    }
    collection.history.push_back(std::move(change));
    while (collection.history.size() > historyPerKind_) {
        collection.compacted = collection.history.front().object->version;
        collection.history.pop_front();
    }
}

Result<ObjectPtr> ObjectStore::create(const ResourceKind& kind, Json tree) {
    tree["apiVersion"] = kind.apiVersion();
    tree["kind"] = kind.kind;
    Json& meta = tree["metadata"];
    if (!meta.is_object()) meta = Json::object();
    if (!meta.contains("name") && meta.contains("generateName")) {
        meta["name"] = meta["generateName"].get<std::string>() + identity_.suffix();
    }
    const std::string name = meta.value("name", "");
    const std::string ns = kind.namespaced ? meta.value("namespace", "") : "";
    if (!kind.namespaced) meta.erase("namespace");
    if (!isValidName(name)) return fail(ErrorKind::Invalid, name);

    const std::lock_guard lock(mutex_);
    if (kind.namespaced && !collection(kindNamed("Namespace")).objects.contains(keyOf("", ns))) {
        return fail(ErrorKind::NotFound, "namespaces \"" + ns + "\" not found");
    }
    Collection& all = collection(kind);
    std::string key = keyOf(ns, name);
    if (all.objects.contains(key)) return fail(ErrorKind::AlreadyExists, name);
    meta["uid"] = identity_.uid();
    meta["resourceVersion"] = std::to_string(++version_);
    if (!meta.contains("creationTimestamp") || meta["creationTimestamp"].is_null()) {
        meta["creationTimestamp"] = formatRfc3339(clock_.now());
    }
    if (tree.contains("spec")) meta["generation"] = 1;
    ObjectPtr object = freeze(kind, tree, version_);
    all.objects.emplace(key, object);
    for (const std::string& owner : object->owners) owned_[owner].emplace_back(&kind, key);
    commit(all, {ChangeType::Added, object, nullptr});
    return object;
}

Result<ObjectPtr> ObjectStore::update(const ResourceKind& kind, std::string_view ns, std::string_view name,
                                      const Edit& edit, Part part, std::optional<std::uint64_t> expectVersion) {
    const std::lock_guard lock(mutex_);
    Collection& all = collection(kind);
    const auto it = all.objects.find(keyOf(ns, name));
    if (it == all.objects.end()) return fail(ErrorKind::NotFound, std::string(name));
    const ObjectPtr before = it->second;
    if (expectVersion && *expectVersion != before->version) return fail(ErrorKind::Conflict, std::string(name));
    const Json old = before->parse();
    Json tree = old;
    if (!edit(tree)) return before;
    // What a client may not change, whatever it sent.
    tree["apiVersion"] = old["apiVersion"];
    tree["kind"] = old["kind"];
    for (const char* fixed : {"name", "namespace", "uid", "creationTimestamp", "generation", "resourceVersion"}) {
        if (old["metadata"].contains(fixed)) tree["metadata"][fixed] = old["metadata"][fixed];
    }
    if (part == Part::Status) {
        const Json status = tree.value("status", Json());
        tree = old;
        if (status.is_null())
            tree.erase("status");
        else
            tree["status"] = status;
    } else if (part == Part::Spec && kind.hasStatus) {
        if (old.contains("status"))
            tree["status"] = old["status"];
        else
            tree.erase("status");
    }
    if (tree == old) return before;
    if (tree.value("spec", Json()) != old.value("spec", Json())) {
        tree["metadata"]["generation"] = old["metadata"].value("generation", 0) + 1;
    }
    tree["metadata"]["resourceVersion"] = std::to_string(++version_);
    ObjectPtr object = freeze(kind, tree, version_);
    it->second = object;
    commit(all, {ChangeType::Modified, object, before});
    return object;
}

Result<ObjectPtr> ObjectStore::remove(const ResourceKind& kind, std::string_view ns, std::string_view name) {
    const std::lock_guard lock(mutex_);
    Collection& all = collection(kind);
    const auto it = all.objects.find(keyOf(ns, name));
    if (it == all.objects.end()) return fail(ErrorKind::NotFound, std::string(name));
    const ObjectPtr before = it->second;
    all.objects.erase(it);
    Json tree = before->parse();
    tree["metadata"]["resourceVersion"] = std::to_string(++version_);
    ObjectPtr last = freeze(kind, tree, version_);
    commit(all, {ChangeType::Deleted, last, before});
    removeOwned(before->uid);
    return last;
}

void ObjectStore::removeOwned(const std::string& uid) {
    const auto it = owned_.find(uid);
    if (it == owned_.end()) return;
    const auto dependents = std::move(it->second);
    owned_.erase(it);
    for (const auto& [kind, key] : dependents) {
        Collection& all = collection(*kind);
        const auto object = all.objects.find(key);
        if (object == all.objects.end() ||
            std::ranges::find(object->second->owners, uid) == object->second->owners.end())
            continue;
        const ObjectPtr before = object->second;
        all.objects.erase(object);
        Json tree = before->parse();
        tree["metadata"]["resourceVersion"] = std::to_string(++version_);
        commit(all, {ChangeType::Deleted, freeze(*kind, tree, version_), before});
        removeOwned(before->uid);
    }
}

void ObjectStore::preload(std::vector<std::shared_ptr<Object>> objects) {
    const std::lock_guard lock(mutex_);
    for (std::shared_ptr<Object>& object : objects) {
        object->version = ++version_;
        Collection& all = collection(*object->kind);
        std::string key = object->key();
        for (const std::string& owner : object->owners) owned_[owner].emplace_back(object->kind, key);
        all.objects.insert_or_assign(std::move(key), std::move(object));
        all.compacted = version_;
    }
}

ObjectPtr ObjectStore::find(const ResourceKind& kind, std::string_view ns, std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const Collection& all = collection(kind);
    const auto it = all.objects.find(keyOf(kind.namespaced ? ns : "", name));
    return it == all.objects.end() ? nullptr : it->second;
}

Snapshot ObjectStore::list(const ResourceKind& kind, std::string_view ns, const Selector& selector,
                           std::string_view after, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    const Collection& all = collection(kind);
    Snapshot snapshot;
    snapshot.version = version_;
    const std::string prefix = ns.empty() || !kind.namespaced ? std::string() : std::string(ns) + "/";
    auto it = after.empty() ? all.objects.lower_bound(prefix) : all.objects.upper_bound(after);
    for (; it != all.objects.end() && it->first.starts_with(prefix); ++it) {
        if (!selector.matches(*it->second)) continue;
        snapshot.objects.push_back(it->second);
        if (limit != 0 && snapshot.objects.size() == limit) break;
    }
    return snapshot;
}

std::uint64_t ObjectStore::version() const {
    const std::lock_guard lock(mutex_);
    return version_;
}

std::uint64_t ObjectStore::changes() const {
    const std::lock_guard lock(mutex_);
    return changes_;
}

std::size_t ObjectStore::count(const ResourceKind& kind) const {
    const std::lock_guard lock(mutex_);
    return collection(kind).objects.size();
}

Result<std::uint64_t> ObjectStore::watch(const ResourceKind& kind, std::uint64_t from,
                                         const std::shared_ptr<ChangeSink>& sink) {
    const std::lock_guard lock(mutex_);
    Collection& all = collection(kind);
    const std::uint64_t known = std::max(all.compacted, oldest_);
    if (from < known) {
        return fail(ErrorKind::Gone,
                    "too old resource version: " + std::to_string(from) + " (" + std::to_string(known + 1) + ")");
    }
    const auto first =
        std::ranges::upper_bound(all.history, from, {}, [](const Change& c) { return c.object->version; });
    for (auto it = first; it != all.history.end(); ++it) {
        if (!sink->onChange(*it, watchLine(it->type, *it->object))) return version_;
    }
    all.sinks.push_back(sink);
    return version_;
}

void ObjectStore::watchFromNow(const ResourceKind& kind, const std::shared_ptr<ChangeSink>& sink,
                               const std::function<void(const Snapshot&)>& initial) {
    const std::lock_guard lock(mutex_);
    Collection& all = collection(kind);
    Snapshot snapshot;
    snapshot.version = version_;
    snapshot.objects.reserve(all.objects.size());
    for (const auto& [key, object] : all.objects) snapshot.objects.push_back(object);
    initial(snapshot);
    all.sinks.push_back(sink);
}

std::uint64_t ObjectStore::oldestVersion() const {
    const std::lock_guard lock(mutex_);
    return oldest_;
}

void ObjectStore::raise(std::uint64_t version) {
    {
        const std::lock_guard lock(mutex_);
        version_ = std::max(version_, version);
    }
    compact();
}

void ObjectStore::compact() {
    const std::lock_guard lock(mutex_);
    oldest_ = version_;
    for (auto& [kind, all] : collections_) {
        all.history.clear();
        all.compacted = version_;
    }
}

}  // namespace cerebral::demo
