#pragma once
/// @file StripOutline: the six stages a push goes through, none of them begun: what a list of pushes will show.

#include <QWidget>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class StripOutline : public QWidget {
public:
    explicit StripOutline(const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace cerebral::ui
