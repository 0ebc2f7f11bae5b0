#include "ui/widgets/icon_field.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFrame>
#include <cstdlib>
#include <utility>

#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
/// Between a line edit's margins and its text, as Qt has it.
constexpr int kInner = 2;
}  // namespace

IconField::IconField(const Theme& theme, const QString& icon, const QString& placeholder, const QString& keyCap,
                     QWidget* parent)
    : QLineEdit(parent), theme_(theme), icon_(icon), keyCap_(keyCap) {
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    connect(&theme_, &Theme::changed, this, &IconField::refresh);
    connect(this, &QLineEdit::textChanged, this, [this, before = qsizetype{0}](const QString& now) mutable {
        refresh();
        const bool typed = hasFocus() || std::abs(now.size() - std::exchange(before, now.size())) == 1;
        if (!typed) setCursorPosition(0);  // the beginning tells more than the end
    });
    refresh();
}

void IconField::refresh() {
    // What is asked for is prose, what is given may be code.
    setFont(mono_ && !text().isEmpty() ? theme_.fonts().mono : theme_.fonts().body);
    setFixedHeight(theme_.px(height_));
    int right = text().isEmpty() ? 8 : theme_.px(16) + 10;
    if (text().isEmpty() && !keyCap_.isEmpty()) right = keyCapWidth(theme_, keyCap_) + 12;
    if (!note_.isEmpty()) right = qRound(textWidth(theme_.fonts().small, note_)) + 34;
    setTextMargins(icon_.isEmpty() ? 6 : theme_.px(14) + 12, 0, right, 0);
    update();
}

void IconField::setFieldHeight(double token) {
    height_ = token;
    refresh();
}

void IconField::setMono(bool mono) {
    mono_ = mono;
    refresh();
}

void IconField::setNote(const QString& note) {
    note_ = note;
    refresh();
    update();
}

void IconField::setProblem(const QString& why) {
    setProperty("bad", !why.isEmpty());
    setToolTip(why.toHtmlEscaped());
    update();
}

QRect IconField::clearRect() const {
    const int size = theme_.px(16);
    return {width() - size - 8, (height() - size) / 2, size, size};
}

void IconField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void IconField::mousePressEvent(QMouseEvent* event) {
    if (!text().isEmpty() && note_.isEmpty() && clearRect().contains(event->position().toPoint())) {
        clear();
        return;
    }
    QLineEdit::mousePressEvent(event);
}

void IconField::mouseMoveEvent(QMouseEvent* event) {
    const bool onCross = !text().isEmpty() && clearRect().contains(event->position().toPoint());
    setCursor(onCross ? Qt::ArrowCursor : Qt::IBeamCursor);
    QLineEdit::mouseMoveEvent(event);
}

void IconField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    // Its own list of offers is no leaving: what is typed goes on where it was.
    if (event->reason() != Qt::PopupFocusReason) setCursorPosition(0);
}

void IconField::paintEvent(QPaintEvent* event) {
    const Colors& c = theme_.colors();
    const double room = width() - textMargins().left() - textMargins().right() - 2 * kInner;
    const bool cut = !hasFocus() && textWidth(font(), text()) > room;
    if (!cut) QLineEdit::paintEvent(event);
    QPainter p(this);
    if (cut) {
        // A letter that is cut through looks like another one.
        QStyleOptionFrame frame;
        initStyleOption(&frame);
        style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &p, this);
        drawText(p, QRectF(textMargins().left() + kInner, 0, room, height()), font(), c.text1, text());
    }
    const double icon = theme_.px(14);
    if (!icon_.isEmpty())
        theme_.icons().draw(p, QRectF(9, (height() - icon) / 2.0, icon, icon), icon_,
                            isEnabled() ? c.text3 : c.textOff);
    if (!note_.isEmpty()) {
        drawText(p, QRectF(0, 0, width() - 12, height()), theme_.fonts().small, c.text3, note_, Qt::AlignRight);
    } else if (!text().isEmpty()) {
        theme_.icons().draw(p, QRectF(clearRect()).adjusted(1, 1, -1, -1), QStringLiteral("x"), c.text3);
    } else if (!keyCap_.isEmpty()) {
        const int cap = keyCapWidth(theme_, keyCap_);
        drawKeyCap(p, QRectF(width() - cap - 6, 0, cap, height()), theme_, keyCap_);
    }
}

}  // namespace cerebral::ui
