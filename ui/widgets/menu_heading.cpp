#include "ui/widgets/menu_heading.h"

#include <QWidgetAction>
#include <algorithm>
#include <cmath>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {

constexpr double kMostWidth = 420;
constexpr int kSide = 12;
constexpr int kAbove = 6;

}  // namespace

void addMenuHeading(QMenu& menu, const Theme& theme, const QString& text) {
    auto* label = makeLabel(theme, &Fonts::small, &Colors::text2, text, &menu);
    label->setContentsMargins(kSide, kAbove, kSide, kAbove);
    label->setWordWrap(true);
    const int whole = static_cast<int>(std::ceil(textWidth(theme.fonts().small, text))) + 2 * kSide + 1;
    label->setMinimumWidth(std::min(whole, theme.px(kMostWidth)));
    label->setMinimumHeight(label->heightForWidth(label->minimumWidth()));
    auto* action = new QWidgetAction(&menu);
    action->setText(text);  // for those who hear it
    action->setDefaultWidget(label);
    action->setEnabled(false);
    menu.addAction(action);
}

}  // namespace cerebral::ui
