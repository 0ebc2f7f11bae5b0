#include "ui/widgets/notice.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr int kShownMs = 8000;
}

Notice::Notice(const Theme& theme, QWidget& window) : QWidget(&window), theme_(theme) {
    hide();
    window.installEventFilter(this);
    gone_.setSingleShot(true);
    gone_.setInterval(kShownMs);
    connect(&gone_, &QTimer::timeout, this, &QWidget::hide);
}

void Notice::say(const QString& text, Status status) {
    text_ = text;
    status_ = status;
    setAccessibleName(text);
    setToolTip(plainTip(text));
    place();
    show();
    raise();
    update();
    gone_.start();
}

void Notice::place() {
    const QWidget& window = *parentWidget();
    const int width = std::min(static_cast<int>(textWidth(theme_.fonts().body, text_)) + 52, window.width() - 120);
    resize(width, theme_.px(36));
    move(window.width() / 2 - width / 2, window.height() - height() - 24);
}

bool Notice::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && isVisible()) place();
    return QWidget::eventFilter(watched, event);
}

void Notice::mousePressEvent(QMouseEvent*) {
    hide();
}

void Notice::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    drawBox(p, rect(), 6, c.bgRaised, c.lineControl);
    drawGlyph(p, QRectF(12, (height() - 16) / 2.0, 16, 16), status_, c, {.ground = c.bgRaised});
    drawText(p, QRectF(rect()).adjusted(36, 0, -12, 0), theme_.fonts().body, c.text1, text_);
}

}  // namespace cerebral::ui
