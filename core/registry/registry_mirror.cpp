#include "core/registry/registry_mirror.h"

#include <algorithm>
#include <set>

namespace cerebral::registry {
namespace {

/// Not about one tag: going on would only repeat it for every other.
bool endsRefresh(const Error& error) {
    switch (error.kind) {
        case ErrorKind::Cancelled:
        case ErrorKind::Timeout:
        case ErrorKind::Unreachable:
        case ErrorKind::ConnectionLost:
        case ErrorKind::Tls:
        case ErrorKind::TooManyRequests:
            return true;
        default:
            return false;
    }
}

}  // namespace

RegistryMirror::RegistryMirror(RegistryClient& client, MirrorOptions options)
    : client_(client), options_(std::move(options)), reader_(client) {}

std::vector<ImagePtr> RegistryMirror::images() const {
    const std::scoped_lock lock(mutex_);
    std::vector<ImagePtr> all;
    all.reserve(images_.size());
    for (const auto& [key, image] : images_) all.push_back(image);
    return all;
}

ImagePtr RegistryMirror::find(const Key& key) const {
    const std::scoped_lock lock(mutex_);
    const auto it = images_.find(key);
    return it == images_.end() ? nullptr : it->second;
}

Result<std::vector<std::string>> RegistryMirror::repositories(std::stop_token stop) {
    std::set<std::string> names(options_.repositories.begin(), options_.repositories.end());
    auto listed = client_.catalog(std::move(stop));
    if (listed) {
        for (std::string& name : *listed) {
            if (name.starts_with(options_.prefix)) names.insert(std::move(name));
        }
    } else if (names.empty() || endsRefresh(listed.error())) {
        return fail(std::move(listed.error()));
    }
    return std::vector<std::string>(names.begin(), names.end());
}

Result<void> RegistryMirror::refreshTag(const std::string& repository, const std::string& tag,
                                        RefreshOutcome& outcome, std::stop_token stop) {
    const ImagePtr known = find({repository, tag});
    if (known) {
        const auto head = client_.head(repository, tag, known->digest, stop);
        if (!head) return fail(head.error());
        if (head->unchanged) {
            ++outcome.unchanged;
            return {};
        }
    }
    auto image = reader_.read(repository, tag, std::move(stop));
    if (!image) return fail(std::move(image.error()));
    if (!known) {
        ++outcome.added;
    } else if (known->digest != image->digest) {
        ++outcome.changed;
    } else {
        // A registry without digest headers: only the body tells.
        ++outcome.unchanged;
        return {};
    }
    const std::scoped_lock lock(mutex_);
    images_[{repository, tag}] = std::make_shared<const Image>(std::move(*image));
    return {};
}

void RegistryMirror::forget(const std::string& repository, const std::vector<std::string>& present,
                            RefreshOutcome& outcome) {
    const std::set<std::string> kept(present.begin(), present.end());
    const std::scoped_lock lock(mutex_);
    outcome.removed += static_cast<int>(std::erase_if(images_, [&](const auto& entry) {
        return entry.first.first == repository && !kept.contains(entry.first.second);
    }));
}

Result<void> RegistryMirror::refreshRepository(const std::string& repository, RefreshOutcome& outcome,
                                               std::stop_token stop) {
    auto tags = client_.tags(repository, stop);
    if (!tags) {
        if (tags.error().kind == ErrorKind::NotFound) forget(repository, {}, outcome);
        return fail(std::move(tags.error()));
    }
    forget(repository, *tags, outcome);
    for (const std::string& tag : *tags) {
        auto done = refreshTag(repository, tag, outcome, stop);
        if (done) continue;
        if (endsRefresh(done.error())) return done;
        // Deleted between the list and now.
        if (done.error().kind == ErrorKind::NotFound) continue;
        outcome.problems.push_back({repository, tag, std::move(done.error())});
    }
    return {};
}

Result<RefreshOutcome> RegistryMirror::refresh(std::stop_token stop) {
    const auto names = repositories(stop);
    if (!names) return fail(names.error());
    RefreshOutcome outcome;
    for (const std::string& repository : *names) {
        auto done = refreshRepository(repository, outcome, stop);
        if (done) continue;
        if (endsRefresh(done.error())) return fail(std::move(done.error()));
        if (done.error().kind != ErrorKind::NotFound) {
            outcome.problems.push_back({repository, {}, std::move(done.error())});
        }
    }
    const std::set<std::string> present(names->begin(), names->end());
    const std::scoped_lock lock(mutex_);
    outcome.removed += static_cast<int>(
        std::erase_if(images_, [&](const auto& entry) { return !present.contains(entry.first.first); }));
    return outcome;
}

}  // namespace cerebral::registry
