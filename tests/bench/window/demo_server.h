#pragma once
/// @file DemoServer: the demo cluster in a process of its own, and what curl needs for what a window asks of it.

#include <QStringList>
#include <QTemporaryDir>
#include <optional>
#include <string>

#include "tests/support/child_process.h"

namespace cerebral::bench {

class DemoServer {
public:
    /// Returns when it listens; `listening()` is false when it never did.
    explicit DemoServer(const QStringList& arguments);

    /// A context beside the server's own, "demo", in which nobody answers.
    static constexpr const char* kNowhere = "nowhere";

    [[nodiscard]] bool listening() const noexcept { return listening_; }
    [[nodiscard]] std::string kubeconfig() const { return folder_.filePath("kubeconfig").toStdString(); }
    /// Seconds the curl program needs for one plain list of all PipelineRuns; empty when it got none.
    [[nodiscard]] std::optional<double> listSeconds() const;
    /// Seconds libcurl needs for the request the window makes, to be read and dropped: a WatchList up to the end of
    /// its initial events. From before the connection is opened, as curl's own `time_total`.
    [[nodiscard]] std::optional<double> streamSeconds() const;

private:
    void prepareFiles(const QString& url);

    QTemporaryDir folder_;
    test::ChildProcess process_;
    bool listening_ = false;
    std::string runsUrl_;
    std::string ca_;
    std::string token_;
};

}  // namespace cerebral::bench
