#include "ui/widgets/log_view.h"

#include <QAccessible>
#include <QFontMetricsF>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/widgets/log_accessible.h"
#include "ui/widgets/log_metrics.h"

namespace cerebral::ui {

LogView::LogView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), theme_(theme) {
    makeLogsAccessible();
    search_.emplace(*log_);
    setAccessibleName(QStringLiteral("Log"));
    setFrameShape(QFrame::NoFrame);
    markScrollBar();
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    searching_.setInterval(0);
    connect(&searching_, &QTimer::timeout, this, &LogView::continueSearch);
    connect(&theme_, &Theme::changed, this, [this] { layOutAnew(true); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!moving_) afterScroll();
    });
    relayout();
}

LogView::~LogView() = default;

// ---- contents ----

void LogView::setLog(const LogBuffer* log) {
    log_ = log != nullptr ? log : &none_;
    search_.emplace(*log_);
    errorLine_.reset();
    firstNumber_ = 1;
    seen_ = log_->size();
    anchor_ = head_ = {};
    if (!needle_.isEmpty() && search_->begin(needle_, regex_)) searching_.start();
    rebuildRows();
    moving_ = true;
    horizontalScrollBar()->setValue(0);
    verticalScrollBar()->setValue(0);
    moving_ = false;
    relayout();
    emit newBelow(0);
    emit searchChanged();
}

void LogView::appended() {
    if (search_->active()) {
        if (search_->advance()) searching_.start();
        if (search_->current() < 0) search_->chooseFrom(firstVisibleLine().value_or(0));
        emit searchChanged();
    }
    relayout();
    follow_ ? scrollToEnd() : tellNewBelow();
}

void LogView::tellNewBelow() {
    // Of what is new some may be in sight already.
    const int below = verticalScrollBar()->maximum() - verticalScrollBar()->value();
    emit newBelow(std::min(static_cast<int>(log_->size() - std::min(seen_, log_->size())), below));
}

QString LogView::text(std::size_t line) const {
    const std::string_view bytes = log_->line(line);
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

// ---- layout ----

double LogView::gutter() const {
    const std::int64_t last = firstNumber_ + static_cast<std::int64_t>(log_->size());
    return std::max(56.0 * theme_.fontScale(), static_cast<double>(QString::number(last).size()) * charWidth_ + 28);
}

double LogView::textLeft() const {
    return gutter() + (times_ ? kLogTimeColumn * theme_.fontScale() : 0);
}

void LogView::rebuildRows() {
    charWidth_ = QFontMetricsF(theme_.fonts().mono).horizontalAdvance(QLatin1Char('0'));
    lineHeight_ = theme_.px(kLogLine);
    const int columns =
        std::max(1, static_cast<int>((viewport()->width() - textLeft() - kLogRightMargin) / charWidth_));
    rows_.reset(wrap_ ? columns : 0, hideOthers_ && search_->active() ? &search_->hits() : nullptr);
}

void LogView::relayout() {
    rows_.extend(*log_);
    const int page = std::max(1, (viewport()->height() - 2 * kLogTopMargin) / std::max(1, lineHeight_));
    moving_ = true;
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, rows_.count() - page));
    const double widest = static_cast<double>(std::min(log_->longest(), LogRows::kMostShown)) * charWidth_;
    const double room = viewport()->width() - textLeft() - kLogRightMargin;
    horizontalScrollBar()->setRange(0, wrap_ ? 0 : std::max(0, static_cast<int>(std::ceil(widest - room))));
    horizontalScrollBar()->setPageStep(std::max(1, static_cast<int>(room)));
    horizontalScrollBar()->setSingleStep(static_cast<int>(charWidth_ * 4));
    moving_ = false;
    viewport()->update();
}

void LogView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOutAnew(wrap_);
}

void LogView::layOutAnew(bool rowsChange) {
    const std::optional<std::size_t> top = firstVisibleLine();
    const auto errorSeen = [this] {
        if (!errorLine_ || rows_.count() == 0) return false;
        const int row = rows_.rowOf(*errorLine_);
        const int first = verticalScrollBar()->value();
        return row >= first && row < first + verticalScrollBar()->pageStep();
    };
    const bool seenBefore = errorSeen();
    if (rowsChange) rebuildRows();
    relayout();
    if (follow_) return scrollToEnd();
    moving_ = true;
    if (rowsChange && top) verticalScrollBar()->setValue(rows_.rowOf(*top));
    // In less room the error must not slip out below.
    if (seenBefore && !errorSeen()) {
        const int row = rows_.rowOf(*errorLine_);
        verticalScrollBar()->setValue(settled(std::min(row, row - verticalScrollBar()->pageStep() + 2)));
    }
    moving_ = false;
    tellNewBelow();
}

