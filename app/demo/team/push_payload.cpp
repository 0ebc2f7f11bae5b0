#include "app/demo/team/push_payload.h"

#include <nlohmann/json.hpp>

#include "app/demo/store/json.h"
#include "core/base/time_format.h"

namespace cerebral::demo {

std::string pushPayload(const TeamPush& push) {
    const std::string html = "https://github.com/" + push.repository;
    const std::string time = formatRfc3339(push.pushedAt);
    const auto commitJson = [&](const TeamCommit& commit) {
        const Json person = {
            {"name", commit.author}, {"email", commit.username + "@baerautotech.com"}, {"username", commit.username}};
        return Json{{"id", commit.id},
                    {"tree_id", commit.id.substr(20) + commit.id.substr(0, 20)},
                    {"distinct", true},
                    {"message", commit.message},
                    {"timestamp", time},
                    {"url", html + "/commit/" + commit.id},
                    {"author", person},
                    {"committer", person},
                    {"added", commit.added},
                    {"removed", commit.removed},
                    {"modified", commit.modified}};
    };
    Json commits = Json::array();
    for (const TeamCommit& commit : push.commits) commits.push_back(commitJson(commit));
    const std::size_t slash = push.repository.find('/');
    const std::string owner = push.repository.substr(0, slash), name = push.repository.substr(slash + 1);
    const Json sender = {{"login", push.pusher},
                         {"id", 583231},
                         {"type", "User"},
                         {"url", "https://api.github.com/users/" + push.pusher}};
    const Json repository = {
        {"id", 718293645},
        {"name", name},
        {"full_name", push.repository},
        {"private", true},
        {"html_url", html},
        {"url", html},
        {"clone_url", html + ".git"},
        {"ssh_url", "git@github.com:" + push.repository + ".git"},
        {"default_branch", "main"},
        {"master_branch", "main"},
        {"owner", {{"name", owner}, {"login", owner}, {"type", "Organization"}}},
        {"pushed_at", std::chrono::duration_cast<std::chrono::seconds>(push.pushedAt.time_since_epoch()).count()}};
    const Json head = push.commits.empty() ? Json() : commitJson(push.commits.back());
    return Json{{"ref", push.ref},
                {"before", push.before},
                {"after", push.after},
                {"repository", repository},
                {"pusher", {{"name", push.pusher}, {"email", push.pusher + "@baerautotech.com"}}},
                {"sender", sender},
                {"created", push.created},
                {"deleted", push.deleted},
                {"forced", push.forced},
                {"base_ref", nullptr},
                {"compare", html + "/compare/" + push.before.substr(0, 12) + "..." + push.after.substr(0, 12)},
                {"commits", commits},
                {"head_commit", head}}
        .dump();
}

}  // namespace cerebral::demo
