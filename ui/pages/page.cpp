#include "ui/pages/page.h"

#include <QStackedLayout>

#include "ui/pages/desk_actions.h"

namespace cerebral::ui {

ActionTarget Page::target(const DeskActions&) const {
    return {};
}

void Page::bringUp(QStackedLayout& parts, QWidget& part) {
    const QWidget* before = parts.currentWidget();
    if (before == &part) return;
    // The focus stays in the page: what is hidden would hand it to the first button of the window.
    const QWidget* focus = window()->focusWidget();
    const bool here = focus != nullptr && (focus == before || before->isAncestorOf(focus));
    parts.setCurrentWidget(&part);
    if (here) part.setFocus();
}

}  // namespace cerebral::ui
