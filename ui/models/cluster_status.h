#pragma once
/// @file ClusterStatus: what the window needs from the connected cluster besides its objects.
/// GUI thread.

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

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
    /// The answer arrives through ClusterBridge::commitAnswered.
    virtual void askCommit(const std::string& /*commit*/) {}
};

}  // namespace cerebral::ui
