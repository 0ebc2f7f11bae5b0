// Selection and keys of the log view.
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/widgets/log_metrics.h"
#include "ui/widgets/log_view.h"

namespace cerebral::ui {

LogView::Place LogView::placeAt(const QPointF& pos) const {
    if (rows_.count() == 0) return {};
    const int offset = static_cast<int>(std::floor((pos.y() - kLogTopMargin) / lineHeight_));
    const LogRows::Row row = rows_.at(std::clamp(verticalScrollBar()->value() + offset, 0, rows_.count() - 1));
    Place place;
    place.line = static_cast<std::ptrdiff_t>(row.line);
    const double x = pos.x() - textLeft() + (wrap_ ? 0 : horizontalScrollBar()->value());
    auto column = static_cast<qsizetype>(std::lround(x / charWidth_));
    const LogRows::Piece piece = rows_.pieceOf(log_->line(row.line), row.part);
    if (row.part > 0) column += piece.first - LogRows::kHang;
    // Beside a row nothing of the next one is meant.
    const qsizetype most = wrap_ ? piece.end : text(row.line).size();
    place.column = std::clamp<qsizetype>(column, piece.first, most);
    return place;
}

void LogView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const Place place = placeAt(event->position());
    if (!(event->modifiers() & Qt::ShiftModifier) || anchor_.line < 0) anchor_ = place;
    head_ = place;
    if (event->position().x() < textLeft() && place.line >= 0) {
        anchor_ = {place.line, 0};
        head_ = {place.line, text(static_cast<std::size_t>(place.line)).size()};
    }
    viewport()->update();
}

void LogView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    head_ = placeAt(event->position());
    if (hasSelection()) setFollow(false);
    if (event->position().y() < 0) verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepSub);
    if (event->position().y() > viewport()->height())
        verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepAdd);
    viewport()->update();
}

void LogView::mouseDoubleClickEvent(QMouseEvent* event) {
    const Place place = placeAt(event->position());
    if (place.line < 0) return;
    const QString line = text(static_cast<std::size_t>(place.line));
    const auto inWord = [&](qsizetype at) {
        return at >= 0 && at < line.size() && !line[at].isSpace() &&
               !QStringLiteral("\"'()[]{}<>,;=").contains(line[at]);
    };
    qsizetype from = place.column;
    qsizetype to = place.column;
    while (inWord(from - 1)) --from;
    while (inWord(to)) ++to;
    anchor_ = {place.line, from};
    head_ = {place.line, to};
    if (hasSelection()) setFollow(false);
    viewport()->update();
}

void LogView::selectAll() {
    if (log_->empty()) return;
    const std::size_t last = log_->size() - 1;
    anchor_ = {0, 0};
    head_ = {static_cast<std::ptrdiff_t>(last), text(last).size()};
    viewport()->update();
}

void LogView::extendSelection(int lines) {
    if (log_->empty()) return;
    const auto last = static_cast<std::ptrdiff_t>(log_->size()) - 1;
    if (anchor_.line < 0) {
        const auto top = static_cast<std::ptrdiff_t>(search_->currentLine().value_or(firstVisibleLine().value_or(0)));
        anchor_ = head_ = {top, 0};
    }
    head_.line = std::clamp<std::ptrdiff_t>(head_.line + lines, 0, last);
    head_.column = head_ < anchor_ ? 0 : text(static_cast<std::size_t>(head_.line)).size();
    setFollow(false);
    const int row = rows_.rowOf(static_cast<std::size_t>(head_.line));
    const int top = verticalScrollBar()->value();
    const int page = verticalScrollBar()->pageStep();
    if (row < top) verticalScrollBar()->setValue(row);
    if (row >= top + page) verticalScrollBar()->setValue(row - page + 1);
    viewport()->update();
}

QString LogView::selectedText() const {
    const Place from = std::min(anchor_, head_);
    const Place to = std::max(anchor_, head_);
    if (from.line < 0 || from == to) return {};
    QString all;
    for (std::ptrdiff_t line = from.line; line <= to.line; ++line) {
        QString part = text(static_cast<std::size_t>(line));
        if (line == to.line) part.truncate(to.column);
        if (line == from.line) part.remove(0, from.column);
        all += part;
        if (line != to.line) all += QLatin1Char('\n');
    }
    return all;
}

void LogView::copy() const {
    const QString selected = selectedText();
    if (!selected.isEmpty()) QGuiApplication::clipboard()->setText(selected);
}

QString LogView::visibleText() const {
    QStringList lines;
    const int first = verticalScrollBar()->value();
    const int end = std::min(rows_.count(), first + verticalScrollBar()->pageStep());
    for (int row = first; row < end; ++row) {
        const LogRows::Row at = rows_.at(row);
        if (at.part == 0 || row == first) lines << text(at.line);
    }
    return lines.join(QLatin1Char('\n'));
}

void LogView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->matches(QKeySequence::SelectAll)) return selectAll();
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool shift = modifiers == Qt::ShiftModifier;
    if (modifiers != Qt::NoModifier && !shift) return event->ignore();
    QScrollBar* bar = verticalScrollBar();
    QScrollBar* across = horizontalScrollBar();
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_K:
            shift ? extendSelection(-1) : bar->triggerAction(QScrollBar::SliderSingleStepSub);
            return;
        case Qt::Key_Down:
        case Qt::Key_J:
            shift ? extendSelection(1) : bar->triggerAction(QScrollBar::SliderSingleStepAdd);
            return;
        case Qt::Key_PageUp:
            shift ? extendSelection(-bar->pageStep()) : bar->triggerAction(QScrollBar::SliderPageStepSub);
            return;
        case Qt::Key_PageDown:
            shift ? extendSelection(bar->pageStep()) : bar->triggerAction(QScrollBar::SliderPageStepAdd);
            return;
        case Qt::Key_Left:
            return across->triggerAction(QScrollBar::SliderSingleStepSub);
        case Qt::Key_Right:
            return across->triggerAction(QScrollBar::SliderSingleStepAdd);
        case Qt::Key_Home:
            return bar->setValue(0);
        case Qt::Key_End:
            return setFollow(true);
        case Qt::Key_F:
            return setFollow(!follow_);
        case Qt::Key_N:
            return nextHit(!shift);
        case Qt::Key_E:
            if (errorLine_) showLine(*errorLine_);
            return;
        case Qt::Key_Escape:
            if (!hasSelection()) return event->ignore();
            anchor_ = head_ = {};
            return viewport()->update();
        default:
            event->ignore();
    }
}

}  // namespace cerebral::ui
