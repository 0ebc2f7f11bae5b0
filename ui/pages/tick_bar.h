#pragma once
/// @file TickBar: below the table of runs, what can be done with the ticked ones; there with the first tick only.

#include <QBoxLayout>
#include <QLabel>
#include <QWidget>

#include "ui/bridge/run_actions.h"
#include "ui/pages/desk_actions.h"
#include "ui/pages/runs_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elided_label.h"

namespace cerebral::ui {

class TickBar : public QWidget {
    Q_OBJECT
public:
    /// Puts itself below `page`'s table, which owns it; the others must outlive it.
    TickBar(const Theme& theme, RunsPage& page, RunSet& runs, const RunActions& rights, DeskActions& actions);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addAction(const QString& id, const QString& icon, const QString& text);
    void refresh();
    /// One line where counts and buttons have room beside each other, else one for each.
    void fit();

    struct Entry {
        QString id;
        QString text;
        Button* button;
    };
    const Theme& theme_;
    RunsPage& page_;
    DeskActions& actions_;
    QLabel* count_;
    ElidedLabel* what_;
    QWidget* tools_;
    QHBoxLayout* upper_;
    QHBoxLayout* lower_;
    QString states_;    ///< "3 running, 1 failed"
    QString services_;  ///< " runs of 2 services"
    std::vector<Entry> entries_;
};

}  // namespace cerebral::ui
