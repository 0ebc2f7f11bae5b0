#pragma once
/// @file ChoiceMenu: a menu of which several lines may be ticked: it stays open until one looks away or chooses a
/// line that ticks none. Deleted when it closes.

#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

namespace cerebral::ui {

class ChoiceMenu : public QMenu {
public:
    explicit ChoiceMenu(QWidget* parent) : QMenu(parent) { setAttribute(Qt::WA_DeleteOnClose); }

protected:
    void mouseReleaseEvent(QMouseEvent* event) override {
        if (!toggle(actionAt(event->position().toPoint()))) QMenu::mouseReleaseEvent(event);
    }
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() != Qt::Key_Space || !toggle(activeAction())) QMenu::keyPressEvent(event);
    }

private:
    /// The first line ticks none of the others.
    bool toggle(QAction* action) {
        if (action == nullptr || !action->isCheckable() || action == actions().front()) return false;
        action->toggle();
        return true;
    }
};

}  // namespace cerebral::ui
