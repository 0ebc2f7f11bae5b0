#include "app/demo/team/storyline.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/demo/store/identity.h"
#include "app/demo/team/people.h"

namespace cerebral::demo {
namespace {

constexpr std::array<std::string_view, 12> kStories = {"feature",   "failing",      "stuck",       "base-image",
                                                       "docs-only", "branch",       "flaky",       "force-push",
                                                       "rebuild",   "test-failure", "bad-rollout", "two-services"};

constexpr std::array<std::string_view, 6> kServices = {"ai-services",          "bmad-services",
                                                       "data-services",        "knowledge-services",
                                                       "integration-services", "monitoring-services"};

std::string fileIn(std::string_view service, std::string_view file) {
    return "microservices/" + std::string(service) + "/" + std::string(file);
}

}  // namespace

Storyline::Storyline(std::uint64_t seed, std::map<std::string, std::string> heads)
    : seed_(seed), heads_(std::move(heads)) {}

std::span<const std::string_view> Storyline::stories() {
    return kStories;
}

std::string Storyline::newCommitId() {
    auto random = randomFor(seed_, "commit" + std::to_string(count_++));
    return hexText(random, 40);
}

TeamCommit Storyline::commit(std::string message, std::vector<std::string> modified, std::size_t person) {
    const Person& author = kPeople[person % kPeople.size()];
    return {newCommitId(),
            std::move(message),
            std::string(author.name),
            std::string(author.login),
            {},
            std::move(modified),
            {}};
}

Result<StoryPush> Storyline::next(std::string_view story, WallTime now) {
    if (story.empty()) {
        // The opening once, then everything but the opening's slow ones in turn.
        story = turn_ < kStories.size()
                    ? kStories[turn_]
                    : kStories[kOpening + (turn_ - kStories.size()) % (kStories.size() - kOpening)];
        ++turn_;
    }
    if (std::ranges::find(kStories, story) == kStories.end()) {
        std::string known;
        for (const std::string_view name : kStories) known.append(known.empty() ? "" : ", ").append(name);
        return fail(ErrorKind::Invalid, "there is no story \"" + std::string(story) + "\"; there are " + known);
    }
    auto random = randomFor(seed_, "story" + std::to_string(count_));
    const std::size_t person = random() % kPeople.size();
    const std::string message(kFeatures[random() % kFeatures.size()]);
    const std::string_view any = kServices[random() % kServices.size()];

    StoryPush result;
    result.story = story;
    TeamPush& push = result.push;
    std::string branch = "main";
    if (story == "feature") {
        push.commits = {commit(message, {fileIn("ai-services", "main.py")}, person)};
    } else if (story == "failing") {
        // On branches of their own: a fan-out on main would supersede, that is cancel, these runs.
        branch = "feature/typed-planner";
        push.created = !heads_.contains(branch);
        push.commits = {commit("feat: typed results in the planner",
                               {fileIn("bmad-services", "main.py"), fileIn("bmad-services", "planner/types.py")},
                               person)};
        result.scenario = Scenario::CompileFailure;
    } else if (story == "stuck") {
        branch = "feature/rerank";
        push.created = !heads_.contains(branch);
        push.commits = {
            commit("feat: rerank with the large model", {fileIn("knowledge-services", "rerank.py")}, person)};
        result.scenario = Scenario::StuckOnQuota;
    } else if (story == "base-image") {
        push.commits = {commit("chore: update base images (torch 2.5.0, spacy-transformers)",
                               {"docker/requirements-unified.txt", "docker/Dockerfile.ai-base.cuda"}, person)};
        result.renewsBases = true;
        result.service = "data-services";  // one of the fan-out is flaky, the others succeed
        result.scenario = Scenario::Flaky;
    } else if (story == "branch") {
        branch = "feature/" + std::string(message.substr(message.find(": ") + 2, 5)) + "-" + std::to_string(count_);
        std::ranges::replace(branch, ' ', '-');
        push.created = true;
        push.commits = {commit(message, {fileIn(any, "main.py")}, person)};
    } else if (story == "flaky") {
        push.commits = {commit("fix: pin the mirror of the wheel index",
                               {fileIn("integration-services", "requirements.txt")}, person)};
        result.scenario = Scenario::Flaky;
    } else if (story == "force-push") {
        branch = "feature/planner-rewrite";
        push.forced = heads_.contains(branch);
        push.created = !push.forced;
        push.commits = {
            commit("feat: planner rewrite (squashed)", {fileIn("bmad-services", "planner/core.py")}, person)};
    } else if (story == "docs-only") {
        push.commits = {
            commit("docs: explain the rollout in the handbook", {"docs/handbook.md", "README.md"}, person)};
    } else if (story == "rebuild") {
        push.commits = {commit("rebuild: microservices with updated base images", {}, person)};
    } else if (story == "test-failure") {
        push.commits = {
            commit("feat: newer torch for the embedder", {fileIn("ai-services", "requirements.txt")}, person)};
        result.scenario = Scenario::TestFailure;
    } else if (story == "bad-rollout") {
        push.commits = {commit("feat: listen on a unix socket", {fileIn("monitoring-services", "main.py")}, person)};
        result.scenario = Scenario::BadRollout;
    } else {
        push.commits = {
            commit("refactor: share the client between data and knowledge", {fileIn("data-services", "client.py")},
                   person),
            commit("fix: imports after the move", {fileIn("knowledge-services", "client.py")}, person + 1)};
    }
    std::string& head = heads_[branch];
    if (head.empty() && !push.created) head = newCommitId();  // history before the demo began
    push.ref = "refs/heads/" + branch;
    push.before = push.created ? std::string(40, '0') : head;
    push.after = push.commits.back().id;
    push.pusher = push.commits.back().username;
    push.pushedAt = now;
    head = push.after;
    return result;
}

}  // namespace cerebral::demo
