#pragma once
/// @file TabStrip: the tabs of a page, with counts; a 2 px line under the current one.

#include <QTabBar>
#include <optional>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class TabStrip : public QTabBar {
    Q_OBJECT
public:
    explicit TabStrip(const Theme& theme, QWidget* parent = nullptr);
    /// None: nobody knows it, and no number is shown.
    void setCount(int tab, std::optional<int> count);

protected:
    void paintEvent(QPaintEvent* event) override;
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }

private:
    const Theme& theme_;
};

}  // namespace cerebral::ui
