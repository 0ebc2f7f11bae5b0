#pragma once
/// @file RunPeek: the current run of the table in brief, beside it; what is known at once, the rest as it comes.
///
/// Who runs through the rows with an arrow key asks for nothing: the run's tasks and log are loaded when the key
/// rests.

#include <QTimer>
#include <functional>

#include "ui/bridge/background.h"
#include "ui/models/cluster_objects.h"
#include "ui/models/followed_run.h"
#include "ui/models/push_model.h"
#include "ui/models/run_failure.h"
#include "ui/models/run_logs.h"
#include "ui/pages/desk_actions.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/peek_body.h"
#include "ui/widgets/side_panel.h"

namespace cerebral::ui {

class PeekState;

class RunPeek : public SidePanel {
    Q_OBJECT
public:
    /// All must outlive the panel.
    struct Parts {
        const Theme& theme;
        RunSet& runs;
        const ClusterObjects& objects;
        RunServices& services;
        const PushModel& pushes;
        DeskActions& actions;
        const RunActions& rights;
        std::function<qint64()> nowMs;  ///< what time it is in the rows
    };
    explicit RunPeek(const Parts& parts, QWidget* parent = nullptr);

    /// Shows this run; empty or unknown: that none is chosen.
    void showRun(const QString& uid);
    /// Lets go of the run and hides.
    void leave();
    [[nodiscard]] QString uid() const noexcept { return uid_; }
    [[nodiscard]] const PeekContent& content() const noexcept { return body_->content(); }
    /// Tasks, log and history are being asked for, not only what the table knows.
    [[nodiscard]] bool loaded() const { return !uid_.isEmpty() && run_.uid() == uid_; }
    /// Time has gone on; `held`: it stands still, nothing is heard.
    void tick(bool held);
    /// Why TaskRuns or pods cannot be read; empty: they can.
    void setBlind(const QString& why);
    /// The history has learned something about this run.
    void refreshFailure(const QString& uid);

    [[nodiscard]] PeekBody& body() noexcept { return *body_; }
    [[nodiscard]] Button& openButton() noexcept { return *open_; }
    [[nodiscard]] Button& logButton() noexcept { return *log_; }
    [[nodiscard]] Button& rebuildButton() noexcept { return *rebuild_; }

signals:
    void runOpened(const QString& uid);
    void logOpened(const QString& uid);
    void contentChanged();

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildHead();
    void buildFooter();
    void load();
    void takeNews();
    void refresh();
    void refreshButtons();
    [[nodiscard]] const RunDetail& detail() const;
    [[nodiscard]] int pushesSinceGreen() const;

    Parts parts_;
    Background background_;
    FollowedRun run_;
    RunLogs logs_;
    RunFailure why_;
    std::optional<history::RunRecord> kept_;
    RunDetail early_;  ///< before the run is loaded
    QString uid_;
    QString blind_;
    qint64 saidMs_ = 0;  ///< what time it was when it was told last
    bool held_ = false;
    QTimer rest_;
    QTimer patience_;  ///< runs while what the cluster has may still arrive

    ElidedLabel* title_;
    PeekState* state_;
    Button* openIcon_;
    PeekBody* body_;
    Button* open_;
    Button* log_;
    Button* rebuild_;
};

}  // namespace cerebral::ui
