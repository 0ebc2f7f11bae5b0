#pragma once
/// @file PushesPage: home. What was pushed, where it is now, what holds it up; and "is my commit live?".

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QTimer>
#include <vector>

#include "ui/bridge/cluster_bridge.h"
#include "ui/models/cluster_status.h"
#include "ui/models/push_model.h"
#include "ui/models/settings.h"
#include "ui/models/throttle.h"
#include "ui/pages/page.h"
#include "ui/pages/push_filter_bar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/commit_box.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/push_view.h"
#include "ui/widgets/skeleton_rows.h"

namespace cerebral::ui {

class PushesPage : public Page {
    Q_OBJECT
public:
    struct Parts {
        const Theme& theme;
        PushModel& pushes;
        ClusterBridge& bridge;
        ClusterStatus& cluster;
        Settings& settings;
    };
    explicit PushesPage(const Parts& parts, QWidget* parent = nullptr);

    void setSearch(const QString& text) override;
    void tick() override;
    void setConnection(const ConnectionSummary& summary) override;
    void setWidthClass(bool normal, bool narrow) override;
    QWidget* mainWidget() override { return stack_->currentWidget(); }
    [[nodiscard]] std::vector<QWidget*> parts() override { return {filters_, box_, mainWidget()}; }
    [[nodiscard]] bool filled() const override;
    /// Grey rows were seen here before the page was: they stay.
    void keepSkeleton();
    bool closeNearest() override;
    [[nodiscard]] ActionTarget target(const DeskActions& actions) const override;

    [[nodiscard]] PushView& view() noexcept { return *view_; }
    [[nodiscard]] CommitBox& commitBox() noexcept { return *box_; }
    [[nodiscard]] PushFilterBar& filters() noexcept { return *filters_; }
    void showPush(const QString& key);
    /// "Is my commit live?", ready for typing.
    void focusCommit();

signals:
    void contextMenuWanted(const QPoint& globalPos);
    /// A row was opened: this run is meant.
    void runOpened(const QString& uid);
    /// A segment of the strip was opened: this part of the run is meant.
    void stageOpened(const QString& uid, cerebral::journey::Stage stage);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void ask();
    void refreshAnswer();
    void takeAnswer(const std::string& commit, const std::vector<journey::Answer>& answers);
    void arrangeHead();
    void refreshCounts();
    void refreshState();
    void showEmpty();
    void showNoPushes();
    /// Filters and the commit box go while there is nothing to filter or to ask for.
    void showTools(bool shown);
    void openRow(const QString& key, const QString& service);
    void openStage(const QString& key, const QString& service, journey::Stage stage);
    /// Null when a whole fan-out is meant: that opens and closes.
    [[nodiscard]] const journey::ServiceJourney* journeyOf(const journey::Push& push, const QString& service);

    const Theme& theme_;
    PushModel& pushes_;
    ClusterStatus& cluster_;
    Settings& settings_;
    QHBoxLayout* head_;
    QHBoxLayout* below_;  ///< the head: for the summary in large text
    ElidedLabel* summary_;
    PushFilterBar* filters_;
    CommitBox* box_;
    PushView* view_;
    SkeletonRows* skeleton_;
    EmptyState* empty_;
    QStackedLayout* stack_;
    Throttle counts_{kCountsEvery};
    ConnectionSummary connection_;
    std::vector<journey::Answer> answers_;
    bool marked_ = false;  ///< the row of the answer, once
    QString emptyFor_;
    QTimer settle_;  ///< what was read is still being put together
};

}  // namespace cerebral::ui
