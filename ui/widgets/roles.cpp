#include "ui/widgets/roles.h"

#include <QAccessibleWidget>

namespace cerebral::ui {
namespace {

constexpr char kRole[] = "accessibleRole";

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    if (widget == nullptr) return nullptr;
    const QVariant role = widget->property(kRole);
    if (!role.isValid()) return nullptr;
    return new QAccessibleWidget(widget, static_cast<QAccessible::Role>(role.toInt()));  // QAccessible owns it
}

}  // namespace

void setRole(QWidget& widget, QAccessible::Role role) {
    widget.setProperty(kRole, static_cast<int>(role));
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
}

}  // namespace cerebral::ui
