#include "ui/widgets/chip.h"

#include <QPainter>

#include "ui/theme/tabular.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr int kPadding = 9;
constexpr int kGap = 6;
constexpr double kIcon = 12;
}  // namespace

Chip::Chip(const Theme& theme, const QString& text, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    connect(this, &QAbstractButton::toggled, this, &QWidget::updateGeometry);
}

void Chip::setCount(int count, Status status) {
    if (count == count_ && status == status_) return;
    count_ = count;
    status_ = status;
    setAccessibleName(count > 0 ? text() + QStringLiteral(", %1").arg(count) : text());
    updateGeometry();
    update();
}

void Chip::setTail(Tail tail) {
    tail_ = tail;
    updateGeometry();
    update();
}

void Chip::setIconName(const QString& icon) {
    icon_ = icon;
    updateGeometry();
}

void Chip::setChipText(const QString& text) {
    setText(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

const QFont& Chip::textFont() const {
    return isChecked() ? theme_.fonts().smallStrong : theme_.fonts().small;
}

QSize Chip::sizeHint() const {
    double width = 2 * kPadding + textWidth(textFont(), text());
    if (!icon_.isEmpty()) width += theme_.px(kIcon) + kGap;
    if (count_ > 0) width += kGap + tabularWidth(theme_.fonts().smallStrong, QString::number(count_));
    if (tail_ != Tail::None) width += kGap + theme_.px(kIcon);
    return {static_cast<int>(width + 1), theme_.px(24)};
}

void Chip::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void Chip::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QRectF box = rect();
    const QColor ink = isChecked() ? c.text1 : c.text2;
    const QColor fill = isDown() ? c.bgTrack : isChecked() ? c.bgSelected : underMouse() ? c.bgHover : QColor();
    drawBox(p, box, box.height() / 2, fill, isChecked() ? c.lineControl : c.lineDefault);
    const double icon = theme_.px(kIcon);
    double x = kPadding;
    if (!icon_.isEmpty()) {
        theme_.icons().draw(p, QRectF(x, (box.height() - icon) / 2, icon, icon), icon_, ink);
        x += icon + kGap;
    }
    x += drawText(p, QRectF(x, 0, box.width() - x, box.height()), textFont(), ink, text(), Qt::AlignLeft,
                  Qt::ElideNone);
    if (count_ > 0) {
        x += kGap;
        p.setPen(stateTextColor(c, status_));
        drawTabular(p, QRectF(x, 0, box.width() - x, box.height()), Qt::AlignLeft, theme_.fonts().smallStrong,
                    QString::number(count_));
    }
    if (tail_ != Tail::None) {
        theme_.icons().draw(p, QRectF(box.width() - kPadding - icon + 2, (box.height() - icon) / 2, icon, icon),
                            tail_ == Tail::Choice ? QStringLiteral("down") : QStringLiteral("x"), ink);
    }
    if (hasFocus()) drawFocusRing(p, box, box.height() / 2, theme_);
}

}  // namespace cerebral::ui
