#include "ui/widgets/side_panel.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/paint.h"
#include "ui/widgets/roles.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr double kHead = 40;
constexpr double kFooter = 52;
/// With large text the list beside the panel keeps at least half of the page.
constexpr double kMostShare = 0.5;

}  // namespace

SidePanel::SidePanel(const Theme& theme, const QString& name, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      headBox_(new QWidget(this)),
      footerBox_(new QWidget(this)),
      head_(new QHBoxLayout),
      footer_(new QHBoxLayout(footerBox_)),
      scroll_(new ScrollBody(this)),
      close_(new Button(theme, QStringLiteral("x"), {}, Button::Kind::Ghost, headBox_)) {
    setRole(*this, QAccessible::Pane);
    setAccessibleName(name);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout(headBox_);
    row->setContentsMargins(16, 0, 8, 1);
    row->setSpacing(4);
    head_->setSpacing(8);
    row->addLayout(head_, 1);
    row->addWidget(close_);
    keepHeight(theme_, headBox_, kHead);
    footer_->setContentsMargins(16, 1, 16, 0);
    footer_->setSpacing(8);
    keepHeight(theme_, footerBox_, kFooter);
    column->addWidget(headBox_);
    column->addWidget(scroll_, 1);
    column->addWidget(footerBox_);
    close_->setHint(QStringLiteral("Close (Esc)"));
    connect(close_, &QAbstractButton::clicked, this, &SidePanel::closeRequested);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SidePanel::setBody(QWidget* body) {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(body, 0, Qt::AlignTop);
    scroll_->setContent(content);
}

void SidePanel::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgCanvas);
    drawBottomLine(p, headBox_->geometry(), c.lineSubtle);
    p.fillRect(QRect(footerBox_->x(), footerBox_->y(), footerBox_->width(), 1), c.lineSubtle);
}

PanelSplitter::PanelSplitter(const Theme& theme, QWidget* main, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent), theme_(theme) {
    setHandleWidth(1);
    setChildrenCollapsible(false);
    addWidget(main);
    setStretchFactor(0, 1);
    connect(this, &QSplitter::splitterMoved, this, [this] { width_ = qRound(panel_->width() / theme_.fontScale()); });
    connect(&theme_, &Theme::changed, this, &PanelSplitter::fit);
}

void PanelSplitter::setPanel(QWidget* panel) {
    panel_ = panel;
    addWidget(panel);
    setStretchFactor(1, 0);
    fit();
}

void PanelSplitter::setPanelWidth(int width) {
    width_ = std::clamp(width, kLeastWidth, kMostWidth);
    fit();
}

void PanelSplitter::fit() {
    if (panel_ == nullptr) return;
    const int most = std::max(kLeastWidth, qRound(width() * kMostShare));
    const int wanted = std::min(theme_.px(width_), most);
    panel_->setMinimumWidth(std::min(theme_.px(kLeastWidth), most));
    panel_->setMaximumWidth(std::min(theme_.px(kMostWidth), most));
    setSizes({width() - handleWidth() - wanted, wanted});
}

void PanelSplitter::resizeEvent(QResizeEvent* event) {
    fit();
    QSplitter::resizeEvent(event);
}

}  // namespace cerebral::ui
