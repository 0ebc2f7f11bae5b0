#pragma once
/// @file PeekContent: one run in brief, as the panel beside the table of runs says it.
///
/// What is not known is said to be unknown, or to be loading while it may still come. Pure.

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/analysis/failure_card.h"
#include "core/history/records.h"
#include "ui/models/difference_lines.h"
#include "ui/models/run_detail.h"

namespace cerebral::ui {

struct PeekFact {
    QString label;
    QString value;
    bool mono = false;    ///< the value's beginning up to `mark`, else all of it
    qsizetype mark = -1;  ///< so many characters are code; -1: as `mono` says
    QString aside{};      ///< behind the value, weaker
    QString second{};     ///< goes on below where there is no room for both
    QString tip{};        ///< empty: the value
};

struct PeekTask {
    QString name;
    tekton::TaskState state = tekton::TaskState::Waiting;
    bool unknown = false;
    QString time;  ///< or a word; empty: still loading
};

struct PeekLog {
    QString title;
    QString note;  ///< "step build, exit code 1"
    struct Line {
        QString number;
        QString text;
        bool error = false;
    };
    std::vector<Line> lines;
    QString words;         ///< instead of lines
    bool loading = false;  ///< neither yet
};

struct PeekContent {
    QString service;
    tekton::RunState state = tekton::RunState::Pending;
    QString stateText;
    QString message;
    std::vector<PeekFact> facts;
    std::vector<PeekTask> tasks;
    QString noTasks;  ///< why there are none to show
    QString stuckTitle;
    QString stuckWords;
    std::optional<PeekLog> log;
    QString sinceTitle;  ///< "Since the last green run on main"; empty: nothing is said of it
    QString sinceWords;  ///< instead of lines
    std::vector<DifferenceLine> since;
    QString commitsAside;  ///< "3 pushes"
    QString commitsUrl;    ///< where the range can be seen; https or empty

    /// All of it as plain lines, for screen readers.
    [[nodiscard]] QStringList spoken() const;
};

/// What is known besides the run itself.
struct PeekAside {
    qint64 nowMs = 0;
    std::optional<qint64> medianMs;
    bool gone = false;     ///< deleted from the cluster
    bool settled = false;  ///< what the cluster has of its tasks has arrived
    QString blind;         ///< why TaskRuns or pods cannot be read
    const history::RunRecord* kept = nullptr;
    const analysis::FailureCard* card = nullptr;
    QString noOutput;  ///< why the failed step has no log; empty: by what is on the card
    int pushes = 0;    ///< from the last green commit to this one; 0: not known
};

[[nodiscard]] PeekContent peekContent(const RunDetail& run, const PeekAside& aside);

}  // namespace cerebral::ui
