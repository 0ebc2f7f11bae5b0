#pragma once
/// @file NewRowsBar: "3 new" at the top of a list whose reader is elsewhere in it. A click leads there.

#include "ui/widgets/button.h"

class QAbstractItemView;

namespace cerebral::ui {

class NewRowsBar : public Button {
    Q_OBJECT
public:
    /// Stands over the rows of `list`, which owns it. Hidden while there is nothing to tell.
    NewRowsBar(const Theme& theme, QAbstractItemView& list);
    void setCount(int count);
    [[nodiscard]] int count() const noexcept { return count_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QAbstractItemView& list_;
    int count_ = 0;
};

}  // namespace cerebral::ui
