#include "ui/widgets/stale_banner.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/theme/glyph.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {

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
    const double used = drawText(p, QRectF(left, 0, right - left, height()), theme_.fonts().section, c.text1, title_);
    const double x = left + used + 12;
    drawText(p, QRectF(x, 0, right - x, height()), theme_.fonts().small, c.text2, text_);
}

}  // namespace cerebral::ui
