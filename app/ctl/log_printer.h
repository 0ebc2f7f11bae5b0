#pragma once
/// @file LogPrinter: a run's log on standard output, line by line: prefixed text, or one JSON object a line.

#include <map>
#include <string>

#include "app/ctl/output.h"
#include "core/analysis/ansi.h"
#include "core/kube/logs/log_follower.h"

namespace cerebral::ctl {

struct LogSource {
    std::string task;
    std::string step;
};

class LogPrinter final : public kube::RunLogSink {
public:
    LogPrinter(Format format, bool timestamps, bool colours)
        : format_(format), timestamps_(timestamps), colours_(colours) {}

    /// Whose log `target` is; before it begins.
    void name(const kube::LogTarget& target, LogSource source);
    /// Some part could not be read.
    [[nodiscard]] bool failed() const noexcept { return failed_; }

    void onBegin(const kube::LogTarget& target) override;
    bool onLine(const kube::LogLine& line) override;
    void onEnd(const kube::LogTarget& target, const Result<kube::LogEnd>& end) override;

private:
    Format format_;
    bool timestamps_;
    bool colours_;
    bool failed_ = false;
    std::map<std::string, LogSource> sources_;  ///< by pod/container
    kube::LogTarget target_;
    LogSource source_;
    analysis::AnsiStyle style_;
};

/// The line's text with its colours and nothing else a terminal would obey.
[[nodiscard]] std::string coloured(const analysis::AnsiLine& line);

}  // namespace cerebral::ctl
