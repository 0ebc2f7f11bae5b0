#pragma once
/// @file The list behind the connection pill: each kind with its state and cause, and "reconnect now".

#include <QMenu>
#include <functional>

#include "core/base/clock.h"
#include "ui/models/connection.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

/// Deletes itself when closed.
QMenu* makeConnectionMenu(const Theme& theme, const std::vector<KindSync>& kinds, SteadyTime now,
                          std::function<void()> retry, QWidget* parent);

}  // namespace cerebral::ui
