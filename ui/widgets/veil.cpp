#include "ui/widgets/veil.h"

#include <QEvent>
#include <QPainter>

namespace cerebral::ui {

Veil::Veil(const Theme& theme, QWidget& over) : QWidget(&over), theme_(theme) {
    setGeometry(over.rect());
    over.installEventFilter(this);
    show();
    raise();
}

bool Veil::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) resize(static_cast<QWidget*>(watched)->size());
    return QWidget::eventFilter(watched, event);
}

void Veil::mousePressEvent(QMouseEvent*) {
    emit pressed();
}

void Veil::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), theme_.colors().dim);
}

}  // namespace cerebral::ui
