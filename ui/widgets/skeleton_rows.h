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
    };
    SkeletonRows(const Theme& theme, double rowHeight, std::vector<Column> columns, QWidget* parent);
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
