#pragma once
/// @file Runs as CSV for spreadsheets: RFC 4180, UTF-8, times in UTC. Text from outside that a spreadsheet would take
/// for a formula begins with an apostrophe. Pure.

#include <QByteArray>
#include <QString>

#include "ui/models/run_table_model.h"

namespace cerebral::ui {

/// The rows that are shown, in their order.
[[nodiscard]] QByteArray runsCsv(const RunTableModel& model);
/// One field as it stands in a file.
[[nodiscard]] QString csvField(QString text);

}  // namespace cerebral::ui
