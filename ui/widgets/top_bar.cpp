#include "ui/widgets/top_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/widgets/paint.h"

namespace cerebral::ui {

PickButton::PickButton(const Theme& theme, const QString& icon, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), icon_(icon) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void PickButton::setStrong(bool strong) {
    strong_ = strong;
    update();
}

void PickButton::setKeyCap(const QString& cap) {
    keyCap_ = cap;
    updateGeometry();
}

void PickButton::setChoosable(bool choosable) {
    setEnabled(choosable || !keyCap_.isEmpty());
    if (std::exchange(choosable_, choosable) != choosable) updateGeometry();
}

void PickButton::setLabel(const QString& label, const QString& brief) {
    if (label == text() && brief == brief_) return;
    setText(label);
    brief_ = brief;
    setToolTip(label.toHtmlEscaped());
    updateGeometry();
    update();
}

void PickButton::setLeast(double token) {
    least_ = token;
    setProperty("elides", token > 0);
    updateGeometry();
}

void PickButton::setShort(bool isShort) {
    if (isShort == short_) return;
    short_ = isShort;
    updateGeometry();
    update();
}

QSize PickButton::minimumSizeHint() const {
    if (least_ == 0) return sizeHint();
    return {std::min(sizeHint().width(), theme_.px(least_)), sizeHint().height()};
}

QSize PickButton::sizeHint() const {
    return {widthFor(bare()), theme_.px(28)};
}

int PickButton::widthFor(bool bare) const {
    double width = 16 + (bare ? 0 : textWidth(labelFont(), text()));
    if (!icon_.isEmpty()) width += theme_.px(16) + (bare ? 0 : 6);
    if (choosable_) width += theme_.px(12) + 6;
    if (!keyCap_.isEmpty()) width += 6 + keyCapWidth(theme_, keyCap_);
    return static_cast<int>(width + 1);
}

const QFont& PickButton::labelFont() const {
    return strong_ ? theme_.fonts().strong : theme_.fonts().body;
}

QString PickButton::shown() const {
    return brief_.isEmpty() || wholeWidth() <= width() ? text() : brief_;
}

void PickButton::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void PickButton::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void PickButton::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QRectF box = rect();
    if (isEnabled() && (underMouse() || isDown())) drawBox(p, box, 6, c.bgTrack);
    double x = 8;
    if (!icon_.isEmpty()) {
        const double icon = theme_.px(16);
        theme_.icons().draw(p, QRectF(x, (box.height() - icon) / 2, icon, icon), icon_, c.text2);
        x += icon + (bare() ? 0 : 6);
    }
    double right = box.width() - 8;
    const double arrow = theme_.px(12);
    if (choosable_) right -= arrow + 6;
    if (!keyCap_.isEmpty()) right -= 6 + keyCapWidth(theme_, keyCap_);
    if (!bare())
        x += drawText(p, QRectF(x, 0, right - x, box.height()), labelFont(), strong_ ? c.text1 : c.text2, shown(),
                      Qt::AlignLeft, Qt::ElideMiddle);
    if (choosable_) {
        theme_.icons().draw(p, QRectF(x + 6, (box.height() - arrow) / 2, arrow, arrow), QStringLiteral("down"),
                            c.text2);
    }
    if (!keyCap_.isEmpty()) {
        drawKeyCap(p, QRectF(x + 6, 0, keyCapWidth(theme_, keyCap_), box.height()), theme_, keyCap_);
    }
    if (hasFocus()) drawFocusRing(p, box, 6, theme_);
}

TopBar::TopBar(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      context_(new PickButton(theme, QStringLiteral("cluster"), this)),
      namespaces_(new PickButton(theme, {}, this)),
      commands_(new PickButton(theme, QStringLiteral("term"), this)),
      search_(new IconField(theme, QStringLiteral("search"), QStringLiteral("Search pushes, runs, commits"),
                            QStringLiteral("/"), this)),
      pill_(new ConnectionPill(theme, this)) {
    context_->setStrong(true);
    context_->setLeast(200);
    namespaces_->setLeast(64);
    commands_->setLabel(QStringLiteral("Commands"));
    commands_->setKeyCap(QStringLiteral("Ctrl K"));
    commands_->hide();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 24, 1);
    row->setSpacing(8);
    row->addWidget(context_);
    row->addSpacing(17);
    row->addWidget(namespaces_);
    row->addStretch(1);
    row->addWidget(search_, 8);
    row->addWidget(commands_);
    row->addStretch(1);
    row->addWidget(pill_);
    connect(context_, &QAbstractButton::clicked, this, &TopBar::contextRequested);
    connect(namespaces_, &QAbstractButton::clicked, this, &TopBar::namespacesRequested);
    connect(commands_, &QAbstractButton::clicked, this, &TopBar::commandsRequested);
    connect(pill_, &QAbstractButton::clicked, this, &TopBar::connectionRequested);
    connect(&theme_, &Theme::changed, this, &TopBar::refresh);
    refresh();
}

void TopBar::setContext(const QString& context, bool choosable) {
    context_->setLabel(context);
    context_->setChoosable(choosable);
    context_->setAccessibleName(QStringLiteral("Context: ") + context);
    fit();
}

void TopBar::setNamespaces(const QStringList& namespaces, bool choosable) {
    const QString all = namespaces.join(QStringLiteral(", "));
    // Cut in the middle, two names would read as one that there is not.
    const auto more = namespaces.size() - 1;
    namespaces_->setLabel(all, more > 0 ? QStringLiteral("%1 +%2").arg(namespaces.front()).arg(more) : QString());
    namespaces_->setChoosable(choosable);
    namespaces_->setAccessibleName(QStringLiteral("Namespaces: ") + all);
    fit();
}

void TopBar::setNarrow(bool narrow) {
    narrow_ = narrow;
    refresh();
}

void TopBar::setCommandsVisible(bool visible) {
    commands_->setVisible(visible);
}

void TopBar::refresh() {
    setFixedHeight(theme_.px(48));
    fit();
    update();
}

/// What one needs least goes first: the word "Commands", then room of the search field; what is left to be cut is cut
/// from the namespaces. The context is what tells one cluster from another.
void TopBar::fit() {
    const int wanted = theme_.px(narrow_ ? 240 : 336);
    search_->setMaximumWidth(wanted);
    search_->setMinimumWidth(std::min(wanted, theme_.px(120)));
    const int others = context_->sizeHint().width() + namespaces_->sizeHint().width() + pill_->sizeHint().width();
    const int gaps = 16 + 24 + 17 + 6 * 8;
    commands_->setShort(others + wanted + commands_->wholeWidth() + gaps > width());
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgChrome);
    drawBottomLine(p, rect(), c.lineSubtle);
    p.fillRect(QRect(context_->geometry().right() + 9 + 8, (height() - 16) / 2, 1, 16), c.lineDefault);
}

}  // namespace cerebral::ui
