#include "core/journey/verdict.h"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

#include "core/journey/push_identity.h"
#include "core/journey/service_journey.h"

namespace cerebral::journey {
namespace {

constexpr std::size_t kFullCommit = 40;
constexpr std::size_t kShortestCommit = 4;

bool isHex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// The stage that is going on, or the one that would be next.
Stage standsIn(const ServiceJourney& journey) {
    for (auto it = kStages.rbegin(); it != kStages.rend(); ++it) {
        const StageState state = journey.stage(*it).state;
        if (state == StageState::Running || state == StageState::Stuck) return *it;
    }
    for (const Stage stage : kStages) {
        const StageState state = journey.stage(stage).state;
        if (state == StageState::Pending || state == StageState::Unknown) return stage;
    }
    return journey.reached();
}

std::optional<WallTime> startOf(const StageStatus& status) {
    return status.start ? std::optional(status.start->at) : std::nullopt;
}

Answer stopped(const ServiceJourney& journey, Stage stage, Answer answer) {
    const StageStatus& status = journey.stage(stage);
    answer.stage = stage;
    if (status.state == StageState::Stuck) {
        answer.verdict = Verdict::Stuck;
        answer.reason = status.detail.empty() ? status.reason : status.detail;
        answer.since = journey.stuck && journey.stuck->stage == stage ? journey.stuck->since : startOf(status);
        return answer;
    }
    answer.since = status.end ? std::optional(status.end->at) : std::nullopt;
    if (journey.supersededBy) {
        answer.verdict = Verdict::Superseded;
        answer.byCommit = journey.supersededBy->commit;
        if (journey.supersededBy->at) answer.since = journey.supersededBy->at;
        return answer;
    }
    answer.verdict = Verdict::Stopped;
    answer.reason = status.reason;
    return answer;
}

Answer replaced(const ServiceJourney& journey, Verdict verdict, Answer answer) {
    answer.verdict = verdict;
    answer.stage = Stage::Live;
    if (!journey.replacedBy) return answer;
    answer.byCommit = journey.replacedBy->commit;
    answer.byDigest = journey.replacedBy->digest;
    answer.since = journey.replacedBy->at;
    return answer;
}

bool wasForced(const Push& push) {
    // The receiver's words for why every service was built (core/webhook/touched_paths.cpp).
    return push.reason.find("the push was forced") != std::string::npos;
}

int rank(Verdict verdict) {
    return verdict == Verdict::Live ? 2 : verdict == Verdict::Rolling ? 1 : 0;
}

struct Candidate {
    Answer answer;
    PushPtr push;
};

/// The pushes that descend from `push` on its branch, each commit once; what was forced descends from nothing.
/// `visit` returning false ends the walk.
template <class Visit>
void eachDescendant(const PushBook& book, const PushPtr& push, Visit visit) {
    std::unordered_set<std::string> seen{push->commit};
    std::vector<PushPtr> next{push};
    while (!next.empty()) {
        const PushPtr at = std::move(next.back());
        next.pop_back();
        for (const PushPtr& child : book.successors(*at)) {
            if (child->commit.empty() || wasForced(*child) || !seen.insert(child->commit).second) continue;
            if (!visit(*child)) return;
            next.push_back(child);
        }
    }
}

void include(Answer& answer, const Push& live) {
    const LivePods& pods = *live.find(answer.service)->live;
    answer.verdict = Verdict::Included;
    answer.byCommit = live.commit;
    answer.ready = pods.ready;
    answer.wanted = pods.wanted;
    answer.since = pods.since;
}

bool isInItsPods(const Push& push, const std::string& service) {
    const ServiceJourney* journey = push.find(service);
    return journey != nullptr && journey->live && journey->stage(Stage::Live).state == StageState::Done;
}

/// Answers for one push that a live descendant may turn into "included". One walk serves all its services.
void includeDescendants(const PushBook& book, const PushPtr& push, std::vector<Answer*> open) {
    eachDescendant(book, push, [&](const Push& child) {
        for (const PushPtr& carrier : book.sameCommit(child)) {
            std::erase_if(open, [&](Answer* answer) {
                if (!isInItsPods(*carrier, answer->service)) return false;
                include(*answer, *carrier);
                return true;
            });
        }
        return !open.empty();
    });
}

/// The cluster forgets old ReplicaSets: what is in place now need not be what took over. The runs still tell it.
void nameTheFirst(const PushBook& book, const Push& push, Answer& answer) {
    const ServiceJourney* own = push.find(answer.service);
    const PushPtr next = own == nullptr || !answer.since ? nullptr : book.nextInPlace(*own);
    if (!next) return;
    const ServiceJourney& taker = *next->find(answer.service);
    const WallTime at = taker.stage(Stage::Rollout).end->at;
    if (at >= *answer.since) return;
    answer.byCommit = next->commit;
    answer.byDigest = taker.digest;
    answer.since = at;
}

Answer withoutService(const Push& push) {
    Answer answer;
    answer.commit = push.commit;
    answer.pushKey = push.key;
    answer.verdict = push.ignoredReason.empty() ? Verdict::Underway : Verdict::Ignored;
    answer.reason = push.ignoredReason;
    answer.since = push.receivedAt;
    return answer;
}

Answer ambiguous(std::string_view commit) {
    Answer answer;
    answer.verdict = Verdict::Ambiguous;
    answer.commit = commit;
    return answer;
}

}  // namespace

const char* toString(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::Live:
            return "live";
        case Verdict::Rolling:
            return "rolling";
        case Verdict::Included:
            return "included";
        case Verdict::Underway:
            return "underway";
        case Verdict::Stuck:
            return "stuck";
        case Verdict::Stopped:
            return "stopped";
        case Verdict::Superseded:
            return "superseded";
        case Verdict::Replaced:
            return "replaced";
        case Verdict::NotDeployed:
            return "not-deployed";
        case Verdict::Ignored:
            return "ignored";
        case Verdict::Unclear:
            return "unclear";
        case Verdict::Ambiguous:
            return "ambiguous";
        case Verdict::Unknown:
            return "unknown";
    }
    return "unknown";
}

