#include "ui/widgets/skeleton_rows.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/widgets/paint.h"

namespace cerebral::ui {

SkeletonRows::SkeletonRows(const Theme& theme, double rowHeight, std::vector<Column> columns, QWidget* parent)
    : QWidget(parent), theme_(theme), rowHeight_(rowHeight), columns_(std::move(columns)) {
    setAccessibleName(QStringLiteral("Loading"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    delay_.setSingleShot(true);
    delay_.setInterval(150);
    connect(&delay_, &QTimer::timeout, this, &QWidget::show);
}

void SkeletonRows::setColumns(std::vector<Column> columns) {
    columns_ = std::move(columns);
    update();
}

void SkeletonRows::begin() {
    if (!isVisible() && !delay_.isActive()) delay_.start();
}

void SkeletonRows::end() {
    delay_.stop();
    hide();
}

void SkeletonRows::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    // Widths differ from row to row so that the page does not look like a grid.
    static constexpr std::array<double, 5> kFactors{1.0, 0.82, 0.94, 0.74, 0.88};
    const double height = theme_.px(rowHeight_);
    int row = 0;
    for (double y = 0; y < this->height(); y += height, ++row) {
        drawBottomLine(p, QRect(0, static_cast<int>(y), width(), static_cast<int>(height)), c.lineSubtle);
        for (const Column& column : columns_) {
            const double w = column.width > 40 && column.height > 2
                                 ? column.width * kFactors[static_cast<std::size_t>(row) % kFactors.size()]
                                 : column.width;
            const double x = column.left >= 0 ? column.left : width() + column.left;
            drawBox(p, QRectF(x, y + (height - column.height) / 2 + column.below, w, column.height),
                    std::min(4.0, column.height / 2), c.bgTrack);
        }
    }
}

}  // namespace cerebral::ui
