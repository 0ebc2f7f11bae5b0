#pragma once
/// @file The edges of a list below column names: the names above it, the scroll bar at its right.

#include <QAbstractItemView>
#include <QScrollBar>

namespace cerebral::ui {

/// Of the row of column names, unscaled. A header may be higher: what is announced stands below the names.
inline constexpr double kColumnHeader = 32;

/// Rows and header go to the right edge of `list`; its scroll bar lies over the rows.
inline void layBarOverRows(QAbstractItemView& list) {
    QScrollBar* bar = list.verticalScrollBar();
    bar->setProperty("overRows", true);  // theme/desk_style: no ground of its own
    bar->setAttribute(Qt::WA_OpaquePaintEvent, false);
}

}  // namespace cerebral::ui
