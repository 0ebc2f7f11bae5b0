#pragma once
/// @file "Is my commit live?": one answer for each service a commit concerned.
///
/// Answers, the first that holds wins:
///   Live       every wanted pod is ready with the commit's digest
///   Rolling    some pods are: the rollout goes on, or that of what takes its place
///   Included   a later push of the same branch descends from it (each link's `before` is the previous
///              `after` and none was forced) and is live
///   Underway   its run or rollout is still going on; of a branch that is not deployed, its build
///   Stuck      as Underway, but it cannot go on without help
///   Stopped    failed or cancelled in a stage
///   Superseded cancelled for a newer push
///   Replaced   its image was in place and is not any more; by which came first, though that may be gone too
///   NotDeployed built, and its branch is not deployed
///   Ignored    the receiver started nothing for it, and says why
///   Unclear    a push carried it, but what would tell is not visible (no right, pruned)
///   Ambiguous  too many commits begin so to answer each
///   Unknown    no push carried it

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/push_book.h"

namespace cerebral::journey {

enum class Verdict : std::uint8_t {
    Live,
    Rolling,
    Included,
    Underway,
    Stuck,
    Stopped,
    Superseded,
    Replaced,
    NotDeployed,
    Ignored,
    Unclear,
    Ambiguous,
    Unknown,
};
/// "live", "rolling", …: stable, for JSON.
const char* toString(Verdict verdict) noexcept;

struct Answer {
    Verdict verdict = Verdict::Unknown;
    std::string commit;             ///< full when a push carried it, else what was asked
    std::string service;            ///< empty for Unknown, Ambiguous and Ignored
    std::string pushKey;            ///< empty for Unknown and Ambiguous
    int ready = 0, wanted = 0;      ///< Live, Rolling
    Stage stage = Stage::Received;  ///< Underway, Stuck, Stopped, Unclear: where it stands
    std::string byCommit;           ///< Included, Superseded, Replaced, Rolling out; may be empty for the last two
    std::string byDigest;           ///< Replaced, Rolling out
    bool mayDeploy = true;          ///< its branch is deployed
    std::string reason;             ///< Stuck, Stopped, Ignored, NotDeployed, Unclear
    std::optional<WallTime> since;  ///< Live: since; Stopped, Replaced, Superseded: when; Underway: stage's start
};

/// 4 to 40 hex digits, or a link to a commit (".../commit/SHA"); surrounding space is ignored.
/// Lower-cased; nothing when it is neither.
[[nodiscard]] std::optional<std::string> parseCommitQuery(std::string_view text);

/// So many commits with a common beginning are answered; nobody reads more.
inline constexpr std::size_t kMostCommits = 8;
/// Whether more commits than that begin with `commit`.
[[nodiscard]] bool isAmbiguous(const PushBook& book, std::string_view commit);

/// One answer per service, ordered by service; exactly one answer with verdict Unknown, Ignored or Ambiguous
/// when no service is concerned. When several pushes carried the commit to a service (rebuilds), the one that
/// is furthest counts: live before rolling, then the newest. Several commits may share a short prefix:
/// each is answered, up to kMostCommits of them.
[[nodiscard]] std::vector<Answer> isLive(const PushBook& book, std::string_view commit);
/// The same for one push's service.
[[nodiscard]] Answer answerFor(const Push& push, const ServiceJourney& journey);

/// How times are written differs between a window and a terminal.
struct Wording {
    std::function<std::string(WallTime)> clock;  ///< "12:41"
    std::function<std::string(WallTime)> age;    ///< "14 min"
    /// When the last of it was seen ("12:53:18"), where that is some time ago: said in the past tense.
    std::string seen = {};
};
/// The answer without its subject: "is live in 2/2 pods since 12:41", "is not live: stopped in Build, 14 min ago".
[[nodiscard]] std::string sentence(const Answer& answer, const Wording& wording);

}  // namespace cerebral::journey
