#include <string_view>

#include "core/journey/verdict.h"

namespace cerebral::journey {
namespace {

std::string shortCommit(const std::string& commit) {
    return commit.substr(0, 7);
}

std::string podCount(const Answer& answer) {
    return std::to_string(answer.ready) + "/" + std::to_string(answer.wanted) + " pods";
}

std::string ago(const Answer& answer, const Wording& wording) {
    return answer.since ? ", " + wording.age(*answer.since) + " ago" : std::string();
}

std::string atSeen(const Wording& wording) {
    return wording.seen.empty() ? std::string() : " at " + wording.seen;
}

std::string sinceClock(const Answer& answer, const Wording& wording) {
    if (!wording.seen.empty()) return atSeen(wording);
    return answer.since ? " since " + wording.clock(*answer.since) : std::string();
}

std::string forAge(const Answer& answer, const Wording& wording) {
    return answer.since ? " for " + wording.age(*answer.since) : std::string();
}

std::string because(const Answer& answer) {
    // That it failed is said already.
    return answer.reason.empty() || answer.reason == "Failed" ? std::string() : ": " + answer.reason;
}

std::string replacement(const Answer& answer) {
    if (!answer.byCommit.empty()) return shortCommit(answer.byCommit);
    constexpr std::string_view kSha256 = "sha256:";
    if (answer.byDigest.starts_with(kSha256)) return "image " + answer.byDigest.substr(kSha256.size(), 7);
    return "another image";
}

std::string rolling(const Answer& answer, const Wording& wording) {
    if (!answer.byCommit.empty() || !answer.byDigest.empty()) return ", giving way to " + replacement(answer);
    return wording.seen.empty() ? ", the rollout goes on" : ", the rollout went on";
}

std::string underway(const Answer& answer, const Wording& wording, const std::string& is) {
    const std::string where = std::string("in ") + toString(answer.stage) + forAge(answer, wording);
    return answer.mayDeploy ? is + " not live yet" + atSeen(wording) + ": " + where
                            : "will not be live: this branch is not deployed; " + where;
}

}  // namespace

std::string sentence(const Answer& answer, const Wording& wording) {
    const std::string stage = toString(answer.stage);
    const std::string is = wording.seen.empty() ? "is" : "was";
    switch (answer.verdict) {
        case Verdict::Live:
            return is + " live in " + podCount(answer) + sinceClock(answer, wording);
        case Verdict::Rolling:
            return is + " in " + podCount(answer) + atSeen(wording) + rolling(answer, wording);
        case Verdict::Included:
            return is + " included in " + shortCommit(answer.byCommit) + ", which " + is + " live in " +
                   podCount(answer) + sinceClock(answer, wording);
        case Verdict::Underway:
            return underway(answer, wording, is);
        case Verdict::Stuck:
            return (answer.ready > 0 ? is + " in " + podCount(answer) + " only" : is + " not live") +
                   atSeen(wording) + ": stuck in " + stage + forAge(answer, wording) + because(answer);
        case Verdict::Stopped:
            return is + " not live: stopped in " + stage + ago(answer, wording) + because(answer);
        case Verdict::Superseded:
            return is + " not live: superseded by " +
                   (answer.byCommit.empty() ? std::string("a newer push") : shortCommit(answer.byCommit)) +
                   ago(answer, wording);
        case Verdict::Replaced:
            return is + " not live any more: replaced by " + replacement(answer) + ago(answer, wording);
        case Verdict::NotDeployed:
            return answer.mayDeploy ? is + " built and not deployed" + because(answer)
                                    : is + " built: this branch is not deployed";
        case Verdict::Ignored:
            return "was not built" + because(answer);
        case Verdict::Unclear:
            return "may be live; what would tell is not visible from " + stage + " on" + because(answer);
        case Verdict::Ambiguous:
            return "is ambiguous: more than " + std::to_string(kMostCommits) +
                   " commits begin so; give more characters";
        case Verdict::Unknown:
            return "is not known here: no push carried it";
    }
    return {};
}

}  // namespace cerebral::journey
