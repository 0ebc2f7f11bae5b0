// What the log view looks like: one screen of lines at a time.
#include <QDateTime>
#include <QFontMetricsF>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "core/analysis/utf8.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/ansi_colors.h"
#include "ui/widgets/line_ink.h"
#include "ui/widgets/log_metrics.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/mono_text.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {

/// One row being painted.
struct LogView::LineText {
    std::size_t index;
    QString text;
    std::size_t bytes;  ///< shown ones
    double y;
    double x;         ///< where character `first` stands
    qsizetype first;  ///< characters of this row
    qsizetype end;
    bool error;
    bool current;
    bool heading;
    std::vector<std::pair<qsizetype, qsizetype>> hits;

    [[nodiscard]] double at(qsizetype column, double charWidth) const {
        return x + static_cast<double>(std::clamp(column, first, end) - first) * charWidth;
    }
};

namespace {

QString sizeOfRest(std::size_t bytes) {
    constexpr double kMiB = 1024.0 * 1024.0;
    const auto value = static_cast<double>(bytes);
    return value >= kMiB ? QStringLiteral(" … %1 MB more").arg(value / kMiB, 0, 'f', 1)
                         : QStringLiteral(" … %1 KB more").arg(bytes / 1024 + 1);
}

}  // namespace

void LogView::paintEvent(QPaintEvent*) {
    QPainter p(viewport());
    p.fillRect(viewport()->rect(), theme_.colors().bgInset);
    double y = kLogTopMargin;
    for (int row = verticalScrollBar()->value(); row < rows_.count() && y < viewport()->height();
         ++row, y += lineHeight_) {
        paintLine(p, rows_.at(row), y);
    }
    // The marks may have moved too.
    verticalScrollBar()->update();
    if (log_->empty()) {
        p.setFont(theme_.fonts().body);
        p.setPen(theme_.colors().text3);
        p.drawText(viewport()->rect().adjusted(24, 16, -24, -16), Qt::AlignLeft | Qt::TextWordWrap, emptyText_);
    }
    if (hasFocus()) p.fillRect(QRect(0, 0, 2, viewport()->height()), theme_.colors().focus);
}

void LogView::paintLine(QPainter& p, LogRows::Row row, double y) const {
    const Colors& c = theme_.colors();
    const std::string_view whole = log_->line(row.line);
    const std::string_view shown = analysis::cutUtf8(whole, LogRows::kMostShown);
    LineText line{};
    line.index = row.line;
    line.text = QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
    line.bytes = shown.size();
    line.y = y;
    const LogRows::Piece piece = rows_.pieceOf(shown, row.part);
    line.end = std::min(line.text.size(), piece.end);
    line.first = std::min(line.end, piece.first);
    line.x =
        textLeft() + (row.part > 0 ? LogRows::kHang * charWidth_ : 0) - (wrap_ ? 0 : horizontalScrollBar()->value());
    line.error = errorLine_ == row.line;
    line.current = search_->currentLine() == row.line;
    line.hits = search_->matchesIn(line.text);

    const std::optional<std::int64_t> number = log_->numberOf(row.line);
    line.heading = !number;
    if (line.heading) {
        p.fillRect(QRectF(0, y, viewport()->width(), lineHeight_), c.bgCanvas);
        if (row.part == 0) p.fillRect(QRectF(0, y, viewport()->width(), 1), c.lineDefault);
        if (line.end == line.text.size())
            p.fillRect(QRectF(0, y + lineHeight_ - 1, viewport()->width(), 1), c.lineDefault);
    }
    if (line.error) {
        p.fillRect(QRectF(0, y, viewport()->width(), lineHeight_), c.bad.tint);
        p.fillRect(QRectF(0, y, 2, lineHeight_), c.bad.solid);
    } else if (line.current) {
        p.fillRect(QRectF(0, y, viewport()->width(), lineHeight_), c.bgHover);
    }
    p.save();
    p.setClipRect(QRectF(textLeft() - 1, y, viewport()->width() - kLogRightMargin - textLeft() + 1, lineHeight_));
    paintGrounds(p, line);
    paintText(p, line);
    if (whole.size() > shown.size() && line.end == line.text.size()) {
        drawText(p, QRectF(line.at(line.end, charWidth_), y, 160, lineHeight_), theme_.fonts().mono, c.text3,
                 sizeOfRest(whole.size() - shown.size()), Qt::AlignLeft, Qt::ElideNone);
    }
    p.restore();
    if (row.part > 0 || line.heading) return;

    drawText(p, QRectF(0, y, gutter() - 12, lineHeight_), theme_.fonts().mono, c.text3,
             QString::number(firstNumber_ - 1 + *number), Qt::AlignRight, Qt::ElideNone);
    if (times_ && log_->timeMs(row.line) != 0) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(log_->timeMs(row.line));
        drawText(p, QRectF(gutter(), y, kLogTimeColumn * theme_.fontScale(), lineHeight_), theme_.fonts().mono,
                 c.text3, time.toString(QStringLiteral("HH:mm:ss.zzz")), Qt::AlignLeft, Qt::ElideNone);
    }
}

