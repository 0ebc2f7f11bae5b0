#pragma once
/// @file Paragraph: a label of several lines at the line pitch of its type; the font alone would set them tighter.

#include <QLabel>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class Paragraph : public QLabel {
    Q_OBJECT
public:
    /// `pitch`: pixels from line to line, unscaled.
    Paragraph(const Theme& theme, QFont Fonts::*font, QColor Colors::*color, double pitch, QWidget* parent);

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    double pitch_;
};

}  // namespace cerebral::ui
