#include "core/webhook/push_event.h"

#include <algorithm>
#include <memory>

#include "core/base/time_format.h"
#include "core/webhook/json_walk.h"

namespace cerebral::webhook {
namespace {

using json::Error;
using json::Value;
using simdjson::SUCCESS;

/// The payload and the parser that holds what had to be unescaped.
struct Document {
    std::string text;
    simdjson::ondemand::parser parser;
};

/// `whole` becomes false when the value is not a list of texts.
Error readList(Value value, std::vector<std::string_view>& target, bool& whole) {
    return json::walkItemsIfArray(value, whole, [&](Value item) {
        json::Type type{};
        if (const Error error = item.type().get(type)) return error;
        if (type != json::Type::string) {
            whole = false;
            return json::skip(item);
        }
        return json::viewText(item, target.emplace_back());
    });
}

Error readCommit(json::Object object, PushCommit& commit) {
    bool added = false;
    bool modified = false;
    bool removed = false;
    const Error error = json::walkFields(object, [&](std::string_view key, Value value) {
        if (key == "id") return json::readText(value, commit.id);
        if (key == "message") return json::readText(value, commit.message);
        if (key == "added") return readList(value, commit.added, added);
        if (key == "modified") return readList(value, commit.modified, modified);
        if (key == "removed") return readList(value, commit.removed, removed);
        if (key != "author") return json::skip(value);
        return json::walkFieldsIfObject(value, [&](std::string_view name, Value of) {
            if (name == "name") return json::readText(of, commit.authorName);
            if (name == "username") return json::readText(of, commit.authorUsername);
            return json::skip(of);
        });
    });
    commit.listsPresent = added && modified && removed;
    return error;
}

/// Hooks send integer seconds; other places of GitHub's API (and ping) RFC 3339.
Error readPushedAt(Value value, PushEvent& push) {
    json::Type type{};
    if (const Error error = value.type().get(type)) return error;
    if (type != json::Type::number) {
        const Error error = json::readText(value, push.pushedAtText);
        const auto time = parseRfc3339(push.pushedAtText);
        if (time && *time >= WallTime()) push.pushedAt = *time;
        return error;
    }
    simdjson::ondemand::number number;
    if (const Error error = value.get_number().get(number)) return error;
    if (!number.is_int64()) return SUCCESS;
    // Nanoseconds from 1970 on, and their differences, fit until 2262.
    constexpr auto kLast = std::chrono::floor<std::chrono::seconds>(WallTime::max()).time_since_epoch().count();
    const std::int64_t seconds = number.get_int64();
    push.pushedAtText = std::to_string(seconds);
    if (seconds >= 0 && seconds <= kLast) push.pushedAt = WallTime(std::chrono::seconds(seconds));
    return SUCCESS;
}

bool isObjectId(std::string_view text) {
    return text.size() == 40 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<PushEvent> malformed(std::string_view what) {
    return fail(ErrorKind::Malformed, "push payload: " + std::string(what));
}

/// What the walk found, beside the push itself.
struct Found {
    bool repository = false;
    bool oddCommit = false;  ///< an entry of commits is not an object
    std::string masterBranch;
};

Error readRepository(Value value, PushEvent& push, Found& found) {
    return json::walkFieldsIfObject(value, [&](std::string_view key, Value field) {
        found.repository = true;
        if (key == "full_name") return json::readText(field, push.repository);
        if (key == "clone_url") return json::readText(field, push.cloneUrl);
        if (key == "default_branch") return json::readText(field, push.defaultBranch);
        if (key == "master_branch") return json::readText(field, found.masterBranch);
        if (key == "pushed_at") return readPushedAt(field, push);
        return json::skip(field);
    });
}

Error readCommits(Value value, PushEvent& push, Found& found) {
    bool isList = false;
    return json::walkItemsIfArray(value, isList, [&](Value item) {
        json::Object commit;
        if (item.get_object().get(commit) == SUCCESS) return readCommit(commit, push.commits.emplace_back());
        found.oddCommit = true;
        return json::skip(item);
    });
}

Error readHeadCommit(Value value, PushEvent& push) {
    json::Object head;
    if (value.get_object().get(head) != SUCCESS) return json::skip(value);
    return readCommit(head, push.headCommit.emplace());
}

Error readPush(json::Object root, PushEvent& push, Found& found) {
    return json::walkFields(root, [&](std::string_view key, Value value) {
        if (key == "ref") return json::readText(value, push.ref);
        if (key == "before") return json::readText(value, push.before);
        if (key == "after") return json::readText(value, push.after);
        if (key == "created") return json::readFlag(value, push.created);
        if (key == "deleted") return json::readFlag(value, push.deleted);
        if (key == "forced") return json::readFlag(value, push.forced);
        if (key == "compare") return json::readText(value, push.compareUrl);
        if (key == "repository") return readRepository(value, push, found);
        if (key == "commits") return readCommits(value, push, found);
        if (key == "head_commit") return readHeadCommit(value, push);
        if (key != "pusher") return json::skip(value);
        return json::walkFieldsIfObject(value, [&](std::string_view name, Value of) {
            return name == "name" ? json::readText(of, push.pusher) : json::skip(of);
        });
    });
}

/// What a decision cannot do without; empty: all is there.
std::string_view whatIsMissing(const PushEvent& push, const Found& found) {
    if (!found.repository) return "no repository";
    if (push.repository.find('/') == std::string::npos) return "no repository.full_name";
    if (!push.ref.starts_with("refs/") || push.shortRef().empty()) return "ref is not a full ref name";
    if (!isObjectId(push.before)) return "before is not a commit id";
    if (!isObjectId(push.after)) return "after is not a commit id";
    if (found.oddCommit) return "an entry of commits is not an object";
    return {};
}

}  // namespace

std::string_view PushEvent::shortRef() const {
    std::string_view name = ref;
    for (const std::string_view prefix : {"refs/heads/", "refs/tags/", "refs/"}) {
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    }
    return name;
}

Result<PushEvent> parsePushEvent(std::string text) {
    const auto document = std::make_shared<Document>();
    document->text = std::move(text);
    document->text.reserve(document->text.size() + simdjson::SIMDJSON_PADDING);
    const auto notJson = [](Error error) {
        return malformed(std::string("not JSON: ") + simdjson::error_message(error));
    };
    simdjson::ondemand::document root;
    const simdjson::padded_string_view padded(document->text.data(), document->text.size(),
                                              document->text.capacity());
    if (const Error error = document->parser.iterate(padded).get(root)) return notJson(error);
    json::Type type{};
    if (const Error error = root.type().get(type)) return notJson(error);
    if (type != json::Type::object) return malformed("not an object");
    json::Object object;
    if (const Error error = root.get_object().get(object)) return notJson(error);

    PushEvent push;
    Found found;
    if (const Error error = readPush(object, push, found)) return notJson(error);
    // Of the end of the document there is no location.
    if (root.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return malformed("not JSON: something follows the document");
    }
    if (const std::string_view missing = whatIsMissing(push, found); !missing.empty()) return malformed(missing);
    if (push.defaultBranch.empty()) push.defaultBranch = std::move(found.masterBranch);
    push.document = document;
    return push;
}

}  // namespace cerebral::webhook
