#include "core/webhook/push_event.h"

#include <simdjson.h>

#include <algorithm>
#include <memory>

#include "core/base/time_format.h"

namespace cerebral::webhook {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string textOr(const object& from, const char* key) {
    std::string_view text;
    return from[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

bool flagOr(const object& from, const char* key) {
    bool flag = false;
    return from[key].get(flag) == simdjson::SUCCESS && flag;
}

/// False when the list is absent or not a list of texts.
bool readList(const object& commit, const char* key, std::vector<std::string_view>& target) {
    array list;
    if (commit[key].get(list) != simdjson::SUCCESS) return false;
    target.reserve(list.size());
    for (const element item : list) {
        std::string_view path;
        if (item.get(path) != simdjson::SUCCESS) return false;
        target.push_back(path);
    }
    return true;
}

PushCommit readCommit(const object& json) {
    PushCommit commit;
    commit.id = textOr(json, "id");
    commit.message = textOr(json, "message");
    if (object author; json["author"].get(author) == simdjson::SUCCESS) {
        commit.authorName = textOr(author, "name");
        commit.authorUsername = textOr(author, "username");
    }
    const bool added = readList(json, "added", commit.added);
    const bool modified = readList(json, "modified", commit.modified);
    const bool removed = readList(json, "removed", commit.removed);
    commit.listsPresent = added && modified && removed;
    return commit;
}

/// Hooks send integer seconds; other places of GitHub's API (and ping) RFC 3339.
void readPushedAt(const object& repository, PushEvent& push) {
    const auto value = repository["pushed_at"];
    if (std::int64_t seconds = 0; value.get(seconds) == simdjson::SUCCESS) {
        constexpr std::int64_t kYear9999 = 253'402'300'799;
        push.pushedAtText = std::to_string(seconds);
        if (seconds >= 0 && seconds <= kYear9999) push.pushedAt = WallTime(std::chrono::seconds(seconds));
        return;
    }
    push.pushedAtText = textOr(repository, "pushed_at");
    if (const auto time = parseRfc3339(push.pushedAtText)) push.pushedAt = *time;
}

bool isObjectId(std::string_view text) {
    return text.size() == 40 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<PushEvent> malformed(std::string_view what) {
    return fail(ErrorKind::Malformed, "push payload: " + std::string(what));
}

Result<PushEvent> readPush(const object& root) {
    PushEvent push;
    object repository;
    if (root["repository"].get(repository) != simdjson::SUCCESS) return malformed("no repository");
    push.repository = textOr(repository, "full_name");
    if (push.repository.find('/') == std::string::npos) return malformed("no repository.full_name");
    push.cloneUrl = textOr(repository, "clone_url");
    push.defaultBranch = textOr(repository, "default_branch");
    if (push.defaultBranch.empty()) push.defaultBranch = textOr(repository, "master_branch");
    readPushedAt(repository, push);

    push.ref = textOr(root, "ref");
    push.before = textOr(root, "before");
    push.after = textOr(root, "after");
    if (!push.ref.starts_with("refs/") || push.shortRef().empty()) return malformed("ref is not a full ref name");
    if (!isObjectId(push.before)) return malformed("before is not a commit id");
    if (!isObjectId(push.after)) return malformed("after is not a commit id");
    push.created = flagOr(root, "created");
    push.deleted = flagOr(root, "deleted");
    push.forced = flagOr(root, "forced");
    push.compareUrl = textOr(root, "compare");
    if (object pusher; root["pusher"].get(pusher) == simdjson::SUCCESS) push.pusher = textOr(pusher, "name");

    if (array commits; root["commits"].get(commits) == simdjson::SUCCESS) {
        push.commits.reserve(commits.size());
        for (const element item : commits) {
            object commit;
            if (item.get(commit) != simdjson::SUCCESS) return malformed("an entry of commits is not an object");
            push.commits.push_back(readCommit(commit));
        }
    }
    if (object head; root["head_commit"].get(head) == simdjson::SUCCESS) push.headCommit = readCommit(head);
    return push;
}

}  // namespace

std::string_view PushEvent::shortRef() const {
    std::string_view name = ref;
    for (const std::string_view prefix : {"refs/heads/", "refs/tags/", "refs/"}) {
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    }
    return name;
}

Result<PushEvent> parsePushEvent(const std::string& json) {
    const auto parser = std::make_shared<simdjson::dom::parser>();
    element document;
    if (const auto error = parser->parse(json).get(document); error != simdjson::SUCCESS) {
        return malformed(std::string("not JSON: ") + simdjson::error_message(error));
    }
    object root;
    if (document.get(root) != simdjson::SUCCESS) return malformed("not an object");
    auto push = readPush(root);
    if (push) push->document = parser;
    return push;
}

}  // namespace cerebral::webhook
