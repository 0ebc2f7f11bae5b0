#pragma once
/// @file PushView: the list of pushes, newest first; fan-out pushes open into a thin strip per service.
///
/// Current row, scroll position and what is open stay with the push, not with the row number: when rows
/// arrive above while the list is scrolled away from the top or the pointer is in it, what is on screen does not
/// move, and a bar says how many came.

#include <QPersistentModelIndex>
#include <QTreeView>
#include <set>

#include "ui/models/push_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/push_places.h"

namespace cerebral::ui {

class NewRowsBar;

class PushView : public QTreeView {
    Q_OBJECT
public:
    PushView(const Theme& theme, PushModel& model, QWidget* parent = nullptr);

    [[nodiscard]] const PushModel& pushModel() const noexcept { return model_; }
    [[nodiscard]] WidthClass widthClass() const noexcept { return width_; }
    void setWidthClass(WidthClass width);
    /// Within the viewport.
    [[nodiscard]] PushPlaces places() const;
    /// Where rows end: the page's margin, within which the scroll bar stands.
    [[nodiscard]] double contentRight() const;
    [[nodiscard]] bool stacked() const { return pushesStack(theme_); }
    [[nodiscard]] QModelIndex hovered() const { return hovered_; }
    /// The current row is marked once it was chosen.
    [[nodiscard]] bool showsCurrent() const noexcept { return chosen_; }
    /// Null: none was chosen.
    [[nodiscard]] journey::PushPtr currentPush() const;
    /// Of the current row; empty for the row of a whole push.
    [[nodiscard]] QString currentService() const;
    void makeCurrent(const std::string& key);
    /// Makes this row the current one, or none where there is no such row.
    void mark(const std::string& key);
    /// Once a second: ages and running bars are computed while painting. Rows that would look the same stay as
    /// they are.
    void tick();

signals:
    /// Enter or double click. `service` empty: the whole push.
    void opened(const QString& key, const QString& service);
    /// "superseded by 2f9ac41" was clicked.
    void pushWanted(const QString& key);
    /// A click on a segment, or its number from 1 to 6 on the current row.
    void stageOpened(const QString& key, const QString& service, cerebral::journey::Stage stage);
    void contextMenuWanted(const QPoint& globalPos);
    void currentPushChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void rowsInserted(const QModelIndex& parent, int first, int last) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void doItemsLayout() override;
    void verticalScrollbarValueChanged(int value) override;

private:
    struct Spot {
        QModelIndex index;
        int stage = -1;        ///< -1: beside the strip
        bool chevron = false;  ///< what opens and closes a fan-out
        QString newer;         ///< the push that superseded this one, where it is named
    };
    [[nodiscard]] Spot spotAt(const QPoint& pos) const;
    [[nodiscard]] QString tipFor(const Spot& spot) const;
    void open(const QModelIndex& index);
    void openStage(const QModelIndex& index, int stage);
    void rememberAnchor();
    /// Whether some of the current row is in the uppermost pixels, so many.
    [[nodiscard]] bool isCurrentWithin(int height) const;
    /// The newest is in sight.
    void sawNewest();
    /// Of the rows there are now: what a filter hides is not announced.
    void countNew();
    [[nodiscard]] QString supersededBy(const QModelIndex& index, int stage) const;

    const Theme& theme_;
    PushModel& model_;
    WidthClass width_ = WidthClass::Wide;
    QPersistentModelIndex hovered_;
    QPersistentModelIndex anchor_;
    int anchorTop_ = 0;
    qint64 tickedMs_ = 0;
    NewRowsBar* newRows_ = nullptr;
    WallTime newestSeen_{};
    bool pointerIn_ = false;
    bool keepCurrent_ = false;  ///< in sight, over the next layout
    bool atTop_ = true;         ///< where the reader has left it
    bool layingOut_ = false;
    bool chosen_ = false;
};

}  // namespace cerebral::ui
