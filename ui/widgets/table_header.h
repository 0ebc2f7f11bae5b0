#pragma once
/// @file TableHeader: column titles, the sorted one with an arrow; numbers right aligned.

#include <QHeaderView>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    TableHeader(const Theme& theme, QWidget* parent);
    /// This column begins with a check box for "all shown rows" and the place of the rows' glyph.
    void setCheckColumn(int logicalIndex) { checkColumn_ = logicalIndex; }
    void setCheckState(Qt::CheckState state);
    [[nodiscard]] Qt::CheckState checkState() const noexcept { return checkState_; }
    /// The first column's title stands this far in, as its cells do. Pixels.
    void setFirstIndent(int indent) {
        firstIndent_ = indent;
        viewport()->update();
    }
    [[nodiscard]] int firstIndent() const noexcept { return firstIndent_; }
    /// Of the sorted column's arrow, with what keeps it off the title.
    [[nodiscard]] int arrowWidth() const { return theme_.px(12) + 2; }

signals:
    void checkClicked();

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    const Theme& theme_;
    int checkColumn_ = -1;
    int firstIndent_ = 0;
    Qt::CheckState checkState_ = Qt::Unchecked;
};

/// Where the tick box, the glyph and the text stand in the check column, from its left edge.
struct CheckColumn {
    explicit CheckColumn(const Theme& theme) : glyph(box + theme.px(28)), text(box + theme.px(56)) {}
    double box = 24;
    double glyph;
    double text;
};

/// The box of rows and headers, 16 × 16 at normal size.
void drawCheckBox(QPainter& painter, const QRectF& rect, Qt::CheckState state, const Theme& theme);

}  // namespace cerebral::ui
