#pragma once
/// @file RunsPage: every PipelineRun, sortable and filterable.

#include <QLabel>
#include <QStackedLayout>
#include <QTimer>
#include <functional>

#include "core/base/clock.h"
#include "ui/models/run_table_model.h"
#include "ui/models/throttle.h"
#include "ui/pages/page.h"
#include "ui/pages/run_filter_bar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/side_panel.h"
#include "ui/widgets/skeleton_rows.h"

namespace cerebral::ui {

class RunPeek;

class RunsPage : public Page {
    Q_OBJECT
public:
    RunsPage(const Theme& theme, RunSet& runs, const Clock& clock, QString ns, QWidget* parent = nullptr);

    void setSearch(const QString& text) override;
    void tick() override;
    void setConnection(const ConnectionSummary& summary) override;
    QWidget* mainWidget() override { return stack_->currentWidget(); }
    [[nodiscard]] bool filled() const override;
    [[nodiscard]] QWidget* sidePanel() override;
    bool closeNearest() override;
    [[nodiscard]] ActionTarget target(const DeskActions& actions) const override;

    /// For the words of an empty page.
    void setNamespace(const QString& ns) { namespace_ = ns; }
    [[nodiscard]] RunTable& table() noexcept { return *table_; }
    [[nodiscard]] RunTableModel& model() noexcept { return model_; }
    /// What makes the panel with the current run in brief, which the page takes over, when it is first asked for.
    /// Without one, there is none.
    void setPeekMaker(std::function<RunPeek*()> make) { makePeek_ = std::move(make); }
    /// Null before it was first opened.
    [[nodiscard]] RunPeek* peek() noexcept { return peek_; }
    [[nodiscard]] bool peeking() const;
    /// Open or close the panel.
    void setPeeking(bool on);
    [[nodiscard]] PanelSplitter& splitter() noexcept { return *splitter_; }
    /// Below the table, beside the panel.
    void addBelow(QWidget* bar) { list_->layout()->addWidget(bar); }
    /// Opens a menu of the columns.
    [[nodiscard]] Button& columns() noexcept { return *columns_; }
    /// The rows that are shown, as CSV.
    void exportTo(const QString& path);
    [[nodiscard]] RunFilterBar& filters() noexcept { return *filters_; }

signals:
    void runOpened(const QString& uid);
    void logOpened(const QString& uid);
    /// What became of an export, in words.
    void exported(const QString& words, bool saved);
    void contextMenuWanted(const QPoint& globalPos);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void applyFilter();
    void openColumns();
    void refreshCounts();
    void refreshState();
    void showEmpty();
    void showCurrent();
    void refreshPeek();

    const Theme& theme_;
    RunSet& runs_;
    QString namespace_;
    RunTableModel model_;
    QLabel* summary_;
    Button* columns_;
    Button* export_;
    RunFilterBar* filters_;
    PanelSplitter* splitter_;
    QWidget* list_;
    RunTable* table_;
    SkeletonRows* skeleton_;
    EmptyState* empty_;
    QStackedLayout* stack_;
    Throttle counts_{kCountsEvery};
    ConnectionSummary connection_;
    QString emptyFor_;
    std::function<RunPeek*()> makePeek_;
    RunPeek* peek_ = nullptr;
};

}  // namespace cerebral::ui
