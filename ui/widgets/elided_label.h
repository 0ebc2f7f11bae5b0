#pragma once
/// @file ElidedLabel: one line that ends in "…" where there is no room; whole on hover and for screen readers.

#include <QLabel>
#include <QPainter>

#include "ui/widgets/paint.h"

namespace cerebral::ui {

class ElidedLabel : public QLabel {
public:
    explicit ElidedLabel(QWidget* parent = nullptr) : QLabel(parent) {
        setTextFormat(Qt::PlainText);
        setProperty("elides", true);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    }
    void setWhole(const QString& text) {
        setText(text);
        setToolTip(plainTip(text));
    }
    QSize minimumSizeHint() const override { return {fontMetrics().averageCharWidth() * 6, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        drawText(p, rect(), font(), palette().color(QPalette::WindowText), text());
    }
};

}  // namespace cerebral::ui
