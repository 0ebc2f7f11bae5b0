#pragma once
/// @file Subcommand: one verb of cerebralctl. Each lives in a file of its own and registers itself here.
///
/// A verb adds its options to the parser and hands back what to run once they were read. Results go to
/// standard output, everything else to standard error.

#include <CLI/App.hpp>
#include <functional>

#include "core/base/clock.h"

namespace cerebral::ctl {

/// Exit codes of every verb.
enum ExitCode : int {
    kOk = 0,
    kFailed = 1,  ///< the answer is no, or none could be had
    kUsage = 2,   ///< the command line is wrong
};

struct Subcommand {
    CLI::App* app = nullptr;  ///< owned by the parser
    std::function<int()> run;
};

/// `clock` outlives the subcommand.
[[nodiscard]] Subcommand addLogs(CLI::App& parent, Clock& clock);
[[nodiscard]] Subcommand addRebuild(CLI::App& parent, const Clock& clock);
[[nodiscard]] Subcommand addRegistry(CLI::App& parent, const Clock& clock);
[[nodiscard]] Subcommand addRuns(CLI::App& parent, const Clock& clock);
[[nodiscard]] Subcommand addSend(CLI::App& parent);
[[nodiscard]] Subcommand addTrace(CLI::App& parent, const Clock& clock);

}  // namespace cerebral::ctl
