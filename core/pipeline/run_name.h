#pragma once
/// @file The deterministic name of a PipelineRun: what makes "exactly once" possible.
///
/// `<service ≤20>-<sha 8>-<10 hex of SHA-256(repo, ref, before, after, pushed_at, service, attempt)>`:
/// the same signed content gives the same name on either replica and on every redelivery, and the API
/// server's name uniqueness does the rest (409 AlreadyExists is success). Fields are joined with NUL,
/// so no two different tuples share an encoding. At most 40 characters: Tekton appends task names and
/// hashes what exceeds 63.

#include <string>
#include <string_view>

#include "core/pipeline/build_request.h"

namespace cerebral::pipeline {

[[nodiscard]] std::string runName(const BuildRequest& request);
/// The beginning of the commit (8 digits) in a name that `runName` made; empty for other names.
[[nodiscard]] std::string_view commitOfRunName(std::string_view name);

/// A branch as an image tag (OCI distribution spec: [A-Za-z0-9_][A-Za-z0-9._-]{0,127}):
/// `feature/x` → `feature-x`. Names that lose more than a slash (other characters, length) get a hash of
/// the whole name, so that they stay distinct.
[[nodiscard]] std::string tagForBranch(std::string_view branch);
/// A branch as a label value (63 characters, alphanumeric ends).
[[nodiscard]] std::string labelForBranch(std::string_view branch);

}  // namespace cerebral::pipeline
