#include "ui/desktop/tray_state.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

using journey::StageState;

QString counted(int count, const QString& words) {
    return QStringLiteral("%1 %2").arg(count).arg(words);
}

}  // namespace

TrayState trayState(std::vector<journey::PushPtr> pushes, const ConnectionSummary& connection) {
    using State = ConnectionSummary::State;
    if (connection.state == State::Disconnected || connection.stale()) {
        return {Status::Pending,
                connection.state == State::Disconnected
                    ? QStringLiteral("Not connected")
                    : QStringLiteral("Reconnecting, data %1 old").arg(formatProofAge(Millis(connection.ageMs)))};
    }
    std::sort(pushes.begin(), pushes.end(), [](const auto& a, const auto& b) { return a->begunAt > b->begunAt; });
    std::set<std::pair<std::string_view, std::string_view>> seen;  // (service, branch)
    int failed = 0;
    int stuck = 0;
    int underway = 0;
    for (const journey::PushPtr& push : pushes) {
        bool failedHere = false;
        for (const journey::ServiceJourney& service : push->services) {
            const bool newest = seen.emplace(service.service, push->branch).second;
            const auto stopped = service.stoppedIn();
            if (newest && stopped && service.stage(*stopped).state == StageState::Failed) failedHere = true;
        }
        const journey::PushState state = push->state();
        failed += failedHere ? 1 : 0;
        stuck += state == journey::PushState::Stuck ? 1 : 0;
        underway += state == journey::PushState::Underway ? 1 : 0;
    }
    QStringList parts;
    if (failed > 0) parts << counted(failed, QStringLiteral("failed"));
    if (stuck > 0) parts << counted(stuck, QStringLiteral("stuck"));
    if (underway > 0) parts << counted(underway, QStringLiteral("under way"));
    if (parts.isEmpty()) parts << QStringLiteral("Nothing under way");
    return {failed > 0     ? Status::Failed
            : stuck > 0    ? Status::Stuck
            : underway > 0 ? Status::Running
                           : Status::Succeeded,
            parts.join(QStringLiteral(", "))};
}

}  // namespace cerebral::ui
