#pragma once
/// @file Switch: on or off at once, with its word beside it.

#include <QAbstractButton>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class Switch : public QAbstractButton {
    Q_OBJECT
public:
    Switch(const Theme& theme, const QString& text, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace cerebral::ui
