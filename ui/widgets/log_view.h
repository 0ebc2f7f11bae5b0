#pragma once
/// @file LogView: a million lines, painted one screen at a time.
///
/// Own scroll area over a LogBuffer that somebody else fills. Follow stays at the end until somebody
/// scrolls up, selects or jumps; then `newBelow` tells how much came since.
/// Keys: arrows or J K, pages, Home, End (follows), F, N and Shift+N (hits), E (first error),
/// Shift+arrows select, Ctrl+A, Ctrl+C.

#include <QAbstractScrollArea>
#include <QTimer>
#include <compare>
#include <optional>

#include "ui/models/log_buffer.h"
#include "ui/models/log_search.h"
#include "ui/theme/theme.h"
#include "ui/widgets/log_rows.h"

namespace cerebral::ui {

class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(const Theme& theme, QWidget* parent = nullptr);
    ~LogView() override;

    /// Null: none. It must outlive its use here. Search, wrap and hiding go on with the new one.
    void setLog(const LogBuffer* log);
    [[nodiscard]] const LogBuffer& log() const noexcept { return *log_; }
    /// Stands where no line is.
    void setEmptyText(const QString& text);
    [[nodiscard]] QString emptyText() const { return emptyText_; }
    /// After any number of lines were appended: one relayout.
    void appended();

    void setFollow(bool follow);
    [[nodiscard]] bool follow() const noexcept { return follow_; }
    void setTimes(bool shown);
    [[nodiscard]] bool times() const noexcept { return times_; }
    /// Errors and warnings in the colours of their levels, where the log has none of its own.
    void setLevels(bool coloured) { levels_ = coloured; }
    void setWrap(bool wrap);
    [[nodiscard]] bool wrap() const noexcept { return wrap_; }
    /// Shows only what matches while there is a search; line numbers stay true.
    void setHideOthers(bool hide);
    [[nodiscard]] bool hidesOthers() const noexcept { return hideOthers_; }
    /// 0-based line of the first error: red edge, and a mark on the scroll bar.
    void setErrorLine(std::optional<std::size_t> line);
    [[nodiscard]] std::optional<std::size_t> errorLine() const noexcept { return errorLine_; }
    /// Number of the log's first line; a tail begins later than 1.
    void setFirstNumber(std::int64_t number);
    /// Scrolls so that `line` stands with `above` lines over it.
    void showLine(std::size_t line, int above = 10);
    [[nodiscard]] std::optional<std::size_t> firstVisibleLine() const;
    [[nodiscard]] int shownRows() const { return rows_.count(); }
    /// Whether anything was written when following ended.
    [[nodiscard]] bool sawLines() const noexcept { return seen_ > 0; }

    /// Empty ends the search. False when the expression is invalid: the old hits stay.
    bool search(const QString& text, bool regex);
    void nextHit(bool forward);
    [[nodiscard]] const LogSearch& found() const noexcept { return search_.value(); }

    [[nodiscard]] QString selectedText() const;
    [[nodiscard]] bool hasSelection() const noexcept { return anchor_ != head_; }
    void selectAll();
    void copy() const;
    /// The lines on screen, for screen readers.
    [[nodiscard]] QString visibleText() const;

signals:
    void followChanged(bool follow);
    /// Lines that came since following ended; of a log of which none had been seen, all that stand below.
    void newBelow(int lines);
    void searchChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Place {
        std::ptrdiff_t line = -1;
        qsizetype column = 0;  ///< in characters of the line
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    struct LineText;
    class MarkedBar;

    [[nodiscard]] double textLeft() const;
    [[nodiscard]] double gutter() const;
    [[nodiscard]] int topRow() const;
    [[nodiscard]] QString text(std::size_t line) const;
    [[nodiscard]] Place placeAt(const QPointF& pos) const;
    void relayout();
    void tellNewBelow();
    /// After another size, font or way to break lines: what was looked at stays in view.
    void layOutAnew(bool rowsChange);
    void rebuildRows();
    void scrollToEnd();
    void afterScroll();
    void continueSearch();
    void extendSelection(int lines);
    void paintLine(QPainter& p, LogRows::Row row, double y) const;
    void paintGrounds(QPainter& p, const LineText& line) const;
    void paintText(QPainter& p, const LineText& line) const;
    void markScrollBar();
    void paintMarks(QPainter& p, QSize bar) const;
    /// Where to stop instead of `top`: one line more, when only the last would be cut.
    [[nodiscard]] int settled(int top) const;

    const Theme& theme_;
    LogBuffer none_;
    const LogBuffer* log_ = &none_;
    std::optional<LogSearch> search_;
    LogRows rows_;
    QTimer searching_;
    double charWidth_ = 7.2;
    int lineHeight_ = 18;
    QString emptyText_;
    bool follow_ = false;
    bool times_ = true;
    bool levels_ = false;
    bool wrap_ = false;
    bool hideOthers_ = false;
    bool moving_ = false;  ///< scrolled by the program, not by a person
    std::optional<std::size_t> errorLine_;
    std::int64_t firstNumber_ = 1;
    std::size_t seen_ = 0;  ///< lines when following ended
    QString needle_;
    bool regex_ = false;
    Place anchor_;
    Place head_;
};

}  // namespace cerebral::ui
