#pragma once
/// @file RunRow: one PipelineRun as a list shows it.
///
/// What rows are found, sorted and counted by is made once per change; what only a painted row needs, when it is
/// asked for: there are ten thousand rows, and forty of them are seen.

#include <QString>
#include <array>
#include <cstdint>
#include <vector>

#include "core/kube/store.h"
#include "core/tekton/pipeline_run.h"
#include "ui/models/shared_texts.h"

namespace cerebral::ui {

using RunPtr = kube::ObjectPtr<tekton::PipelineRun>;

enum class CellState : std::uint8_t { Waiting, Done, Active, Failed, Cancelled, Skipped, Stuck };

struct RunRow {
    RunPtr run;
    tekton::RunState state = tekton::RunState::Pending;

    QString uid;
    QString service;  ///< label, else the run's name: a run that was not made by the receiver
    QString branch;   ///< as pushed ("feature/x"), else the label-safe form
    QString triggerKind;
    QString reason;  ///< why it stands where it stands; empty when there is nothing to say

    qint64 createdMs = 0;
    qint64 startedMs = 0;    ///< 0: not started
    qint64 completedMs = 0;  ///< 0: not finished
    /// One per task of the pipeline, in order; three unknown ones before the pipeline is resolved; none where the run
    /// has ended and nothing is known of its parts.
    std::vector<CellState> cells;

    [[nodiscard]] QString name() const;
    /// 40 hex digits or empty.
    [[nodiscard]] QString commit() const;
    /// "push by mk", "base image", "rebuild by rs".
    [[nodiscard]] QString trigger() const;
    /// First line of the commit message.
    [[nodiscard]] QString message() const;
    [[nodiscard]] bool finished() const noexcept { return tekton::isFinished(state); }
    /// -1 when it has not started.
    [[nodiscard]] qint64 durationMs(qint64 nowMs) const noexcept;
};

/// `uid`: the run's, for who has it already.
[[nodiscard]] RunRow makeRunRow(RunPtr run, QString uid, SharedTexts& texts);
/// One alone.
[[nodiscard]] RunRow makeRunRow(RunPtr run);
/// "Running", "Timed out": the state in words.
[[nodiscard]] QString stateWord(tekton::RunState state);

}  // namespace cerebral::ui
