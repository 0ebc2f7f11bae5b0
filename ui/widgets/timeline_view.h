#pragma once
/// @file TimelineView: tasks and steps on a scale of time; queued, pulling, running; the median as a ghost.
///
/// Ctrl+wheel zooms at the pointer, drag or Shift+wheel pans, `0` fits; ↑ ↓ choose a row, Enter opens its log.

#include <QAbstractScrollArea>

#include "ui/models/timeline.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class TimelineView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TimelineView(const Theme& theme, QWidget* parent = nullptr);

    void setTimeline(Timeline timeline);
    [[nodiscard]] const Timeline& timeline() const noexcept { return timeline_; }
    /// Why tasks have no times; empty: nothing is wrong.
    void setProblem(const QString& why);
    /// Row of the step (or, with an empty name, the task) that is selected elsewhere.
    void select(int task, int step);
    [[nodiscard]] int selectedRow() const noexcept { return selected_; }
    /// Of all rows and the axis.
    [[nodiscard]] int contentHeight() const;
    /// The height nearest to `room` at which no row is cut.
    [[nodiscard]] int wholeRows(int room) const;
    /// What hovering a row says, plain text.
    [[nodiscard]] QString describe(int row) const;

signals:
    /// Somebody chose a row.
    void chosen(int task, int step);
    void activated(int task, int step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Scale {
        double left = 0;  ///< of the bars
        double right = 0;
        double perMs = 0;
        qint64 from = 0;
        qint64 tick = 1000;
        [[nodiscard]] double x(qint64 ms) const { return left + static_cast<double>(ms - from) * perMs; }
    };
    [[nodiscard]] Scale scale() const;
    [[nodiscard]] double labelWidth() const;
    [[nodiscard]] int rowAt(double y) const;
    [[nodiscard]] double rowTop(int row) const;
    [[nodiscard]] qint64 fitSpan() const;
    void relayout();
    void mark(int task, int step);
    void bringInSight(int row);
    void move(int row);
    void pan(qint64 ms);
    void zoom(double factor, double atX);
    [[nodiscard]] bool timesUnread() const;
    void paintAxis(QPainter& p, const Scale& s) const;
    void paintRow(QPainter& p, const Scale& s, int row) const;
    void paintBars(QPainter& p, const Scale& s, const TimelineRow& row, double y, bool onSelected) const;
    void paintFigures(QPainter& p, const Scale& s, const TimelineRow& row, double y) const;
    void paintLinks(QPainter& p, const Scale& s) const;
    void paintLines(QPainter& p, const Scale& s) const;

    const Theme& theme_;
    Timeline timeline_;
    QString problem_;
    int selected_ = -1;
    int hovered_ = -1;
    double pointer_ = -1;
    /// Zoomed in: what is seen. 0: everything fits.
    qint64 viewFrom_ = 0;
    qint64 viewSpan_ = 0;
    QPointF dragFrom_;
    bool dragging_ = false;
};

}  // namespace cerebral::ui
