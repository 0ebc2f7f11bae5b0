#pragma once
/// @file RunSet: the PipelineRuns of the window as rows, keyed by uid; what lists and counts share.
///
/// Row addresses stay valid while a run exists; those of removed rows until `changed` has returned.
/// GUI thread only.

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "ui/bridge/cluster_bridge.h"
#include "ui/models/run_row.h"

namespace cerebral::ui {

struct RunBatch {
    std::vector<const RunRow*> added;
    std::vector<const RunRow*> updated;
    std::vector<const RunRow*> removed;
};

class RunSet : public QObject {
    Q_OBJECT
public:
    explicit RunSet(QObject* parent = nullptr);
    ~RunSet() override;

    void apply(const RunChanges& changes);
    /// Whether a run that goes on is stuck, and why; in which step one failed, and how: a PipelineRun does not know
    /// it of its tasks and pods, the push it belongs to does.
    void applyPushes(const journey::PushChanges& changes);
    /// In which step runs failed, and how, of which neither they nor a push tells: by uid.
    void applyFailures(const QHash<QString, journey::FailurePoint>& failures);
    /// In which step a run is that goes on, as its TaskRuns tell; of tasks side by side the first that began one.
    void applyTaskRuns(const TaskRunChanges& changes);
    /// Another context: everything goes. Emits `cleared`, the one moment at which lists reset.
    void clear();

    [[nodiscard]] int size() const noexcept { return static_cast<int>(rows_.size()); }
    [[nodiscard]] const RunRow* find(const QString& uid) const;
    [[nodiscard]] const RunRow* findByName(const QString& name) const;
    template <class Visit>
    void forEach(Visit visit) const {
        for (const auto& [uid, row] : rows_) visit(*row);
    }
    [[nodiscard]] int count(tekton::RunState state) const noexcept {
        return counts_[static_cast<std::size_t>(state)];
    }
    /// Median duration of the last 20 successful runs of a service; empty below five of them.
    [[nodiscard]] std::optional<qint64> medianMs(const QString& service) const;
    /// What the row's bars are measured by: of a run that stopped the median that was known then, so that what is
    /// over does not move.
    [[nodiscard]] std::optional<qint64> scaleMs(const RunRow& row) const;

signals:
    void changed(const cerebral::ui::RunBatch& batch);
    void cleared();

private:
    void remember(const RunRow& row);
    void keepScale(const RunRow& row);
    /// A TaskRun's running step; empty: none.
    void moveTo(const tekton::TaskRun& task, const std::string& step, RunBatch& batch);
    /// The row anew, counted as what it is now; who had it counted before has taken that back.
    void describe(RunRow& row, const RunPtr& run);
    void mark(RunRow& row) const;
    /// What is known of it has changed.
    void describeAgain(const QString& uid, RunBatch& batch);
    [[nodiscard]] int& counter(const RunRow& row);
    void letGo(std::vector<RunPtr> replaced);

    std::unordered_map<QString, std::unique_ptr<RunRow>> rows_;
    SharedTexts texts_;
    std::array<int, 9> counts_{};
    struct Known {
        bool stuck = false;
        QString reason;  ///< the server's where it is stuck, else "Failed: step build, exit 1"
        bool operator==(const Known&) const = default;
    };
    [[nodiscard]] static std::optional<Known> knownOf(const journey::ServiceJourney& service);
    [[nodiscard]] static std::optional<Known> knownOf(const journey::FailurePoint& failure);
    QHash<QString, Known> known_;  ///< by uid
    struct Place {
        std::string taskRun;  ///< its uid
        QString step;
    };
    QHash<QString, std::vector<Place>> places_;  ///< by uid of runs of which a step is running
    /// Medians of when they stopped, by uid; none when there was none.
    QHash<QString, std::optional<qint64>> stopped_;
    /// service → (completed, duration), newest twenty.
    QHash<QString, std::set<std::pair<qint64, qint64>>> durations_;
    QThreadPool freeing_;
};

}  // namespace cerebral::ui
