#pragma once
/// @file Where a menu opens that belongs to a button.

#include <QMenu>
#include <QWidget>

namespace cerebral::ui {

/// Below `button`, ending where it ends.
inline void popupBelowEnd(QMenu& menu, const QWidget& button) {
    menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4)));
}

}  // namespace cerebral::ui
