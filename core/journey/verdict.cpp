#include "core/journey/verdict.h"

#include <algorithm>
#include <map>
#include <set>

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

Answer replaced(const ServiceJourney& journey, Answer answer) {
    answer.verdict = Verdict::Replaced;
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

/// Pushes of one branch, so that descendants of a commit can be followed.
class Branches {
public:
    explicit Branches(const std::vector<PushPtr>& pushes) {
        for (const PushPtr& push : pushes) {
            if (push->repository.empty() || push->ref.empty()) continue;
            byCommit_.emplace(id(*push, push->commit), push);
            if (!push->before.empty() && !wasForced(*push)) byParent_.emplace(id(*push, push->before), push);
        }
    }
    /// A push whose head descends from `push`'s and whose image of the service is in its pods.
    [[nodiscard]] const Push* liveDescendant(const Push& push, const std::string& service) const {
        std::set<std::string> seen = {push.commit};
        std::vector<std::string> next = {push.commit};
        while (!next.empty()) {
            const std::string commit = std::move(next.back());
            next.pop_back();
            const auto [first, last] = byParent_.equal_range(id(push, commit));
            for (auto it = first; it != last; ++it) {
                const std::string& child = it->second->commit;
                if (child.empty() || !seen.insert(child).second) continue;
                if (const Push* live = liveAt(push, child, service)) return live;
                next.push_back(child);
            }
        }
        return nullptr;
    }

private:
    static std::string id(const Push& branch, const std::string& commit) {
        return branch.repository + "|" + branch.ref + "|" + commit;
    }
    [[nodiscard]] const Push* liveAt(const Push& branch, const std::string& commit,
                                     const std::string& service) const {
        const auto [first, last] = byCommit_.equal_range(id(branch, commit));
        for (auto it = first; it != last; ++it) {
            const ServiceJourney* journey = it->second->find(service);
            if (journey != nullptr && journey->stage(Stage::Live).state == StageState::Done) return it->second.get();
        }
        return nullptr;
    }
    std::multimap<std::string, PushPtr> byCommit_;
    std::multimap<std::string, PushPtr> byParent_;
};

struct Candidate {
    Answer answer;
    PushPtr push;
};

void include(const Branches& branches, Candidate& candidate) {
    if (rank(candidate.answer.verdict) > 0) return;
    const Push* live = branches.liveDescendant(*candidate.push, candidate.answer.service);
    if (live == nullptr) return;
    const LivePods& pods = *live->find(candidate.answer.service)->live;
    candidate.answer.verdict = Verdict::Included;
    candidate.answer.byCommit = live->commit;
    candidate.answer.ready = pods.ready;
    candidate.answer.wanted = pods.wanted;
    candidate.answer.since = pods.since;
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
    const auto stage = journey.stoppedIn();
    if (live.state == StageState::Running && answer.ready > 0 && !stage) {
        answer.verdict = Verdict::Rolling;
        answer.stage = Stage::Live;
        return answer;
    }
    if (live.state == StageState::Replaced) return replaced(journey, std::move(answer));
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

std::vector<Answer> isLive(const PushBook& book, std::string_view commit) {
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
    const Branches branches(best.empty() ? std::vector<PushPtr>{} : book.pushes());
    std::vector<Answer> answers;
    for (auto& [key, candidate] : best) {
        include(branches, candidate);
        empty.erase(key.first);
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
