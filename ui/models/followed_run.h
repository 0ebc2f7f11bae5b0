#pragma once
/// @file FollowedRun: the run somebody looks at, with its tasks, pods and events, for as long as they do.
///
/// What belongs to the run is kept at hand from `follow` to `leave`. GUI thread only.

#include <QObject>
#include <QTimer>
#include <vector>

#include "ui/bridge/run_services.h"
#include "ui/models/cluster_objects.h"
#include "ui/models/run_detail.h"
#include "ui/models/run_set.h"

namespace cerebral::ui {

class FollowedRun : public QObject {
    Q_OBJECT
public:
    /// All must outlive it.
    FollowedRun(RunSet& runs, const ClusterObjects& objects, RunServices& services, QObject* parent = nullptr);

    /// Another run, as it is now; false when it is not known, and then none is followed.
    bool follow(const QString& uid);
    void leave();
    /// Empty: none is followed.
    [[nodiscard]] QString uid() const { return detail_.row.uid; }
    [[nodiscard]] const RunDetail& detail() const noexcept { return detail_; }
    /// Deleted from the cluster: `detail` is what was last known.
    [[nodiscard]] bool gone() const noexcept { return gone_; }
    /// `detail` anew.
    void refresh();
    /// Once this turn of the event loop is over, then `changed`.
    void refreshSoon() { soon_.start(); }
    /// Successful runs of the same service that began no later, newest first, as many as medians are made of.
    [[nodiscard]] std::vector<RunPtr> greens() const;
    /// What the run is compared with: the newest of those on its branch; null: there is none.
    [[nodiscard]] RunPtr greenOnBranch() const;

signals:
    void changed();
    /// All runs went: another cluster. The followed one is left.
    void lost();

private:
    /// Newest first.
    [[nodiscard]] std::vector<const RunRow*> greenRows() const;
    void take(const RunBatch& batch);

    RunSet& runs_;
    const ClusterObjects& objects_;
    RunServices& services_;
    RunDetail detail_;
    bool gone_ = false;
    QTimer soon_;
};

}  // namespace cerebral::ui
