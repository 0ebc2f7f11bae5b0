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
constexpr double kRemark = 20;
constexpr double kRemarksMargin = 10;
constexpr std::size_t kMost = 6;
}  // namespace

PlanView::PlanView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

double PlanView::remarksHeight() const {
    if (remarks_.empty()) return 0;
    return 2 * theme_.px(kRemarksMargin) + static_cast<double>(remarks_.size()) * theme_.px(kRemark);
}

QSize PlanView::sizeHint() const {
    const double lines = theme_.px(kLine * static_cast<double>(std::clamp<std::size_t>(lines_.size(), 1, kMost)));
    return {320, static_cast<int>(lines + remarksHeight()) + 2};
}

QSize PlanView::minimumSizeHint() const {
    return {120, static_cast<int>(theme_.px(kLine) + remarksHeight()) + 2};
}

void PlanView::setLines(std::vector<PlanLine> lines, const QString& placeholder, std::vector<PlanRemark> remarks) {
    lines_ = std::move(lines);
    remarks_ = std::move(remarks);
    placeholder_ = placeholder;
    QStringList spoken;
    for (const PlanLine& line : lines_)
        spoken << line.title + QLatin1Char(' ') + line.right + QLatin1Char(' ') + line.note;
    for (const PlanRemark& remark : remarks_) spoken << remark.text;
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void PlanView::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    drawBox(p, rect(), 6, c.bgRaised, c.lineDefault);
    const double end = height() - remarksHeight();
    if (lines_.empty())
        drawText(p, QRectF(12, 0, width() - 24, theme_.px(kLine)), theme_.fonts().small, c.text3, placeholder_);
    double y = 1;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const bool lastRoom = y + 2.0 * theme_.px(kLine) > end + 1 && i + 1 < lines_.size();
        if (lastRoom) {
            drawText(p, QRectF(12, y, width() - 24, theme_.px(kLine)), theme_.fonts().small, c.text2,
                     QStringLiteral("and %1 more").arg(lines_.size() - i));
            break;
        }
        paintLine(p, lines_[i], y);
        y += theme_.px(kLine);
        if (i + 1 < lines_.size()) p.fillRect(QRectF(1, y, width() - 2, 1), c.lineSubtle);
    }
    if (!remarks_.empty()) paintRemarks(p, end);
}

void PlanView::paintRemarks(QPainter& p, double y) const {
    const Colors& c = theme_.colors();
    p.fillRect(QRectF(1, y, width() - 2, 1), c.lineSubtle);
    y += theme_.px(kRemarksMargin);
    for (const PlanRemark& remark : remarks_) {
        const QRectF row(12, y, width() - 24, theme_.px(kRemark));
        drawGlyph(p, markAt(theme_, row.left(), row.center().y(), 12), remark.status, c, {.ground = c.bgRaised});
        drawText(p, row.adjusted(theme_.px(20), 0, 0, 0), theme_.fonts().small, c.text2, remark.text);
        y += theme_.px(kRemark);
    }
}

void PlanView::paintLine(QPainter& p, const PlanLine& line, double y) const {
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    double left = 12;
    const QRectF first(left, y + theme_.px(7), width() - 24, theme_.px(20));
    if (line.status) {
        drawGlyph(p, markAt(theme_, left, first.center().y(), 14), *line.status, c, {.ground = c.bgRaised});
        left += theme_.px(22);
    }
    const double right = tabularWidth(f.small, line.right);
    p.setPen(c.text3);
    drawTabular(p, first, Qt::AlignRight, f.small, line.right);
    drawText(p, QRectF(left, first.top(), first.right() - right - 12 - left, first.height()),
             line.isRun ? f.mono : f.strong, c.text1, line.title, Qt::AlignLeft,
             line.isRun ? Qt::ElideMiddle : Qt::ElideRight);
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
}

}  // namespace cerebral::ui
