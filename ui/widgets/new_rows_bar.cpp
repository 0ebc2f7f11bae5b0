#include "ui/widgets/new_rows_bar.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QLocale>

namespace cerebral::ui {
namespace {
constexpr int kBelowEdge = 8;
}  // namespace

NewRowsBar::NewRowsBar(const Theme& theme, QAbstractItemView& list)
    : Button(theme, QStringLiteral("up"), {}, Kind::Primary, &list), list_(list) {
    setObjectName(QStringLiteral("newRows"));
    setFocusPolicy(Qt::NoFocus);  // Home leads there too
    setHint(QStringLiteral("Show the newest (Home)"));
    hide();
    list.viewport()->installEventFilter(this);
    connect(this, &QAbstractButton::clicked, &list, &QAbstractItemView::scrollToTop);
    connect(&theme, &Theme::changed, this, &NewRowsBar::place);
}

void NewRowsBar::setCount(int count) {
    if (count == count_) return;
    count_ = count;
    setText(QStringLiteral("%1 new").arg(QLocale::c().toString(count)));
    setAccessibleName(text());
    place();
    setVisible(count > 0);
    raise();
}

void NewRowsBar::place() {
    const QRect rows = list_.viewport()->geometry();
    resize(sizeHint());
    move(rows.center().x() - width() / 2, rows.top() + kBelowEdge);
}

bool NewRowsBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && isVisible()) place();
    return Button::eventFilter(watched, event);
}

}  // namespace cerebral::ui
