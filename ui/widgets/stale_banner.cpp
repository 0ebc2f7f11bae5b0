#include "ui/widgets/stale_banner.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/theme/glyph.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {
constexpr double kGap = 12;
constexpr double kLine = 20;
}  // namespace

StaleBanner::StaleBanner(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      details_(new Button(theme, {}, QStringLiteral("Details"), Button::Kind::Default, this)),
      retry_(new Button(theme, QStringLiteral("rebuild"), QStringLiteral("Reconnect now"), Button::Kind::Default,
                        this)) {
    details_->setSize(Button::Size::Small);
    retry_->setSize(Button::Size::Small);
    retry_->setHint(QStringLiteral("F5"));
    keepHeight(theme_, this, 48);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(24, 0, 24, 1);
    row->addStretch();
    row->addWidget(details_);
    row->addWidget(retry_);
    connect(details_, &QAbstractButton::clicked, this, &StaleBanner::detailsRequested);
    connect(retry_, &QAbstractButton::clicked, this, &StaleBanner::retryRequested);
    hide();
}

void StaleBanner::setTexts(const QString& title, const QString& text, const QString& whole) {
    title_ = title;
    text_ = text;
    setAccessibleName(title + QStringLiteral(". ") + text);
    setToolTip((whole.isEmpty() ? text : whole).toHtmlEscaped());
    update();
}

void StaleBanner::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.stuck.tint);
    drawBottomLine(p, rect(), c.stuck.solid);
    drawGlyph(p, markAt(theme_, 24, height() / 2.0, 16), Status::Stuck, c, {.ground = c.stuck.tint});
    const double right = details_->x() - 16;
    const double left = 24 + theme_.px(28);
    const QFont& head = theme_.fonts().section;
    const QFont& body = theme_.fonts().small;
    const double title = textWidth(head, title_);
    // Who does not answer is read to its port: below the title, where there is no room beside it.
    if (left + title + kGap + textWidth(body, text_) > right) {
        const double line = theme_.px(kLine);
        const double top = (height() - 1) / 2.0 - line;
        drawText(p, QRectF(left, top, right - left, line), head, c.text1, title_);
        drawText(p, QRectF(left, top + line, right - left, line), body, c.text2, text_);
        return;
    }
    drawText(p, QRectF(left, 0, right - left, height()), head, c.text1, title_);
    const double x = left + title + kGap;
    drawText(p, QRectF(x, 0, right - x, height()), body, c.text2, text_);
}

}  // namespace cerebral::ui
