#pragma once
/// @file RunServices: what the run pages need of a cluster and the history besides the objects that are followed.

#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/history/history.h"
#include "core/kube/kube_client.h"

namespace cerebral::ui {

class RunServices {
public:
    virtual ~RunServices() = default;

    /// For logs and single objects; blocking, any thread.
    [[nodiscard]] virtual kube::KubeClient& client() = 0;
    [[nodiscard]] virtual Clock& clock() = 0;
    /// The name this cluster has in the history.
    [[nodiscard]] virtual std::string clusterName() const = 0;
    /// Null when it could not be opened: then nothing is kept.
    [[nodiscard]] virtual history::History* history() = 0;

    /// Keeps the run's TaskRuns and pods at hand until as many `closeRun`. GUI thread.
    virtual void openRun(const std::string& ns, const std::string& name) = 0;
    virtual void closeRun(const std::string& ns, const std::string& name) = 0;
};

}  // namespace cerebral::ui
