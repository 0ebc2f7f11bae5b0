#include "ui/widgets/plan_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr double kLine = 52;
constexpr std::size_t kMost = 6;
}  // namespace

PlanView::PlanView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize PlanView::sizeHint() const {
    return {320, theme_.px(kLine * static_cast<double>(std::clamp<std::size_t>(lines_.size(), 3, kMost)))};
}

void PlanView::setLines(std::vector<PlanLine> lines, const QString& placeholder) {
    lines_ = std::move(lines);
    placeholder_ = placeholder;
    QStringList spoken;
    for (const PlanLine& line : lines_)
        spoken << line.title + QLatin1Char(' ') + line.right + QLatin1Char(' ') + line.note;
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void PlanView::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    drawBox(p, rect(), 6, c.bgRaised, c.lineDefault);
    if (lines_.empty()) {
        drawText(p, QRectF(12, 0, width() - 24, theme_.px(kLine)), f.small, c.text3, placeholder_);
        return;
    }
    double y = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const PlanLine& line = lines_[i];
        if (y + theme_.px(kLine) > height() + 1) break;
        double left = 12;
        const QRectF first(left, y + theme_.px(7), width() - 24, theme_.px(20));
        if (line.status) {
            drawGlyph(p, markAt(theme_, left, first.center().y(), 14), *line.status, c, {.ground = c.bgRaised});
            left += theme_.px(22);
        }
        const double right = tabularWidth(f.small, line.right);
        p.setPen(c.text3);
        drawTabular(p, first, Qt::AlignRight, f.small, line.right);
        drawText(p, QRectF(left, first.top(), first.right() - right - 12 - left, first.height()), f.strong, c.text1,
                 line.title);
        const QRectF second(left, y + theme_.px(28), first.right() - left, theme_.px(16));
        double x = left;
        if (!line.from.isEmpty()) {
            x += drawText(p, second, f.mono, c.text2, shortSha(line.from)) + 6;
            theme_.icons().draw(p, markAt(theme_, x, second.center().y(), 12), QStringLiteral("arrowr"), c.text2);
            x += theme_.px(18);
        }
        if (!line.to.isEmpty()) {
            x += drawText(p, QRectF(x, second.top(), second.right() - x, second.height()), f.mono, c.text1,
                          shortSha(line.to)) +
                 8;
        }
        drawText(p, QRectF(x, second.top(), second.right() - x, second.height()), f.small,
                 line.loud ? c.bad.text : c.text2, line.note);
        y += theme_.px(kLine);
        if (i + 1 < lines_.size()) p.fillRect(QRectF(1, y, width() - 2, 1), c.lineSubtle);
    }
}

}  // namespace cerebral::ui
