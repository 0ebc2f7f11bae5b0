#include "ui/widgets/rail.h"

#include <QPainter>

#include "ui/theme/tabular.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr int kWide = 168;
constexpr int kNarrow = 64;
constexpr double kHead = 48;
}  // namespace

RailItem::RailItem(const Theme& theme, const QString& icon, const QString& text, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), icon_(icon) {
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
}

void RailItem::setNarrow(bool narrow) {
    narrow_ = narrow;
    refreshTip();
    updateGeometry();
    update();
}

void RailItem::setCount(int count, Status status, bool stuck) {
    if (count == count_ && status == status_ && stuck == stuck_) return;
    count_ = count;
    status_ = status;
    stuck_ = stuck;
    setAccessibleName(spoken());
    refreshTip();
    update();
}

QString RailItem::spoken() const {
    QStringList parts{text()};
    if (count_ > 0) parts << QStringLiteral("%1 under way").arg(count_);
    if (stuck_) parts << QStringLiteral("something is stuck");
    return parts.join(QStringLiteral(", "));
}

void RailItem::refreshTip() {
    // Where there is no room for the number.
    setToolTip(narrow_ && (count_ > 0 || stuck_) ? spoken() : QString());
}

QSize RailItem::sizeHint() const {
    return {theme_.px(narrow_ ? kNarrow : kWide) - 1, theme_.px(narrow_ ? 48 : 32)};
}

void RailItem::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void RailItem::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void RailItem::paintWide(QPainter& p) {
    const Colors& c = theme_.colors();
    const QColor ink = isChecked() ? c.text1 : c.text2;
    const double middle = height() / 2.0;
    const double icon = theme_.px(16);
    theme_.icons().draw(p, QRectF(16, middle - icon / 2, icon, icon), icon_, ink);
    const double left = 16 + icon + theme_.px(10);
    drawText(p, QRectF(left, 0, width() - left - theme_.px(48), height()), theme_.fonts().strong, ink, text());
    const GlyphStyle look{.onSelected = isChecked(), .ground = isChecked() ? c.bgSelected : c.bgChrome};
    const double glyph = theme_.px(12);
    double right = width() - 16;
    if (count_ > 0) {
        const QString number = QString::number(count_);
        const double w = tabularWidth(theme_.fonts().smallStrong, number);
        p.setPen(stateTextColor(c, status_));
        drawTabular(p, QRectF(right - w, 0, w, height()), Qt::AlignRight, theme_.fonts().smallStrong, number);
        right -= w + 4 + glyph;
        drawGlyph(p, QRectF(right, middle - glyph / 2, glyph, glyph), status_, c, look);
        right -= 8;
    }
    if (stuck_)
        drawGlyph(p, QRectF(right - glyph, middle - glyph / 2, glyph, glyph), Status::Stuck, c,
                  {.onSelected = true, .ground = look.ground});
}

void RailItem::paintNarrow(QPainter& p) {
    const Colors& c = theme_.colors();
    const QColor ink = isChecked() ? c.text1 : c.text2;
    const double centre = width() / 2.0;
    const double icon = theme_.px(16);
    theme_.icons().draw(p, QRectF(centre - icon / 2, theme_.px(7), icon, icon), icon_, ink);
    drawText(p, QRectF(0, theme_.px(24), width(), height() - theme_.px(26)), theme_.fonts().tiny, ink, text(),
             Qt::AlignHCenter);
    if (count_ > 0 || stuck_) {
        // One of the two has room: what needs someone.
        const double glyph = theme_.px(12);
        drawGlyph(p, QRectF(centre + theme_.px(12), theme_.px(3), glyph, glyph), stuck_ ? Status::Stuck : status_, c,
                  {.onSelected = isChecked() || stuck_, .ground = isChecked() ? c.bgSelected : c.bgChrome});
    }
}

void RailItem::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const double side = narrow_ ? 4 : 8;
    const QRectF box = QRectF(rect()).adjusted(side, 0, -side, 0);
    if (isChecked()) {
        drawBox(p, box, 6, c.bgSelected);
        p.fillRect(QRectF(0, 8, 2, height() - 16), c.accent);
    } else if (underMouse()) {
        drawBox(p, box, 6, c.bgTrack);
    }
    if (narrow_) {
        paintNarrow(p);
    } else {
        paintWide(p);
    }
    if (hasFocus()) drawFocusRing(p, box, 6, theme_);
}

Rail::Rail(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setAccessibleName(QStringLiteral("Pages"));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(0);
    top_ = new QVBoxLayout;
    bottom_ = new QVBoxLayout;
    top_->setSpacing(2);
    bottom_->setSpacing(2);
    column->addLayout(top_);
    column->addStretch();
    column->addLayout(bottom_);
    connect(&theme_, &Theme::changed, this, &Rail::refresh);
    refresh();
}

int Rail::addItem(const QString& icon, const QString& text, bool atBottom) {
    auto* item = new RailItem(theme_, icon, text, this);
    item->setNarrow(narrow_);
    (atBottom ? bottom_ : top_)->addWidget(item);
    items_.push_back(item);
    const int id = static_cast<int>(items_.size()) - 1;
    connect(item, &QAbstractButton::clicked, this, [this, id] { emit chosen(id); });
    return id;
}

void Rail::setCurrent(int item) {
    items_[static_cast<std::size_t>(item)]->setChecked(true);
}

void Rail::setCount(int item, int count, Status status, bool stuck) {
    items_[static_cast<std::size_t>(item)]->setCount(count, status, stuck);
}

void Rail::setNarrow(bool narrow) {
    if (narrow == narrow_) return;
    narrow_ = narrow;
    refresh();
}

int Rail::widthFor(const Theme& theme, bool narrow) {
    return theme.px(narrow ? kNarrow : kWide);
}

void Rail::refresh() {
    setFixedWidth(widthFor(theme_, narrow_));
    layout()->setContentsMargins(0, theme_.px(kHead), 1, 8);
    for (RailItem* item : items_) item->setNarrow(narrow_);
    update();
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgChrome);
    p.fillRect(QRect(width() - 1, 0, 1, height()), c.lineSubtle);
    const double icon = theme_.px(16);
    const double head = theme_.px(kHead);
    if (narrow_) {
        theme_.icons().draw(p, QRectF((width() - icon) / 2, (head - icon) / 2, icon, icon), QStringLiteral("app"),
                            c.text1);
        return;
    }
    theme_.icons().draw(p, QRectF(16, (head - icon) / 2, icon, icon), QStringLiteral("app"), c.text1);
    drawText(p, QRectF(24 + icon, 0, width() - 32 - icon, head), theme_.fonts().section, c.text1,
             QStringLiteral("Cerebral Desk"));
}

}  // namespace cerebral::ui
