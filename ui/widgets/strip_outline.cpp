#include "ui/widgets/strip_outline.h"

#include <QPainter>

#include "ui/models/format.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/strip.h"

namespace cerebral::ui {
namespace {
constexpr double kHeight = 40;
}  // namespace

StripOutline::StripOutline(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    keepHeight(theme_, this, kHeight);
    QStringList names;
    for (const journey::Stage stage : journey::kStages) names << fromUtf8(journey::toString(stage));
    setAccessibleName(names.join(QStringLiteral(", ")));
}

void StripOutline::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const StripLayout tokens(WidthClass::Wide, 1);
    const double scale = width() / tokens.total();
    for (const journey::Stage stage : journey::kStages) {
        const std::size_t at = journey::indexOf(stage);
        const double left = tokens.left(at) * scale;
        // Gaps stay as they are.
        const double end = at + 1 < journey::kStageCount ? tokens.left(at + 1) * scale - 4 : width();
        p.fillRect(QRectF(left, 0, end - left, 2), c.bgTrack);
        drawText(p, QRectF(left, theme_.px(8), end - left, theme_.px(16)), theme_.fonts().small, c.text3,
                 fromUtf8(journey::toString(stage)));
    }
}

}  // namespace cerebral::ui
