#pragma once
/// @file DemoServer: the demo cluster in a process of its own, and what a client of it needs to know.

#include <QStringList>
#include <QTemporaryDir>
#include <optional>

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
    /// Seconds the curl program needs for one list of all PipelineRuns; empty when it got none.
    [[nodiscard]] std::optional<double> curlSeconds() const;

private:
    void prepareFiles(const QString& url);

    QTemporaryDir folder_;
    test::ChildProcess process_;
    bool listening_ = false;
};

}  // namespace cerebral::bench
