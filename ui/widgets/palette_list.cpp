#include "ui/widgets/palette_list.h"

#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "ui/widgets/command_palette.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {

constexpr double kRow = 36;
constexpr double kGroup = 28;
constexpr double kMargin = 16;
constexpr double kTitle = 20;  ///< of a group, at the lower edge of its 28
constexpr double kPad = 8;
constexpr double kLeastDetail = 48;  ///< less of a detail says nothing

/// `put(matched, end)` for each piece up to there.
template <class Put>
void inPieces(const PaletteSpans& spans, qsizetype size, Put put) {
    for (const auto& [start, length] : spans) {
        put(false, start);
        put(true, start + length);
    }
    put(false, size);
}

/// What matched stands out by weight. Returns the width.
double drawMatched(QPainter& p, const QRectF& rect, const Theme& theme, const QColor& ink,
                   const PaletteEntry& entry) {
    const Fonts& f = theme.fonts();
    double x = rect.left();
    qsizetype at = 0;
    const auto piece = [&](const QFont& font, qsizetype end) {
        if (end <= at) return;
        x += drawText(p, QRectF(x, rect.top(), rect.right() - x, rect.height()), font, ink,
                      entry.text.mid(at, end - at));
        at = end;
    };
    const auto put = [&](bool matched, qsizetype end) {
        piece(matched ? f.monoStrong : f.mono, std::min(end, entry.code));
        piece(matched ? f.section : f.body, end);
    };
    inPieces(entry.match.spans, entry.text.size(), put);
    return x - rect.left();
}

/// The same of the grey text beside it.
double drawDetail(QPainter& p, const QRectF& rect, const Theme& theme, const QString& text,
                  const PaletteSpans& spans) {
    const Fonts& f = theme.fonts();
    const Colors& c = theme.colors();
    double x = rect.left();
    qsizetype at = 0;
    inPieces(spans, text.size(), [&](bool matched, qsizetype end) {
        end = std::min(end, text.size());
        if (end <= at || x >= rect.right()) return;
        const QFont& font = matched ? f.smallStrong : f.small;
        const QString piece = text.mid(at, end - at);
        const QRectF room(x, rect.top(), rect.right() - x, rect.height());
        x += drawText(p, room, font, matched ? c.text2 : c.text3, piece);
        // What is cut ends there.
        at = textWidth(font, piece) > room.width() ? text.size() : end;
    });
    return x - rect.left();
}

}  // namespace

PaletteList::PaletteList(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setMouseTracking(true);
    setAccessibleName(QStringLiteral("Commands"));
}

void PaletteList::show(const std::vector<PaletteEntry>& entries, int current, bool asked) {
    entries_ = &entries;
    current_ = current;
    asked_ = asked;
    if (current >= 0 && current < static_cast<int>(entries.size())) {
        const QString& text = entries[static_cast<std::size_t>(current)].text;
        setAccessibleDescription(asked ? text + QStringLiteral("? Enter again") : text);
    }
    follow();
    update();
}

bool PaletteList::beginsGroup(int entry) const {
    const auto at = static_cast<std::size_t>(entry);
    return at < entries_->size() && (at == 0 || (*entries_)[at].group != (*entries_)[at - 1].group);
}

double PaletteList::topOf(int entry) const {
    double y = kPad;
    for (int i = 0; entries_ != nullptr && i <= entry; ++i) {
        if (beginsGroup(i)) y += theme_.px(kGroup);
        if (i < entry) y += theme_.px(kRow);
    }
    return y;
}

bool PaletteList::isWhole(double y) const {
    const double at = y - scrolled_;
    return at >= 0 && at + theme_.px(kRow) <= height();
}

void PaletteList::follow() {
    if (entries_ == nullptr || entries_->empty()) {
        scrolled_ = 0;
        return;
    }
    const double top = topOf(current_);
    const double head = top - (beginsGroup(current_) ? theme_.px(kGroup) : 0) - (current_ == 0 ? kPad : 0);
    // Half of the next one says that there is more.
    const bool last = current_ + 1 == static_cast<int>(entries_->size());
    const double bottom = top + theme_.px(kRow) + (last ? kPad : theme_.px(kRow) / 2.0);
    if (head < scrolled_) scrolled_ = head;
    if (bottom > scrolled_ + height()) scrolled_ = bottom - height();
    scrolled_ = std::clamp(scrolled_, 0.0, std::max(0.0, static_cast<double>(contentHeight() - height())));
}

