#include "ui/pages/letter_keys.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

#include "ui/models/settings.h"

namespace cerebral::ui {
namespace {

bool isLetter(const QKeyEvent& key) {
    const auto others = key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    return others == 0 && key.text().size() == 1 && key.text().front().isLetter();
}

}  // namespace

LetterKeys::LetterKeys(const Settings& settings, QWidget& window)
    : QObject(&window), settings_(settings), window_(window) {
    // Lists, logs and charts have letters of their own: this is before any of them.
    QApplication::instance()->installEventFilter(this);
}

bool LetterKeys::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress || settings_.letterKeys()) return false;
    const auto* widget = qobject_cast<const QWidget*>(watched);
    if (widget == nullptr || widget->window() != &window_ || widget->testAttribute(Qt::WA_InputMethodEnabled))
        return false;
    return isLetter(*static_cast<QKeyEvent*>(event));
}

}  // namespace cerebral::ui
