#pragma once
/// @file Rule: a line between things, as wide and high as it is made.

#include <QPainter>
#include <QWidget>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class Rule : public QWidget {
public:
    Rule(const Theme& theme, QColor Colors::*color, QWidget* parent)
        : QWidget(parent), theme_(theme), color_(color) {}

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), theme_.colors().*color_); }

private:
    const Theme& theme_;
    QColor Colors::*color_;
};

}  // namespace cerebral::ui