void PaletteList::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    follow();
}

int PaletteList::contentHeight() const {
    if (entries_ == nullptr || entries_->empty()) return theme_.px(kRow) + 16;
    return static_cast<int>(topOf(static_cast<int>(entries_->size())) + kPad);
}

int PaletteList::heightWithin(int room) const {
    if (contentHeight() <= room) return contentHeight();
    int height = theme_.px(kGroup) + theme_.px(kRow);
    for (int i = 0; i < static_cast<int>(entries_->size()); ++i) {
        const int half = static_cast<int>(topOf(i)) + theme_.px(kRow) / 2;
        if (half <= room) height = half;
    }
    return height;
}

int PaletteList::entryAt(double wanted) const {
    const int count = entries_ == nullptr ? 0 : static_cast<int>(entries_->size());
    for (int i = 0; i < count; ++i) {
        const double y = topOf(i);
        if (wanted + scrolled_ >= y && wanted + scrolled_ < y + theme_.px(kRow)) return i;
    }
    return -1;
}

void PaletteList::mouseMoveEvent(QMouseEvent* event) {
    // One that is cut through would move away from the pointer.
    if (const int entry = entryAt(event->position().y()); entry >= 0 && isWhole(topOf(entry))) emit hovered(entry);
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
    // Why not stands where the key would be, as in menus.
    if (!entry.keys.isEmpty() && !off) {
        const int width = keyCapWidth(theme_, entry.keys);
        drawKeyCap(p, QRectF(right - width, row.center().y() - 9, width, 18), theme_, entry.keys);
        right -= width + 12;
    }
    const double left = mark.right() + 12;
    // How many services a push has is never cut: its title makes room.
    const QString end = off ? QString() : entry.detailEnd;
    const double endRoom = end.isEmpty() ? 0 : textWidth(f.smallStrong, end) + 13;
    const double used = drawMatched(p, QRectF(left, row.top(), right - left - endRoom, row.height()), theme_,
                                    off ? c.textOff : c.text1, entry);
    const QRectF rest(left + used + 12, row.top(), right - left - used - 12, row.height());
    if (current && asked_) {
        drawText(p, rest, f.smallStrong, c.bad.text, QStringLiteral("Really? Enter again"));
        return;
    }
    if (off) {
        drawText(p, rest, f.small, c.text3, entry.refusal, Qt::AlignRight);
        return;
    }
    if (end.isEmpty()) {
        drawDetail(p, rest, theme_, entry.detail, entry.detailSpans);
        return;
    }
    const QString comma = QStringLiteral(", ");
    const double room = rest.width() - textWidth(f.small, comma) -
                        textWidth(entry.endSpans.empty() ? f.small : f.smallStrong, end) - 1;
    if (room < kLeastDetail) {
        drawDetail(p, rest, theme_, end, entry.endSpans);
        return;
    }
    // A part that has no room is left out whole.
    QString detail = entry.detail;
    for (qsizetype at = detail.lastIndexOf(QLatin1String(", ")); at > 0 && textWidth(f.small, detail) > room;
         at = detail.lastIndexOf(QLatin1String(", "))) {
        detail.truncate(at);
    }
    double told =
        drawDetail(p, QRectF(rest.left(), rest.top(), room, rest.height()), theme_, detail, entry.detailSpans);
    told += drawText(p, rest.adjusted(told, 0, 0, 0), f.small, c.text3, comma);
    drawDetail(p, rest.adjusted(told, 0, 0, 0), theme_, end, entry.endSpans);
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
    for (int i = 0; i < static_cast<int>(entries_->size()); ++i) {
        const PaletteEntry& entry = (*entries_)[static_cast<std::size_t>(i)];
        const double y = topOf(i);
        const double title = y - theme_.px(kGroup) - scrolled_;
        if (beginsGroup(i) && title + theme_.px(kGroup) > 0 && title < height()) {
            drawText(p, QRectF(kMargin, title + theme_.px(kGroup - kTitle), width() - 2 * kMargin, theme_.px(kTitle)),
                     theme_.fonts().smallStrong, c.text3, entry.group);
        }
        if (y + theme_.px(kRow) > scrolled_ && y - scrolled_ < height())
            paintEntry(p, QRectF(1, y - scrolled_, width() - 2, theme_.px(kRow)), entry, i == current_);
    }
}

}  // namespace cerebral::ui
