#pragma once
/// @file The columns of table `runs` in one order, for writing and reading. Internal to this folder.

#include "core/history/records.h"
#include "core/history/sqlite_support.h"

namespace cerebral::history {

inline constexpr const char* kRunColumns =
    "uid, cluster, namespace, name, resource_version, service, branch, commit_sha, before_sha, trigger_kind, "
    "repository, ref, message, author, pusher, delivery, compare_url, request_id, requested_by, rebuild_reason, "
    "pipeline, service_account, base_image, base_digest, image_digest, state, reason, condition_message, created_ms, "
    "received_ms, started_ms, finished_ms";

/// Calls `use` with every field of `row` in the order of kRunColumns.
template <class Use>
void withRunFields(const RunRow& row, Use&& use) {
    use(row.uid, row.cluster, row.ns, row.name, row.resourceVersion, row.service, row.branch, row.commit, row.before,
        row.trigger, row.repository, row.ref, row.message, row.author, row.pusher, row.delivery, row.compareUrl,
        row.requestId, row.requestedBy, row.rebuildReason, row.pipeline, row.serviceAccount, row.baseImage,
        row.baseDigest, row.imageDigest, tekton::toString(row.state), row.reason, row.conditionMessage, row.created,
        row.received, row.started, row.finished);
}

[[nodiscard]] RunRow readRun(RowReader& reader);
/// Pending when the word is none of ours.
[[nodiscard]] tekton::RunState stateOf(std::string_view word);

}  // namespace cerebral::history
