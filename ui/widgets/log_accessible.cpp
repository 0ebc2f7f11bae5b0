#include "ui/widgets/log_accessible.h"

#include <QAccessibleWidget>

#include "ui/widgets/log_view.h"

namespace cerebral::ui {
namespace {

class LogAccessible final : public QAccessibleWidget {
public:
    explicit LogAccessible(LogView& view) : QAccessibleWidget(&view, QAccessible::Document), view_(view) {}

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? view_.visibleText() : QAccessibleWidget::text(kind);
    }
    QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        return state;
    }

private:
    const LogView& view_;
};

QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
    if (className != QLatin1String("cerebral::ui::LogView")) return nullptr;
    return new LogAccessible(*static_cast<LogView*>(object));  // QAccessible owns it
}

}  // namespace

void makeLogsAccessible() {
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
}

}  // namespace cerebral::ui
