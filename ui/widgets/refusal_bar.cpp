#include "ui/widgets/refusal_bar.h"

#include <QPainter>
#include <utility>

#include "ui/widgets/paint.h"
#include "ui/widgets/paragraph.h"

namespace cerebral::ui {
namespace {
constexpr int kSide = 24;
constexpr double kPitch = 16;
}  // namespace

RefusalBar::RefusalBar(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      title_(makeLabel(theme, &Fonts::section, &Colors::text1, {}, this)),
      text_(new Paragraph(theme, &Fonts::small, &Colors::text2, kPitch, this)),
      column_(new QVBoxLayout(this)) {
    column_->setContentsMargins(kSide, 8, kSide, 12);
    column_->setSpacing(4);
    column_->addWidget(title_);
    column_->addWidget(text_);
    column_->addSpacing(4);
}

void RefusalBar::setTexts(const QString& title, const QString& text, const QString& command) {
    title_->setText(title);
    text_->setText(text);
    setAccessibleName(title);
    setAccessibleDescription(text);
    if (std::exchange(command_, command) == command) return;
    delete std::exchange(box_, new CommandBox(theme_, command, this));
    column_->addWidget(box_);
}

void RefusalBar::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.fillRect(rect(), theme_.colors().bgRaised);
    drawBottomLine(p, rect(), theme_.colors().lineDefault);
}

}  // namespace cerebral::ui
