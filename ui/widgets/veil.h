#pragma once
/// @file Veil: dims the window under a dialog or the palette; follows its size.

#include <QWidget>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class Veil : public QWidget {
    Q_OBJECT
public:
    Veil(const Theme& theme, QWidget& over);

signals:
    void pressed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace cerebral::ui
