#pragma once
/// @file SkeletonRows: grey bars in fixed widths where rows will be. Appears after 150 ms, never moves.

#include <QTimer>
#include <QWidget>
#include <vector>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class SkeletonRows : public QWidget {
    Q_OBJECT
public:
    struct Column {
        double left;  ///< from the left edge; negative: from the right edge
        double width;
        double height;
        double below = 0;  ///< from the middle of the row to the middle of the bar
    };
    SkeletonRows(const Theme& theme, double rowHeight, std::vector<Column> columns, QWidget* parent);
    /// Where the columns are now.
    void setColumns(std::vector<Column> columns);
    void begin();
    void end();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    double rowHeight_;
    std::vector<Column> columns_;
    QTimer delay_;
};

}  // namespace cerebral::ui
