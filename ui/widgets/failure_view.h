#pragma once
/// @file FailureView: why a run failed, before any clicking: step, exit code, first error line with the lines
/// around it, what differs from the last green run, pod events. One button copies all of it as Markdown.

#include <QLabel>
#include <QScrollArea>
#include <QWidget>
#include <optional>
#include <utility>

#include "core/analysis/failure_card.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elided_label.h"

namespace cerebral::ui {

/// What is known besides the card.
struct FailureAside {
    int tryNumber = 0;  ///< of the step that is shown; 0: it was tried once only
    int pushes = 0;     ///< from the last green commit to this one; 0: not known
    bool timedOut = false;
};

/// Under the title: the lines around the error, and what is known besides; side by side where there is room, else one
/// above the other.
class FailureBody : public QWidget {
    Q_OBJECT
public:
    explicit FailureBody(const Theme& theme, QWidget* parent = nullptr);
    void setCard(const analysis::FailureCard& card, WallTime now, const FailureAside& aside);
    [[nodiscard]] QSize sizeHint() const override;
    void setMostLogHeight(int height);
    /// As much of `room` as ends behind a line: nothing is cut through, and no blank is left.
    [[nodiscard]] int wholeHeight(int room) const;
    /// What stands at this place is more than fits: all of it; empty: it is read as it is.
    [[nodiscard]] QString tipAt(const QPointF& pos) const;
    /// Of the commits between the last green run and this one; empty: nothing to open there.
    [[nodiscard]] QString linkAt(const QPointF& pos) const;

signals:
    /// Another width needs another height.
    void heightChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Row {
        enum class Ink : std::uint8_t { Value, Note, Bad, Link };
        QString label;
        QString text;
        Ink ink = Ink::Value;
        bool mono = false;
        bool separator = false;  ///< a new block begins; `label` is its title
        QString aside{};         ///< behind the text
        QString link{};          ///< what a click on the text opens
    };
    /// The two halves.
    [[nodiscard]] QRectF logBox() const;
    [[nodiscard]] QRectF rowsBox() const;
    /// Null: there is none.
    [[nodiscard]] const Row* rowAt(const QPointF& pos) const;
    [[nodiscard]] QRectF valueBox(const Row& row, double top) const;
    [[nodiscard]] double rowHeight(const Row& row) const;
    [[nodiscard]] bool stacked() const;
    [[nodiscard]] double logWidth() const;
    [[nodiscard]] double logHeight() const;
    [[nodiscard]] double numbersWidth() const;
    /// Characters of a log line that fit.
    [[nodiscard]] qsizetype columns() const;
    /// The error's line broken as often as it takes; the others are cut.
    [[nodiscard]] QStringList partsOf(std::size_t line) const;
    /// First and number of the lines that are shown.
    [[nodiscard]] std::pair<std::size_t, std::size_t> window() const;
    /// Whether a line can be read whole: what is cut through by the edge is left out.
    [[nodiscard]] bool inSight(double top, double height) const;
    void paintLog(QPainter& p, const QRectF& box) const;
    void paintRows(QPainter& p, const QRectF& box) const;
    void addDifferences(const analysis::FailureCard& card, WallTime now, int pushes);

    const Theme& theme_;
    std::vector<QString> lines_;
    int mostLogHeight_ = 10'000;
    std::int64_t firstNumber_ = 1;
    std::int64_t errorNumber_ = 0;
    QString logTitle_;
    QString logNote_;
    std::vector<Row> rows_;
};

class FailureView : public QWidget {
    Q_OBJECT
public:
    explicit FailureView(const Theme& theme, QWidget* parent = nullptr);

    void setCard(const analysis::FailureCard& card, WallTime now, const FailureAside& aside = {});
    [[nodiscard]] const std::optional<analysis::FailureCard>& card() const noexcept { return card_; }
    void clear();
    [[nodiscard]] QString markdown() const;
    /// Empty: no button for it.
    void setCommitUrl(const QString& url);
    [[nodiscard]] bool folded() const noexcept { return folded_; }
    void setFolded(bool folded);
    /// In less room the lines around the error become fewer, so that the error itself needs no scrolling.
    void setMostHeight(int height);
    /// The height at which nothing scrolls.
    [[nodiscard]] int fullHeight() const;
    /// Of the most height what ends behind a line, where not all of it fits.
    [[nodiscard]] int fittingHeight() const;

signals:
    void foldChanged(bool folded);
    /// Somebody wants to see the other runs with this error; a menu would stand here.
    void seenRequested(const QPoint& globalPos);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fitHead();
    /// Of the title and what is around the card.
    [[nodiscard]] int frameHeight() const;

    const Theme& theme_;
    std::optional<analysis::FailureCard> card_;
    Status status_ = Status::Failed;
    QString commitUrl_;
    QWidget* head_;
    ElidedLabel* title_;
    ElidedLabel* note_;
    Button* seen_;
    ElidedLabel* since_;
    Button* commit_;
    Button* copy_;
    Button* fold_;
    QScrollArea* scroll_;
    FailureBody* body_;
    bool folded_ = false;
    int most_ = 0;
};

}  // namespace cerebral::ui