std::optional<std::string> parseCommitQuery(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return std::nullopt;
    text = text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
    for (const std::string_view marker : {"/commit/", "/commits/"}) {
        const std::size_t at = text.find(marker);
        if (at == std::string_view::npos) continue;
        text = text.substr(at + marker.size());
        text = text.substr(0, text.find_first_of("/?#"));
        break;
    }
    if (text.size() < kShortestCommit || text.size() > kFullCommit) return std::nullopt;
    std::string commit(text);
    std::transform(commit.begin(), commit.end(), commit.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    return isHex(commit) ? std::optional(std::move(commit)) : std::nullopt;
}

Answer answerFor(const Push& push, const ServiceJourney& journey) {
    Answer answer;
    answer.commit = push.commit;
    answer.service = journey.service;
    answer.pushKey = push.key;
    answer.mayDeploy = journey.mayDeploy || journey.stage(Stage::Rollout).state != StageState::Skipped;
    const StageStatus& live = journey.stage(Stage::Live);
    if (journey.live) {
        answer.ready = journey.live->ready;
        answer.wanted = journey.live->wanted;
    }
    if (live.state == StageState::Done) {
        answer.verdict = Verdict::Live;
        answer.stage = Stage::Live;
        answer.since = journey.live ? journey.live->since : std::nullopt;
        return answer;
    }
    if (journey.givesWay()) return replaced(journey, Verdict::Rolling, std::move(answer));
    const auto stage = journey.stoppedIn();
    if (live.state == StageState::Running && answer.ready > 0 && !stage) {
        answer.verdict = Verdict::Rolling;
        answer.stage = Stage::Live;
        return answer;
    }
    if (live.state == StageState::Replaced) return replaced(journey, Verdict::Replaced, std::move(answer));
    if (stage) return stopped(journey, *stage, std::move(answer));
    answer.stage = standsIn(journey);
    const StageStatus& status = journey.stage(answer.stage);
    if (live.state == StageState::Skipped && tekton::isFinished(journey.runState)) {
        answer.verdict = Verdict::NotDeployed;
        answer.stage = Stage::Rollout;
        answer.reason = journey.stage(Stage::Rollout).detail;
        return answer;
    }
    const bool goesOn = !tekton::isFinished(journey.runState) || status.state == StageState::Running;
    answer.verdict = goesOn ? Verdict::Underway : Verdict::Unclear;
    answer.reason = goesOn ? std::string() : status.detail;
    answer.since = startOf(status);
    return answer;
}

bool isAmbiguous(const PushBook& book, std::string_view commit) {
    return book.countCommits(commit, kMostCommits + 1) > kMostCommits;
}

std::vector<Answer> isLive(const PushBook& book, std::string_view commit) {
    if (isAmbiguous(book, commit)) return {ambiguous(commit)};
    // Newest first: the first candidate of equal rank stays.
    const auto pushes = book.findCommit(commit);
    std::map<std::pair<std::string, std::string>, Candidate> best;  // by commit and service
    std::map<std::string, Answer> empty;
    for (const PushPtr& push : pushes) {
        if (push->services.empty()) empty.try_emplace(push->commit, withoutService(*push));
        for (const ServiceJourney& journey : push->services) {
            Candidate candidate{answerFor(*push, journey), push};
            const auto [it, isNew] = best.try_emplace({push->commit, journey.service}, candidate);
            if (isNew || rank(candidate.answer.verdict) <= rank(it->second.answer.verdict)) continue;
            it->second = std::move(candidate);
        }
    }
    std::map<PushPtr, std::vector<Answer*>> open;
    for (auto& [key, candidate] : best) {
        if (rank(candidate.answer.verdict) == 0) open[candidate.push].push_back(&candidate.answer);
    }
    for (auto& [push, waiting] : open) includeDescendants(book, push, std::move(waiting));
    std::vector<Answer> answers;
    for (auto& [key, candidate] : best) {
        empty.erase(key.first);
        if (candidate.answer.verdict == Verdict::Replaced) nameTheFirst(book, *candidate.push, candidate.answer);
        answers.push_back(std::move(candidate.answer));
    }
    for (auto& [key, answer] : empty) answers.push_back(std::move(answer));
    if (answers.empty()) {
        Answer unknown;
        unknown.commit = commit;
        answers.push_back(std::move(unknown));
    }
    return answers;
}

}  // namespace cerebral::journey
