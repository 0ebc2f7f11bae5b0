#pragma once
/// @file TrayState: the worst there is, in one glyph and one sentence.
///
/// Failed counts while nothing newer of the same service and branch took its place: what broke last week and
/// was mended since needs nobody.

#include <QString>
#include <vector>

#include "core/journey/journey.h"
#include "ui/models/connection.h"
#include "ui/theme/glyph.h"

namespace cerebral::ui {

struct TrayState {
    /// Failed, Stuck, Running, Succeeded; Pending when the cluster cannot be seen.
    Status status = Status::Succeeded;
    QString text;

    friend bool operator==(const TrayState&, const TrayState&) = default;
};

[[nodiscard]] TrayState trayState(std::vector<journey::PushPtr> pushes, const ConnectionSummary& connection);

}  // namespace cerebral::ui
