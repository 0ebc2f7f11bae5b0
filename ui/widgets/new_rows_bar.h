#pragma once
/// @file NewRowsBar: "3 new" between the column names and the rows of a list whose reader is elsewhere in it. A click
/// leads to the top.

#include <QAbstractButton>

#include "ui/theme/theme.h"

class QAbstractItemView;
class QHeaderView;

namespace cerebral::ui {

class NewRowsBar : public QAbstractButton {
    Q_OBJECT
public:
    /// Stands in the lower part of `header`, which grows for it, and is owned by `list`. Hidden while there is
    /// nothing to tell.
    NewRowsBar(const Theme& theme, QAbstractItemView& list, QHeaderView& header);
    void setCount(int count);
    [[nodiscard]] int count() const noexcept { return count_; }
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// The rows begin so much lower now (higher, if negative).
    void rowsMoved(int pixels);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void makeRoom();
    void place();

    const Theme& theme_;
    QAbstractItemView& list_;
    QHeaderView& header_;
    int count_ = 0;
};

}  // namespace cerebral::ui
