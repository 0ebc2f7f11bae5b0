#include "ui/widgets/skeleton_rows.h"

#include <QEvent>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr double kLine = 2;
constexpr double kMostRadius = 4;
/// Of the words of a heading, in their heights.
constexpr double kHeadLength = 10;
}  // namespace

SkeletonRows::SkeletonRows(const Theme& theme, std::function<Row()> row, QWidget* parent)
    : QWidget(parent), theme_(theme), row_(std::move(row)) {
    setAccessibleName(QStringLiteral("Loading"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    parent->installEventFilter(this);
    delay_.setSingleShot(true);
    delay_.setInterval(150);
    connect(&delay_, &QTimer::timeout, this, &QWidget::show);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SkeletonRows::begin() {
    setGeometry(parentWidget()->rect());
    if (!isVisible() && !delay_.isActive()) delay_.start();
}

void SkeletonRows::hurry() {
    if (!delay_.isActive()) return;
    delay_.stop();
    show();
}

void SkeletonRows::end() {
    delay_.stop();
    hide();
}

bool SkeletonRows::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void SkeletonRows::paintEvent(QPaintEvent*) {
    QPainter p(this);
    draw(p, rect(), row_(), theme_.colors());
}

void SkeletonRows::draw(QPainter& p, const QRect& area, const Row& like, const Colors& c) {
    // Widths differ from row to row so that the page does not look like a grid.
    static constexpr std::array<double, 5> kFactors{1.0, 0.82, 0.94, 0.74, 0.88};
    // There are hundreds of them in a first frame: everything is set once, and what has no room for round corners is
    // no more than a rectangle.
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(c.bgTrack);
    int row = 0;
    const double bottom = area.y() + area.height();
    if (like.head > 0) {
        const QRect head(area.x(), area.y(), area.width(), qRound(like.head));
        p.fillRect(head, c.bgInset);
        drawBottomLine(p, head, c.lineSubtle);
        const double left = like.columns.empty() ? 0 : like.columns.front().left;
        const double high = head.height() / 3.0;
        p.drawRoundedRect(QRectF(area.x() + left, head.center().y() + 0.5 - high / 2, high * kHeadLength, high),
                          high / 2, high / 2);
    }
    for (double y = area.y() + like.head; y < bottom && like.height > 0; y += like.height, ++row) {
        drawBottomLine(p, QRectF(area.x(), y, area.width(), like.height).toRect(), c.lineSubtle);
        for (const Column& column : like.columns) {
            const double factor = column.ragged ? kFactors[static_cast<std::size_t>(row) % kFactors.size()] : 1;
            const double top = y + (like.height - column.height) / 2 + column.below;
            const QRectF box(area.x() + column.left, top, column.width * factor, column.height);
            if (column.height <= kLine) {
                p.fillRect(box.toAlignedRect(), c.bgTrack);
            } else {
                const double radius = column.round ? column.height / 2 : std::min(kMostRadius, column.height / 2);
                p.drawRoundedRect(box, radius, radius);
            }
        }
    }
    p.restore();
}

}  // namespace cerebral::ui
