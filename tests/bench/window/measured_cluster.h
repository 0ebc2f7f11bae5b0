#pragma once
/// @file MeasuredCluster: a cluster for a window, and what curl needs for what a window asks of it. Either the demo
/// cluster in a process of its own, or one that runs already.

#include <QStringList>
#include <QTemporaryDir>
#include <memory>
#include <optional>
#include <string>

#include "tests/support/child_process.h"

namespace cerebral::bench {

class MeasuredCluster {
public:
    /// The demo cluster, started with `arguments`. Returns when it listens; `listening()` is false when it never did.
    static std::unique_ptr<MeasuredCluster> demo(const QStringList& arguments);
    /// What `kubectl config view --raw --minify -o json` writes: one context, of a user with a token.
    static std::unique_ptr<MeasuredCluster> running(const QString& kubeconfig);

    /// A context beside the cluster's own in which nobody answers.
    static constexpr const char* kNowhere = "nowhere";

    [[nodiscard]] bool listening() const noexcept { return !runsUrl_.empty(); }
    /// The cluster's own.
    [[nodiscard]] const QString& context() const noexcept { return context_; }
    [[nodiscard]] std::string kubeconfig() const { return folder_.filePath("kubeconfig").toStdString(); }
    /// Seconds the curl program needs for one plain list of all PipelineRuns; empty when it got none.
    [[nodiscard]] std::optional<double> listSeconds() const;
    /// Seconds libcurl needs for the request the window makes, to be read and dropped: a WatchList up to the end of
    /// its initial events. From before the connection is opened, as curl's own `time_total`.
    [[nodiscard]] std::optional<double> streamSeconds() const;

private:
    void prepareFiles(const QString& kubeconfig);

    QTemporaryDir folder_;
    std::optional<test::ChildProcess> process_;
    QString context_;
    std::string runsUrl_;
    std::string ca_;
    std::string token_;
};

}  // namespace cerebral::bench
