#pragma once
/// @file ClusterStatus: what the window needs from the connected cluster besides its objects.
/// GUI thread.

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "ui/models/connection.h"

namespace cerebral::ui {

class ClusterStatus {
public:
    virtual ~ClusterStatus() = default;
    [[nodiscard]] virtual std::vector<KindSync> kinds() const = 0;
    [[nodiscard]] virtual QString context() const = 0;
    /// Of the pipelines, then of the platform.
    [[nodiscard]] virtual QStringList namespaces() const = 0;
    virtual void retryNow() = 0;

    /// Names one can switch to, the current one among them; in the kubeconfig's order.
    [[nodiscard]] virtual QStringList contexts() const { return {}; }
    /// Namespaces the kubeconfig or the configuration names: suggestions, others may exist.
    [[nodiscard]] virtual QStringList knownNamespaces() const { return namespaces(); }
    /// Follows another cluster from now on; what was known of this one is forgotten. On failure everything stays.
    virtual Result<void> switchContext(const QString& /*context*/) {
        return fail(ErrorKind::Unsupported, "there is no other context");
    }
    virtual Result<void> switchNamespaces(const QString& /*pipelines*/, const QString& /*platform*/) {
        return fail(ErrorKind::Unsupported, "there are no other namespaces");
    }
    /// The answer arrives through ClusterBridge::commitAnswered.
    virtual void askCommit(const std::string& /*commit*/) {}
};

}  // namespace cerebral::ui
