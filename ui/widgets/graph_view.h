#pragma once
/// @file GraphView: the pipeline as boxes with states and steps, left to right, edges at right angles.
/// Arrow keys choose a task, Enter opens it.

#include <QAbstractScrollArea>
#include <vector>

#include "core/history/history_reader.h"
#include "ui/models/run_detail.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class GraphView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit GraphView(const Theme& theme, QWidget* parent = nullptr);
    /// `usual` may be null: then nothing is said of medians.
    /// `held`: how it goes on is not known, what runs is shown as it was when it was seen last.
    void setRun(const RunDetail& run, const history::DurationProfile* usual, qint64 nowMs, bool held = false);
    [[nodiscard]] int boxCount() const noexcept { return static_cast<int>(boxes_.size()); }
    /// What hovering a box says, plain text.
    [[nodiscard]] QString describe(int task) const;
    /// Beside its time: "~0:20"; empty: nothing is said of it.
    [[nodiscard]] QString usualOf(int task) const { return boxes_[static_cast<std::size_t>(task)].usual; }
    /// In content coordinates.
    [[nodiscard]] QRectF boxOf(int task) const;

signals:
    void activated(int task);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Line {
        QString name;
        QString time;
        tekton::StepState state = tekton::StepState::Waiting;
    };
    struct Box {
        int column = 0;
        int row = 0;
        QString name;
        QString note;
        QString why;    ///< it was skipped, in the server's words
        QString usual;  ///< "~0:20": its median, and what came before its last try
        QString median;
        std::vector<Line> steps;
        tekton::TaskState state = tekton::TaskState::Waiting;
        bool finally = false;
        std::vector<std::size_t> after;
    };
    void place();
    void relayout();
    void choose(int task);
    /// Below zero: none.
    [[nodiscard]] int boxAt(const QPointF& pos) const;
    [[nodiscard]] QPointF origin() const;
    /// As wide as the widest content asks, the same for all.
    [[nodiscard]] double boxWidth() const;
    /// Between columns: gives way before a box leaves the window.
    [[nodiscard]] double gap() const;
    [[nodiscard]] double rowHeight(int row) const;
    [[nodiscard]] QSizeF contentSize() const;
    void paintEdges(QPainter& p) const;
    void paintBox(QPainter& p, int task) const;

    const Theme& theme_;
    std::vector<Box> boxes_;
    int columns_ = 0;
    int rows_ = 0;
    int chosen_ = 0;
    bool held_ = false;
};

}  // namespace cerebral::ui
