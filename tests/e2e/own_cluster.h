#pragma once
/// @file OwnCluster: a demo cluster inside the test program, for a Dashboard that the test opens itself. Main thread.

#include <QFile>
#include <QTemporaryDir>
#include <memory>

#include "app/dashboard/options.h"
#include "app/demo/demo_cluster.h"
#include "core/base/log.h"
#include "ui/models/settings.h"

namespace cerebral::test {

class OwnCluster {
public:
    /// Empty `problem()` when it answers. Forgets the settings that another test of this program left.
    explicit OwnCluster(std::size_t runs) {
        QFile::remove(ui::Settings::userFile());
        demo::DemoOptions options;
        options.runs = runs;
        options.writeKubeconfig = kubeconfig();
        auto started = demo::DemoCluster::start(options, *log_);
        if (started) {
            cluster_ = std::move(*started);
        } else {
            problem_ = QString::fromStdString(started.error().message);
        }
    }

    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] demo::DemoCluster& cluster() { return *cluster_; }
    /// Of a dashboard on this cluster.
    [[nodiscard]] dashboard::Options options() const {
        dashboard::Options options;
        options.kubeconfig = kubeconfig();
        return options;
    }
    /// For what the test needs besides; goes with this.
    [[nodiscard]] QString filePath(const QString& name) const { return folder_.filePath(name); }
    [[nodiscard]] Logger& log() { return *log_; }

private:
    [[nodiscard]] std::string kubeconfig() const { return filePath(QStringLiteral("kubeconfig")).toStdString(); }

    std::unique_ptr<Logger> log_ = makeNullLogger();
    QTemporaryDir folder_;
    std::unique_ptr<demo::DemoCluster> cluster_;
    QString problem_;
};

}  // namespace cerebral::test
