#include "ui/widgets/new_rows_bar.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>

#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/rows_edge.h"

namespace cerebral::ui {
namespace {
constexpr double kHeight = 28;
constexpr int kGap = 6;
}  // namespace

NewRowsBar::NewRowsBar(const Theme& theme, QAbstractItemView& list, QHeaderView& header)
    : QAbstractButton(&list), theme_(theme), list_(list), header_(header) {
    setObjectName(QStringLiteral("newRows"));
    setFocusPolicy(Qt::NoFocus);  // Home leads there too
    setToolTip(QStringLiteral("Show the newest (Home)"));
    setCursor(Qt::PointingHandCursor);
    hide();
    header_.installEventFilter(this);
    connect(this, &QAbstractButton::clicked, &list, &QAbstractItemView::scrollToTop);
    connect(&theme_, &Theme::changed, this, &NewRowsBar::makeRoom);
}

void NewRowsBar::setCount(int count) {
    if (count == count_) return;
    count_ = count;
    setText(QStringLiteral("%1 new").arg(QLocale::c().toString(count)));
    setAccessibleName(text());
    setVisible(count > 0);
    const int before = header_.minimumHeight();
    makeRoom();
    if (const int moved = header_.minimumHeight() - before; moved != 0) emit rowsMoved(moved);
    update();
}

QSize NewRowsBar::sizeHint() const {
    return {header_.width(), theme_.px(kHeight)};
}

void NewRowsBar::makeRoom() {
    const int names = theme_.px(kColumnHeader);
    const int wanted = names + (count_ > 0 ? theme_.px(kHeight) : 0);
    const int before = header_.minimumHeight();
    header_.setFixedHeight(wanted);
    if (wanted == before) return;
    QMetaObject::invokeMethod(&list_, "updateGeometries");
    place();
}

void NewRowsBar::place() {
    const int names = theme_.px(kColumnHeader);
    setGeometry(header_.x(), header_.y() + names, header_.width(), theme_.px(kHeight));
    raise();
}

bool NewRowsBar::eventFilter(QObject* watched, QEvent* event) {
    if ((event->type() == QEvent::Resize || event->type() == QEvent::Move) && count_ > 0) place();
    return QAbstractButton::eventFilter(watched, event);
}

void NewRowsBar::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void NewRowsBar::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void NewRowsBar::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), underMouse() ? c.bgHover : c.accentTint);
    drawBottomLine(p, rect(), c.lineDefault);
    const QFont& font = theme_.fonts().smallStrong;
    const double icon = theme_.px(12);
    const double left = (width() - icon - kGap - textWidth(font, text())) / 2;
    theme_.icons().draw(p, markAt(theme_, left, height() / 2.0, 12), QStringLiteral("up"), c.accentText);
    drawText(p, QRectF(left + icon + kGap, 0, width() - left, height()), font, c.accentText, text());
}

}  // namespace cerebral::ui
