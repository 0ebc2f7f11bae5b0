#include "ui/models/followed_run.h"

#include <algorithm>

namespace cerebral::ui {
namespace {
constexpr std::size_t kGreensForMedians = 20;
}  // namespace

FollowedRun::FollowedRun(RunSet& runs, const ClusterObjects& objects, RunServices& services, QObject* parent)
    : QObject(parent), runs_(runs), objects_(objects), services_(services) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, [this] {
        if (uid().isEmpty()) return;
        refresh();
        emit changed();
    });
    connect(&runs_, &RunSet::changed, this, &FollowedRun::take);
    connect(&runs_, &RunSet::cleared, this, [this] {
        emit lost();
        leave();
    });
}

bool FollowedRun::follow(const QString& uid) {
    leave();
    const RunRow* row = runs_.find(uid);
    if (row == nullptr) return false;
    services_.openRun(row->run->meta.ns, row->run->meta.name);
    detail_.row = *row;
    refresh();
    return true;
}

void FollowedRun::leave() {
    soon_.stop();
    if (uid().isEmpty()) return;
    services_.closeRun(detail_.row.run->meta.ns, detail_.row.run->meta.name);
    detail_ = {};
    gone_ = false;
}

void FollowedRun::refresh() {
    const RunRow* row = runs_.find(uid());
    if (row == nullptr) return;
    const tekton::PipelineRun& run = *row->run;
    detail_ = makeRunDetail(row->run, objects_.taskRunsOf(run), objects_.podsOf(run), objects_.eventsOf(run));
}

void FollowedRun::take(const RunBatch& batch) {
    const auto concerns = [this](const RunRow* row) { return row->uid == uid(); };
    const bool left = std::any_of(batch.removed.begin(), batch.removed.end(), concerns);
    gone_ = gone_ || left;
    if (left || std::any_of(batch.updated.begin(), batch.updated.end(), concerns)) refreshSoon();
}

std::vector<const RunRow*> FollowedRun::greenRows() const {
    std::vector<const RunRow*> found;
    const RunRow& mine = detail_.row;
    runs_.forEach([&](const RunRow& row) {
        const bool green = row.state == tekton::RunState::Succeeded || row.state == tekton::RunState::Completed;
        if (green && row.service == mine.service && row.uid != mine.uid && row.createdMs <= mine.createdMs)
            found.push_back(&row);
    });
    std::sort(found.begin(), found.end(),
              [](const RunRow* a, const RunRow* b) { return a->createdMs > b->createdMs; });
    return found;
}

std::vector<RunPtr> FollowedRun::greens() const {
    std::vector<RunPtr> runs;
    for (const RunRow* row : greenRows()) {
        if (runs.size() < kGreensForMedians) runs.push_back(row->run);
    }
    return runs;
}

RunPtr FollowedRun::greenOnBranch() const {
    const auto rows = greenRows();
    const auto same = std::find_if(rows.begin(), rows.end(),
                                   [this](const RunRow* row) { return row->branch == detail_.row.branch; });
    return same == rows.end() ? nullptr : (*same)->run;
}

}  // namespace cerebral::ui
