#include "ui/widgets/check_row.h"

#include <QPainter>

#include "ui/widgets/paint.h"
#include "ui/widgets/table_header.h"

namespace cerebral::ui {

CheckRow::CheckRow(const Theme& theme, const QString& name, QWidget* parent)
    : QAbstractButton(parent), theme_(theme) {
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, &QWidget::updateGeometry);
}

void CheckRow::setNote(const ServiceNote& note) {
    if (note.text == note_.text && note.tone == note_.tone) return;
    note_ = note;
    setAccessibleDescription(note.text);
    update();
}

void CheckRow::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void CheckRow::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void CheckRow::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    p.fillRect(rect(), underMouse() && isEnabled() ? c.bgHover : c.bgRaised);
    if (!last_) drawBottomLine(p, rect(), c.lineSubtle);
    const double box = theme_.px(16);
    if (!isEnabled()) p.setOpacity(0.5);
    drawCheckBox(p, QRectF(12, (height() - box) / 2.0, box, box), isChecked() ? Qt::Checked : Qt::Unchecked, theme_);
    p.setOpacity(1);
    const double note = textWidth(f.small, note_.text);
    const QColor ink = !isEnabled()                              ? c.textOff
                       : note_.tone == ServiceNote::Tone::Failed ? c.bad.text
                       : note_.tone == ServiceNote::Tone::Stuck  ? c.stuck.text
                                                                 : c.text3;
    const QRectF row = QRectF(rect()).adjusted(20 + box, 0, -12, -1);
    drawText(p, row, f.small, ink, note_.text, Qt::AlignRight);
    drawText(p, row.adjusted(0, 0, -note - 12, 0), f.body, isEnabled() ? c.text1 : c.textOff, text());
    if (hasFocus()) drawFocusRing(p, QRectF(rect()).adjusted(1, 1, -1, -2), 4, theme_);
}

}  // namespace cerebral::ui
