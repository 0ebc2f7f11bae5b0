#pragma once
/// @file SkeletonRows: grey bars where rows will be, in the columns they will have. Covers the widget it is in,
/// appears after 150 ms, never moves.

#include <QPainter>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class SkeletonRows : public QWidget {
    Q_OBJECT
public:
    struct Column {
        double left = 0;
        double width = 0;
        double height = 0;
        double below = 0;     ///< from the middle of the row to the middle of the bar
        bool ragged = false;  ///< as text: not as long in every row
        bool round = false;   ///< as a glyph or a picture
    };
    /// What one row looks like, in pixels.
    struct Row {
        double height = 0;
        std::vector<Column> columns;
        double head = 0;  ///< of a heading before the first row
    };
    /// `row` is asked at every painting: columns may move and sizes change.
    SkeletonRows(const Theme& theme, std::function<Row()> row, QWidget* parent);
    void begin();
    /// Shows what `begin` would show later.
    void hurry();
    void end();
    [[nodiscard]] Row row() const { return row_(); }

    /// As many such rows as fit into `area`.
    static void draw(QPainter& painter, const QRect& area, const Row& row, const Colors& colors);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const Theme& theme_;
    std::function<Row()> row_;
    QTimer delay_;
};

}  // namespace cerebral::ui
