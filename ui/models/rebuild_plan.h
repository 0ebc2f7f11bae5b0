#pragma once
/// @file RebuildPlan: what a rebuild would start, from what the window knows. Pure.

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/rebuild/rebuild_client.h"
#include "ui/models/push_model.h"
#include "ui/models/run_set.h"

namespace cerebral::ui {

struct RebuildChoice {
    enum class Source : std::uint8_t {
        NewestOnBranch,  ///< the newest commit a push brought to the branch
        SameCommit,      ///< each service its own last one
        Commit,
    };
    QStringList services;
    Source source = Source::NewestOnBranch;
    QString branch;
    QString commit;  ///< of Source::Commit; 40 hex
    QString reason;
};

struct RebuildLine {
    QString service;
    QString from;  ///< commit of its last run on the branch; empty: none is known
    QString to;
    QString note;  ///< "same commit again", "not built on this branch yet"
    std::optional<qint64> medianMs;
    bool builds = true;  ///< false: the receiver would refuse this one
};

struct ServiceNote {
    enum class Tone : std::uint8_t { Quiet, Stuck, Failed };
    QString text{};  ///< "running now", "failed 14 min ago", "succeeded 3 h ago"
    Tone tone = Tone::Quiet;
};

struct BasedServices {
    QStringList services;
    QString image;  ///< "ai-base:cuda"; "a base image" where there are several
};

class RebuildPlanner {
public:
    RebuildPlanner(const RunSet& runs, const PushModel& pushes) : runs_(runs), pushes_(pushes) {}

    /// Those that were ever built and those of the configuration, sorted.
    [[nodiscard]] QStringList services(const QStringList& configured) const;
    [[nodiscard]] QStringList branches() const;
    /// How its newest run on the branch stands; of any branch when none is named.
    [[nodiscard]] ServiceNote noteOf(const QString& service, const QString& branch) const;
    /// Those whose newest run was built on a base image.
    [[nodiscard]] BasedServices based(const QStringList& services) const;
    /// Of the newest push to the branch; empty when none is known.
    [[nodiscard]] QString newestOn(const QString& branch) const;
    [[nodiscard]] std::vector<RebuildLine> lines(const RebuildChoice& choice) const;
    /// What to know before sending; never a reason against it.
    [[nodiscard]] QStringList warnings(const RebuildChoice& choice) const;
    /// Why it cannot be sent; empty: it can.
    [[nodiscard]] QString problem(const RebuildChoice& choice) const;
    [[nodiscard]] rebuild::Order order(const RebuildChoice& choice, const QString& requestId) const;

private:
    [[nodiscard]] ServiceNote noteOf(const RunRow& run) const;
    /// Newest run of the service, on the branch unless that is empty.
    [[nodiscard]] const RunRow* lastRun(const QString& service, const QString& branch) const;

    const RunSet& runs_;
    const PushModel& pushes_;
};

/// The same as a command, quoted for a shell.
[[nodiscard]] QString rebuildCommand(const rebuild::Order& order);
/// One word for a POSIX shell, whatever is in it.
[[nodiscard]] QString shellQuoted(const QString& word);

}  // namespace cerebral::ui
