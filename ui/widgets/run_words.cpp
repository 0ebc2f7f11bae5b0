#include "ui/widgets/run_words.h"

namespace cerebral::ui {

Status statusOf(tekton::RunState state) {
    switch (state) {
        case tekton::RunState::Pending:
            return Status::Pending;
        case tekton::RunState::Running:
            return Status::Running;
        case tekton::RunState::Stuck:
            return Status::Stuck;
        case tekton::RunState::Succeeded:
        case tekton::RunState::Completed:
            return Status::Succeeded;
        case tekton::RunState::Failed:
            return Status::Failed;
        case tekton::RunState::Cancelling:
            return Status::Cancelling;
        case tekton::RunState::Cancelled:
            return Status::Cancelled;
        case tekton::RunState::TimedOut:
            return Status::TimedOut;
    }
    return Status::Pending;
}

Status statusOf(tekton::TaskState state) {
    switch (state) {
        case tekton::TaskState::Waiting:
        case tekton::TaskState::Pending:
            return Status::Pending;
        case tekton::TaskState::Running:
            return Status::Running;
        case tekton::TaskState::Stuck:
        case tekton::TaskState::Ignored:
            return Status::Stuck;
        case tekton::TaskState::Succeeded:
            return Status::Succeeded;
        case tekton::TaskState::Failed:
            return Status::Failed;
        case tekton::TaskState::Cancelling:
            return Status::Cancelling;
        case tekton::TaskState::Cancelled:
            return Status::Cancelled;
        case tekton::TaskState::TimedOut:
            return Status::TimedOut;
        case tekton::TaskState::Skipped:
            return Status::Skipped;
    }
    return Status::Pending;
}

Status statusOf(tekton::StepState state) {
    switch (state) {
        case tekton::StepState::Waiting:
            return Status::Pending;
        case tekton::StepState::Running:
            return Status::Running;
        case tekton::StepState::Succeeded:
            return Status::Succeeded;
        case tekton::StepState::Failed:
            return Status::Failed;
        case tekton::StepState::Continued:
            return Status::Stuck;
        case tekton::StepState::TimedOut:
            return Status::TimedOut;
        case tekton::StepState::Cancelled:
            return Status::Cancelled;
        case tekton::StepState::Skipped:
            return Status::Skipped;
    }
    return Status::Pending;
}

QString taskWord(tekton::TaskState state) {
    switch (state) {
        case tekton::TaskState::Ignored:
            return QStringLiteral("failed, and the run went on");
        case tekton::TaskState::TimedOut:
            return QStringLiteral("timed out");
        case tekton::TaskState::Waiting:
            return QStringLiteral("not begun");
        default:
            return QString::fromUtf8(tekton::toString(state));
    }
}

QString stepWord(tekton::StepState state) {
    switch (state) {
        case tekton::StepState::Continued:
            return QStringLiteral("failed, and the task went on");
        case tekton::StepState::TimedOut:
            return QStringLiteral("timed out");
        case tekton::StepState::Waiting:
            return QStringLiteral("not begun");
        case tekton::StepState::Skipped:
            return QStringLiteral("not run");
        default:
            return QString::fromUtf8(tekton::toString(state));
    }
}

}  // namespace cerebral::ui
