#include "ui/widgets/log_accessible.h"

#include <QAccessibleWidget>

#include "ui/widgets/log_view.h"

namespace cerebral::ui {
namespace {

/// The lines on screen as one text; it has no caret and nothing in it can be selected from outside.
class LogAccessible final : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit LogAccessible(LogView& view) : QAccessibleWidget(&view, QAccessible::Document), view_(view) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface*>(this)
                                                  : QAccessibleWidget::interface_cast(type);
    }
    QString text(int start, int end) const override {
        const QString all = view_.visibleText();
        return all.mid(start, end < 0 ? -1 : end - start);
    }
    int characterCount() const override { return static_cast<int>(view_.visibleText().size()); }
    void selection(int, int* start, int* end) const override { *start = *end = 0; }
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    QRect characterRect(int) const override { return view_.viewport()->rect(); }
    int offsetAtPoint(const QPoint&) const override { return -1; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int offset, int* start, int* end) const override {
        *start = offset;
        *end = characterCount();
        return {};
    }

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
