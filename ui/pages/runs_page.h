#pragma once
/// @file RunsPage: every PipelineRun, sortable and filterable.

#include <QLabel>
#include <QStackedLayout>
#include <QTimer>

#include "core/base/clock.h"
#include "ui/models/run_table_model.h"
#include "ui/models/throttle.h"
#include "ui/pages/page.h"
#include "ui/pages/run_filter_bar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/skeleton_rows.h"

namespace cerebral::ui {

class RunsPage : public Page {
    Q_OBJECT
public:
    RunsPage(const Theme& theme, RunSet& runs, const Clock& clock, QString ns, QWidget* parent = nullptr);

    void setSearch(const QString& text) override;
    void tick() override;
    void setConnection(const ConnectionSummary& summary) override;
    void setWidthClass(bool normal, bool narrow) override;
    QWidget* mainWidget() override { return stack_->currentWidget(); }
    [[nodiscard]] bool filled() const override;
    bool closeNearest() override;
    [[nodiscard]] ActionTarget target(const DeskActions& actions) const override;

    /// For the words of an empty page.
    void setNamespace(const QString& ns) { namespace_ = ns; }
    [[nodiscard]] RunTable& table() noexcept { return *table_; }
    [[nodiscard]] RunTableModel& model() noexcept { return model_; }
    /// Opens a menu of the columns.
    [[nodiscard]] Button& columns() noexcept { return *columns_; }
    [[nodiscard]] RunFilterBar& filters() noexcept { return *filters_; }

signals:
    void runOpened(const QString& uid);
    void contextMenuWanted(const QPoint& globalPos);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void applyFilter();
    void openColumns();
    void refreshCounts();
    void refreshState();
    void showEmpty();

    const Theme& theme_;
    RunSet& runs_;
    QString namespace_;
    RunTableModel model_;
    QLabel* summary_;
    Button* columns_;
    RunFilterBar* filters_;
    RunTable* table_;
    SkeletonRows* skeleton_;
    EmptyState* empty_;
    QStackedLayout* stack_;
    Throttle counts_{kCountsAfter};
    ConnectionSummary connection_;
    QString emptyFor_;
};

}  // namespace cerebral::ui