int LogView::settled(int top) const {
    const int last = verticalScrollBar()->maximum();
    return top + 1 == last && verticalScrollBar()->pageStep() > 2 ? last : top;
}

void LogView::scrollContentsBy(int, int) {
    viewport()->update();
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::VisibleDataChanged);
        QAccessible::updateAccessibility(&event);
    }
}

int LogView::topRow() const {
    return std::min(verticalScrollBar()->value(), std::max(0, rows_.count() - 1));
}

std::optional<std::size_t> LogView::firstVisibleLine() const {
    if (rows_.count() == 0) return std::nullopt;
    return rows_.at(topRow()).line;
}

void LogView::scrollToEnd() {
    moving_ = true;
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    moving_ = false;
    seen_ = log_->size();
}

void LogView::afterScroll() {
    const bool atEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    if (follow_ && !atEnd) setFollow(false);
    if (!atEnd) return;
    seen_ = log_->size();
    emit newBelow(0);
}

// ---- modes ----

void LogView::setEmptyText(const QString& text) {
    if (text == emptyText_) return;
    emptyText_ = text;
    if (log_->empty()) viewport()->update();
}

void LogView::setFollow(bool follow) {
    if (follow) {
        scrollToEnd();
        emit newBelow(0);
    }
    seen_ = log_->size();
    if (follow == follow_) return;
    follow_ = follow;
    emit followChanged(follow_);
}

void LogView::setTimes(bool shown) {
    times_ = shown;
    if (wrap_) rebuildRows();
    relayout();
}

void LogView::setWrap(bool wrap) {
    wrap_ = wrap;
    layOutAnew(true);
}

void LogView::setHideOthers(bool hide) {
    const std::optional<std::size_t> top = search_->currentLine() ? search_->currentLine() : firstVisibleLine();
    hideOthers_ = hide;
    rebuildRows();
    relayout();
    if (top) showLine(*top);
}

void LogView::setErrorLine(std::optional<std::size_t> line) {
    errorLine_ = line && *line < log_->size() ? line : std::nullopt;
    viewport()->update();
}

void LogView::setFirstNumber(std::int64_t number) {
    firstNumber_ = number;
    relayout();
}

void LogView::showLine(std::size_t line, int above) {
    if (line >= log_->size()) return;
    setFollow(false);
    // In less room there is less above it.
    above = std::clamp(verticalScrollBar()->pageStep() - 2, 0, above);
    const int top = std::max(0, rows_.rowOf(line) - above);
    verticalScrollBar()->setValue(above > 0 ? settled(top) : top);
    viewport()->update();
}

// ---- search ----

bool LogView::search(const QString& text, bool regex) {
    if (!search_->begin(text, regex)) return false;
    needle_ = text;
    regex_ = regex;
    const std::optional<std::size_t> top = firstVisibleLine();
    if (search_->advance()) {
        searching_.start();
    } else {
        searching_.stop();
    }
    rebuildRows();
    relayout();
    search_->chooseFrom(top.value_or(0));
    if (const auto line = search_->currentLine()) {
        const int row = rows_.rowOf(*line);
        const int at = verticalScrollBar()->value();
        if (row < at || row >= at + verticalScrollBar()->pageStep()) {
            showLine(*line);
        } else {
            setFollow(false);
        }
    }
    emit searchChanged();
    return true;
}

void LogView::continueSearch() {
    const bool none = search_->current() < 0;
    if (!search_->advance()) searching_.stop();
    if (none && !search_->hits().empty()) {
        search_->chooseFrom(0);
        showLine(*search_->currentLine());
    }
    relayout();
    emit searchChanged();
}

void LogView::nextHit(bool forward) {
    search_->step(forward);
    const auto line = search_->currentLine();
    if (!line) return;
    const int row = rows_.rowOf(*line);
    const int top = verticalScrollBar()->value();
    setFollow(false);
    if (row < top || row >= top + verticalScrollBar()->pageStep()) showLine(*line);
    viewport()->update();
    emit searchChanged();
}

}  // namespace cerebral::ui
