#pragma once
/// @file StepTree: the tasks and steps of a run beside its log; the first item is the whole run.

#include <QTreeWidget>
#include <functional>

#include "ui/models/run_detail.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class StepTree : public QTreeWidget {
    Q_OBJECT
public:
    /// The key of "All steps".
    static inline const QString kWhole = QStringLiteral("*");

    explicit StepTree(const Theme& theme, QWidget* parent = nullptr);

    /// Of the row of a task.
    [[nodiscard]] static QString taskKey(const QString& task);
    /// Items are updated in place: what is expanded, selected and scrolled to stays.
    void setRun(const RunDetail& run);
    void clearRun();
    /// What runs is shown as it was when it was seen last.
    void setHeld(bool held);
    /// "820", "not run"
    void setNote(const QString& key, const QString& note);
    void selectKey(const QString& key);
    [[nodiscard]] QString selectedKey() const;
    /// What is noted of this row stands beside its name.
    [[nodiscard]] bool noteShown(const QString& key) const;

signals:
    void keyChosen(const QString& key);

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    /// The step whose log is read stays in sight when there is less room.
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] bool currentInSight(int height) const;
    [[nodiscard]] bool notesBeside(const QModelIndex& index) const;
    [[nodiscard]] QTreeWidgetItem* itemFor(const QString& key) const;
    void prune(QTreeWidgetItem& parent, const QStringList& wanted);
    /// The item of this key, from `at` on among its siblings; a new one when there is none.
    QTreeWidgetItem* place(QTreeWidgetItem& parent, int at, const QString& key);

    const Theme& theme_;
    QString run_;
    bool held_ = false;
};

}  // namespace cerebral::ui