void LogView::paintGrounds(QPainter& p, const LineText& line) const {
    const Colors& c = theme_.colors();
    const auto ground = [&](qsizetype from, qsizetype to, const QColor& color) {
        const double left = line.at(from, charWidth_);
        const double right = line.at(to, charWidth_);
        if (right > left) p.fillRect(QRectF(left, line.y + 1, right - left, lineHeight_ - 2), color);
    };
    for (const auto& [from, to] : line.hits) ground(from, to, line.current ? c.markNow : c.mark);
    if (!hasSelection()) return;
    const Place from = std::min(anchor_, head_);
    const Place to = std::max(anchor_, head_);
    const auto index = static_cast<std::ptrdiff_t>(line.index);
    if (index < from.line || index > to.line) return;
    QColor tint = c.accent;
    tint.setAlpha(c.dark ? 110 : 60);
    const qsizetype begin = index == from.line ? from.column : 0;
    const qsizetype end = index == to.line ? to.column : line.text.size();
    ground(begin, end, tint);
    // An empty line that is selected shows that it is.
    if (line.text.isEmpty() && index != to.line)
        p.fillRect(QRectF(line.x, line.y + 1, charWidth_ / 2, lineHeight_ - 2), tint);
}

void LogView::paintText(QPainter& p, const LineText& line) const {
    const Colors& c = theme_.colors();
    const bool levelled = levels_ && !line.heading;
    const QColor plainInk = lineInk(levelled ? log_->line(line.index) : std::string_view(), line.error, c);
    const QFont& usual = line.error || line.heading ? theme_.fonts().monoStrong : theme_.fonts().mono;
    QFont bold = theme_.fonts().mono;
    bold.setWeight(QFont::Bold);
    const QFontMetricsF metrics(usual);
    const double baseline = line.y + (lineHeight_ + metrics.ascent() - metrics.descent()) / 2;
    const auto draw = [&](qsizetype from, qsizetype to, const QColor& ink, const QFont& font) {
        from = std::max(from, line.first);
        to = std::min(to, line.end);
        const double room = viewport()->width() - line.at(from, charWidth_);
        if (from >= to || room < 0) return;
        // What lies left of the window need not be shaped either.
        const double hidden = textLeft() - line.at(from, charWidth_);
        if (hidden > 0) from += std::min(to - from, static_cast<qsizetype>(hidden / charWidth_));
        const auto fits = static_cast<qsizetype>((viewport()->width() - line.at(from, charWidth_)) / charWidth_) + 2;
        p.setPen(ink);
        drawMono(p, QPointF(line.at(from, charWidth_), baseline), font, charWidth_,
                 QStringView(line.text).mid(from, std::min(to - from, fits)));
    };
    // What is searched for stands on its mark, where colours made for the log's ground would be too faint.
    const auto put = [&](qsizetype from, qsizetype to, const QColor& ink, const QFont& font) {
        for (const auto& [begin, end] : line.hits) {
            if (end <= from || begin >= to) continue;
            draw(from, begin, ink, font);
            draw(std::max(from, begin), std::min(to, end), c.text1, font);
            from = std::min(to, end);
        }
        draw(from, to, ink, font);
    };
    // Spans count bytes, columns count characters: the same for ASCII, converted otherwise.
    const std::string_view bytes = log_->line(line.index).substr(0, line.bytes);
    const bool ascii = line.text.size() == static_cast<qsizetype>(bytes.size());
    const auto column = [&](std::uint32_t byte) {
        const std::size_t at = std::min<std::size_t>(byte, bytes.size());
        return static_cast<qsizetype>(ascii ? at : charactersIn(bytes.substr(0, at)));
    };
    qsizetype done = 0;
    for (const LogSpan& span : log_->spans(line.index)) {
        const analysis::AnsiStyle& style = log_->style(span.style);
        const qsizetype from = column(span.begin);
        const qsizetype to = column(span.end);
        put(done, from, plainInk, usual);
        if (const auto tint = ansiBackground(style, c)) {
            p.fillRect(QRectF(line.at(from, charWidth_), line.y + 1,
                              line.at(to, charWidth_) - line.at(from, charWidth_), lineHeight_ - 2),
                       *tint);
        }
        put(from, to, ansiForeground(style, c), style.bold ? bold : usual);
        done = to;
    }
    put(done, line.text.size(), plainInk, usual);
}

/// The scroll bar, on which hits and the first error are marked.
class LogView::MarkedBar final : public QScrollBar {
public:
    explicit MarkedBar(LogView& view) : QScrollBar(Qt::Vertical, &view), view_(view) {}

protected:
    void paintEvent(QPaintEvent* event) override {
        QScrollBar::paintEvent(event);
        QPainter p(this);
        view_.paintMarks(p, size());
    }

private:
    const LogView& view_;
};

void LogView::markScrollBar() {
    setVerticalScrollBar(new MarkedBar(*this));
}

void LogView::paintMarks(QPainter& p, QSize bar) const {
    if (log_->empty() || rows_.count() == 0) return;
    const double scale = static_cast<double>(bar.height() - 2) / rows_.count();
    const auto mark = [&](double y, const QColor& color) {
        p.fillRect(QRectF(bar.width() / 2.0 - 3, std::floor(y), 6, 2), color);
    };
    // Where only hits are shown, marks of them would tell nothing.
    double next = 0;
    const bool all = hideOthers_ && search_->active();
    for (std::size_t i = 0; !all && i < search_->hits().size(); ++i) {
        const double y = scale * rows_.rowOf(search_->hits()[i]);
        if (y < next) continue;
        next = y + 2;
        mark(y, theme_.colors().markNow);
    }
    const bool shown = !all || (errorLine_ && std::binary_search(search_->hits().begin(), search_->hits().end(),
                                                                 static_cast<std::uint32_t>(*errorLine_)));
    if (errorLine_ && shown) mark(scale * rows_.rowOf(*errorLine_), theme_.colors().bad.solid);
}

}  // namespace cerebral::ui
