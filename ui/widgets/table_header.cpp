#include "ui/widgets/table_header.h"

#include <QMouseEvent>
#include <QPainter>

#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/rows_edge.h"

namespace cerebral::ui {

void drawCheckBox(QPainter& p, const QRectF& rect, Qt::CheckState state, const Theme& theme) {
    const Colors& c = theme.colors();
    if (state == Qt::Checked) {
        drawBox(p, rect, 4, c.accent);
        const double edge = rect.width() / 8;
        theme.icons().draw(p, rect.adjusted(edge, edge, -edge, -edge), QStringLiteral("check"), c.textInverse);
        return;
    }
    drawBox(p, rect, 4, c.bgCanvas, c.lineStrong);
    if (state == Qt::PartiallyChecked) {
        const double part = rect.width() / 4;
        p.fillRect(QRectF(rect.left() + part, rect.center().y() - part / 4, 2 * part, part / 2), c.text2);
    }
}

TableHeader::TableHeader(const Theme& theme, QWidget* parent) : QHeaderView(Qt::Horizontal, parent), theme_(theme) {
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setStretchLastSection(true);
    setFixedHeight(theme_.px(kColumnHeader));
    setFocusPolicy(Qt::NoFocus);
    setMinimumSectionSize(28);
    connect(&theme_, &Theme::changed, this, [this] {
        setFixedHeight(theme_.px(kColumnHeader));
        viewport()->update();
    });
}

void TableHeader::setCheckState(Qt::CheckState state) {
    if (state == checkState_) return;
    checkState_ = state;
    viewport()->update();
}

void TableHeader::mouseReleaseEvent(QMouseEvent* event) {
    const bool onCheck = checkColumn_ >= 0 && logicalIndexAt(event->position().toPoint()) == checkColumn_;
    QHeaderView::mouseReleaseEvent(event);
    if (onCheck && event->position().x() < CheckColumn(theme_).glyph) emit checkClicked();
}

void TableHeader::paintEvent(QPaintEvent* event) {
    {
        QPainter p(viewport());
        p.fillRect(viewport()->rect(), theme_.colors().bgCanvas);
    }
    QHeaderView::paintEvent(event);
    QPainter p(viewport());
    drawBottomLine(p, QRect(0, 0, viewport()->width(), theme_.px(kColumnHeader)), theme_.colors().lineDefault);
}

void TableHeader::paintSection(QPainter* painter, const QRect& section, int logicalIndex) const {
    const Colors& c = theme_.colors();
    const QRect rect(section.left(), section.top(), section.width(), theme_.px(kColumnHeader));
    painter->fillRect(rect, c.bgCanvas);
    if (logicalIndex == checkColumn_) {
        drawCheckBox(*painter, markAt(theme_, rect.left() + CheckColumn(theme_).box, QRectF(rect).center().y(), 16),
                     checkState_, theme_);
    }
    const QString text = model()->headerData(logicalIndex, Qt::Horizontal, Qt::DisplayRole).toString();
    const auto alignment =
        model()->headerData(logicalIndex, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    const QColor ink = sorted ? c.text1 : c.text3;
    QRectF box = QRectF(rect).adjusted(logicalIndex == checkColumn_ ? CheckColumn(theme_).text
                                       : logicalIndex == 0          ? firstIndent_
                                                                    : 0,
                                       0, -12, -1);
    const double arrow = sorted ? arrowWidth() : 0;
    const bool right = (alignment & Qt::AlignRight) != 0;
    if (right) box.setRight(box.right() - arrow);
    const double width =
        drawText(*painter, box, theme_.fonts().smallStrong, ink, text, right ? Qt::AlignRight : Qt::AlignLeft);
    if (sorted) {
        const double x = right ? box.right() + 2 : box.left() + width + 2;
        theme_.icons().draw(
            *painter, markAt(theme_, x, QRectF(rect).center().y(), 12),
            sortIndicatorOrder() == Qt::DescendingOrder ? QStringLiteral("down") : QStringLiteral("up"), ink);
    }
}

}  // namespace cerebral::ui
