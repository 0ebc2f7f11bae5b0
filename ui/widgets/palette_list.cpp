#include "ui/widgets/palette_list.h"

#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>

#include "ui/widgets/command_palette.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {

constexpr double kRow = 36;
constexpr double kGroup = 28;
constexpr double kMargin = 16;

/// What matched stands out by weight. Returns the width.
double drawMatched(QPainter& p, const QRectF& rect, const Theme& theme, const QColor& ink,
                   const PaletteEntry& entry) {
    const Fonts& f = theme.fonts();
    double x = rect.left();
    qsizetype at = 0;
    const auto put = [&](const QFont& font, qsizetype end) {
        if (end <= at) return;
        x += drawText(p, QRectF(x, rect.top(), rect.right() - x, rect.height()), font, ink,
                      entry.text.mid(at, end - at));
        at = end;
    };
    for (const auto& [start, length] : entry.match.spans) {
        put(f.body, start);
        put(f.section, start + length);
    }
    put(f.body, entry.text.size());
    return x - rect.left();
}

}  // namespace

PaletteList::PaletteList(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setMouseTracking(true);
    setAccessibleName(QStringLiteral("Commands"));
}

void PaletteList::show(const std::vector<PaletteEntry>& entries, int current) {
    entries_ = &entries;
    current_ = current;
    if (current >= 0 && current < static_cast<int>(entries.size())) {
        setAccessibleDescription(entries[static_cast<std::size_t>(current)].text);
    }
    update();
}

int PaletteList::contentHeight() const {
    if (entries_ == nullptr || entries_->empty()) return theme_.px(kRow) + 16;
    double y = 8;
    QString group;
    for (const PaletteEntry& entry : *entries_) {
        if (entry.group != group) y += theme_.px(kGroup);
        group = entry.group;
        y += theme_.px(kRow);
    }
    return static_cast<int>(y) + 8;
}

int PaletteList::entryAt(double wanted) const {
    double y = 8;
    QString group;
    for (std::size_t i = 0; entries_ != nullptr && i < entries_->size(); ++i) {
        if ((*entries_)[i].group != group) y += theme_.px(kGroup);
        group = (*entries_)[i].group;
        if (wanted >= y && wanted < y + theme_.px(kRow)) return static_cast<int>(i);
        y += theme_.px(kRow);
    }
    return -1;
}

void PaletteList::mouseMoveEvent(QMouseEvent* event) {
    if (const int entry = entryAt(event->position().y()); entry >= 0) emit hovered(entry);
}

void PaletteList::mouseReleaseEvent(QMouseEvent* event) {
    if (const int entry = entryAt(event->position().y()); entry >= 0) emit clicked(entry);
}

void PaletteList::paintEntry(QPainter& p, const QRectF& row, const PaletteEntry& entry, bool current) const {
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    const QColor ground = current ? c.bgSelected : c.bgRaised;
    p.fillRect(row, ground);
    if (current) p.fillRect(QRectF(row.left(), row.top(), 2, row.height()), c.accent);
    const QRectF mark = markAt(theme_, row.left() + kMargin, row.center().y(), 16);
    const bool off = !entry.refusal.isEmpty();
    if (entry.status) {
        drawGlyph(p, mark, *entry.status, c, {.onSelected = current, .ground = ground});
    } else {
        theme_.icons().draw(p, mark, entry.icon, off ? c.textOff : c.text2);
    }
    double right = row.right() - kMargin;
    if (!entry.keys.isEmpty()) {
        const int width = keyCapWidth(theme_, entry.keys);
        drawKeyCap(p, QRectF(right - width, row.center().y() - 9, width, 18), theme_, entry.keys);
        right -= width + 12;
    }
    const double left = mark.right() + 12;
    const double used =
        drawMatched(p, QRectF(left, row.top(), right - left, row.height()), theme_, off ? c.textOff : c.text1, entry);
    const QRectF rest(left + used + 12, row.top(), right - left - used - 12, row.height());
    drawText(p, rest, f.small, c.text3, off ? entry.refusal : entry.detail);
}

void PaletteList::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgRaised);
    if (entries_ == nullptr || entries_->empty()) {
        drawText(p, QRectF(kMargin, 8, width() - 2 * kMargin, theme_.px(kRow)), theme_.fonts().body, c.text3,
                 QStringLiteral("Nothing matches"));
        return;
    }
    double y = 8;
    QString group;
    for (std::size_t i = 0; i < entries_->size(); ++i) {
        const PaletteEntry& entry = (*entries_)[i];
        if (entry.group != group) {
            drawText(p, QRectF(kMargin, y, width() - 2 * kMargin, theme_.px(kGroup)), theme_.fonts().smallStrong,
                     c.text3, entry.group);
            y += theme_.px(kGroup);
            group = entry.group;
        }
        paintEntry(p, QRectF(1, y, width() - 2, theme_.px(kRow)), entry, static_cast<int>(i) == current_);
        y += theme_.px(kRow);
    }
}

}  // namespace cerebral::ui
