#pragma once
/// @file Roles of widgets that paint themselves, for screen readers.

#include <QAccessible>

class QWidget;

namespace cerebral::ui {

/// From the widget's constructor, before it has a name. Without it a painted widget is nothing that a screen reader
/// has a word for.
void setRole(QWidget& widget, QAccessible::Role role);

}  // namespace cerebral::ui
