#include "ui/pages/page.h"

#include "ui/pages/desk_actions.h"

namespace cerebral::ui {

ActionTarget Page::target(const DeskActions&) const {
    return {};
}

}  // namespace cerebral::ui
