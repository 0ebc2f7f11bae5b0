#include "core/history/run_columns.h"

namespace cerebral::history {

tekton::RunState stateOf(std::string_view word) {
    using tekton::RunState;
    for (const RunState state :
         {RunState::Pending, RunState::Running, RunState::Stuck, RunState::Succeeded, RunState::Completed,
          RunState::Failed, RunState::Cancelling, RunState::Cancelled, RunState::TimedOut}) {
        if (word == tekton::toString(state)) return state;
    }
    return RunState::Pending;
}

RunRow readRun(RowReader& reader) {
    RunRow row;
    for (std::string* field : {&row.uid,
                               &row.cluster,
                               &row.ns,
                               &row.name,
                               &row.resourceVersion,
                               &row.service,
                               &row.branch,
                               &row.commit,
                               &row.before,
                               &row.trigger,
                               &row.repository,
                               &row.ref,
                               &row.message,
                               &row.author,
                               &row.pusher,
                               &row.delivery,
                               &row.compareUrl,
                               &row.requestId,
                               &row.requestedBy,
                               &row.rebuildReason,
                               &row.pipeline,
                               &row.serviceAccount,
                               &row.baseImage,
                               &row.baseDigest,
                               &row.imageDigest}) {
        *field = reader.text();
    }
    row.state = stateOf(reader.text());
    row.reason = reader.text();
    row.conditionMessage = reader.text();
    row.created = reader.time();
    row.received = reader.maybeTime();
    row.started = reader.maybeTime();
    row.finished = reader.maybeTime();
    return row;
}

}  // namespace cerebral::history
