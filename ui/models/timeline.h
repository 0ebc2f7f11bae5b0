#pragma once
/// @file Timeline: a run's tasks and steps as bars on one scale of time. Pure.
///
/// Times are milliseconds from `origin`: the push's arrival where the run says it and the cluster began later than
/// that, to its whole seconds; else the run's start; never later than anything that is drawn.

#include <QString>
#include <optional>
#include <vector>

#include "core/history/history_reader.h"
#include "ui/models/run_detail.h"

namespace cerebral::ui {

struct TimelineBar {
    enum class Kind : std::uint8_t { Queue, Pull, Run, Earlier };
    Kind kind = Kind::Run;
    qint64 from = 0;
    qint64 to = 0;
    int tryNumber = 0;      ///< of an earlier try of the task, from 1; 0: the last one
    bool stepBegan = true;  ///< of an earlier try: it failed in one of its steps, else before them
};

struct TimelineSpan {
    qint64 from = 0;
    qint64 to = 0;
};

struct TimelineRow {
    int task = 0;
    int step = -1;  ///< -1: the task itself
    QString name;
    tekton::TaskState taskState = tekton::TaskState::Waiting;
    tekton::StepState stepState = tekton::StepState::Waiting;
    std::vector<TimelineBar> bars;
    std::optional<TimelineSpan> ghost;     ///< the median, from where it began
    std::optional<TimelineSpan> expected;  ///< not begun: where the medians put it
    std::optional<qint64> duration;
    std::optional<qint64> usual;
    /// From its start, as `duration`: `usual`, and what came before its last try.
    std::optional<qint64> whole;
    bool running = false;
    /// For tasks off the critical path: how much later it could have ended.
    std::optional<qint64> slack;
};

/// From the end of one task to the start of the next on the critical path; indices into `rows`.
struct TimelineLink {
    int fromRow = 0;
    int toRow = 0;
    qint64 from = 0;
    qint64 to = 0;
    bool expected = false;
};

struct Timeline {
    qint64 originMs = 0;           ///< since the epoch
    std::optional<qint64> pushMs;  ///< when the push arrived: within a second of `originMs`, or it is that
    std::vector<TimelineRow> rows;
    std::vector<TimelineLink> links;
    std::optional<qint64> now;  ///< while it goes on
    std::optional<qint64> eta;
    bool held = false;               ///< how it goes on is not known: as it was when it was seen last
    qint64 end = 0;                  ///< of everything that is drawn
    int basedOn = 0;                 ///< runs behind the medians
    std::optional<qint64> usualRun;  ///< median of whole runs
};

/// `profile` may be null.
[[nodiscard]] Timeline makeTimeline(const RunDetail& run, const history::DurationProfile* profile, qint64 nowMs);

/// Distance of the ticks of an axis: the first of 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1 h that leaves
/// `least` pixels between two of them.
[[nodiscard]] qint64 tickDistance(double pixelsPerMs, double least = 64);

}  // namespace cerebral::ui
