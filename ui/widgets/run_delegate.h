#pragma once
/// @file RunDelegate: paints the cells of the Runs table (rows of 32, columns as in the header).

#include <QStyledItemDelegate>

#include "ui/models/run_row.h"
#include "ui/theme/bars.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class RunTable;

/// Glyph and colours of a run's state; `held`: the connection is lost.
[[nodiscard]] Status statusOf(tekton::RunState state, bool held);
/// Elapsed over the median of the service's last runs, or tasks done over tasks: 0…1, -1 unknown.
[[nodiscard]] double progressOf(const RunRow& row, std::optional<qint64> medianMs, qint64 nowMs);
/// Cells 1 : 4 : 2 for clone, build, deploy; equal ones for other pipelines.
void drawRunCells(QPainter& painter, const QRectF& rect, const RunRow& row, std::optional<qint64> medianMs,
                  qint64 nowMs, bool held, bool selected, const Colors& colors);

class RunDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    RunDelegate(const Theme& theme, RunTable& table);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    struct Cell {
        QRectF box;  ///< without the gap to the next column
        QColor ground;
        bool ticked = false;
        bool selected = false;  ///< or current
        bool hovered = false;
    };
    void paintService(QPainter& p, const Cell& cell, const RunRow& row, const QModelIndex& index) const;
    void paintBranch(QPainter& p, const Cell& cell, const RunRow& row) const;
    void paintTime(QPainter& p, const Cell& cell, const RunRow& row, const QModelIndex& index) const;
    void paintReason(QPainter& p, const Cell& cell, const RunRow& row, const QModelIndex& index) const;

    const Theme& theme_;
    RunTable& table_;
};

}  // namespace cerebral::ui
