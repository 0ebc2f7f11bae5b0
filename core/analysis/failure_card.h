#pragma once
/// @file Everything somebody needs to know about a failed run, and the same as Markdown for the clipboard.
///
/// The Markdown is made to be pasted into an issue or a chat: text from outside stands in code spans and fences
/// which it cannot leave, so it neither formats nor mentions anybody. Times are UTC. Pure.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/first_error.h"
#include "core/analysis/run_differences.h"
#include "core/base/clock.h"

namespace cerebral::analysis {

struct PodEvent {
    WallTime at;
    bool warning = false;
    std::string reason;
    std::string message;
    int count = 1;
};

/// Another run that ended with the same error.
struct SeenIn {
    std::string runUid;
    std::string run;
    std::string service;
    WallTime at;
};

/// How often this error (by its fingerprint) was seen, this time included.
struct Seen {
    int times = 1;
    int days = 90;  ///< within
    WallTime first;
    std::string firstService;
    std::vector<SeenIn> others{};  ///< newest first; not all of many
};

struct FailureCard {
    std::string service;
    std::string branch;
    std::string commit;
    std::string commitMessage;
    std::string run;
    std::string task;                           ///< pipeline task; empty: the run failed before any task did
    std::string step;                           ///< empty: the task failed before any step did
    std::string explanation;                    ///< of the step's end or the reason, see explain.h
    std::optional<std::chrono::seconds> after;  ///< the step ran so long
    std::optional<Seen> seen;
    std::optional<Excerpt> excerpt;
    std::string logProblem;                     ///< why the step's log is not known; empty: it is
    bool byLevel = false;                       ///< see FirstError
    std::optional<RunDifferences> differences;  ///< none: nothing green is known
    bool firstRun = false;                      ///< of this service, as far as history goes
    std::string pod;
    std::vector<PodEvent> events;  ///< oldest first
    std::string eventsProblem;     ///< why they are not known; empty: they are
    std::string link;              ///< cerebral://…
};

/// "kaniko-build-task, step build: exit code 1"
[[nodiscard]] std::string headline(const FailureCard& card);
[[nodiscard]] std::string toMarkdown(const FailureCard& card);

}  // namespace cerebral::analysis
