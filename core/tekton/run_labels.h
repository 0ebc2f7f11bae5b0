#pragma once
/// @file Labels and annotations the receiver puts on each PipelineRun: the contract with the dashboard.

#include <string>
#include <string_view>

namespace cerebral::tekton::labels {

inline constexpr std::string_view kService = "cerebral.baerautotech.com/service";
inline constexpr std::string_view kBranch = "cerebral.baerautotech.com/branch";    ///< made label-safe
inline constexpr std::string_view kCommit = "cerebral.baerautotech.com/commit";    ///< 40 hex digits
inline constexpr std::string_view kTrigger = "cerebral.baerautotech.com/trigger";  ///< push | base-image | rebuild
inline constexpr std::string_view kManagedBy = "app.kubernetes.io/managed-by";
inline constexpr std::string_view kManagedByValue = "github-webhook-receiver";

inline constexpr std::string_view kRepository = "cerebral.baerautotech.com/repository";
inline constexpr std::string_view kRef = "cerebral.baerautotech.com/ref";
inline constexpr std::string_view kBefore = "cerebral.baerautotech.com/before";
inline constexpr std::string_view kMessage = "cerebral.baerautotech.com/message";  ///< first line
inline constexpr std::string_view kAuthor = "cerebral.baerautotech.com/author";
inline constexpr std::string_view kPusher = "cerebral.baerautotech.com/pusher";
inline constexpr std::string_view kDelivery = "cerebral.baerautotech.com/delivery";
inline constexpr std::string_view kReceivedAt = "cerebral.baerautotech.com/received-at";  ///< RFC 3339, ms
/// repository.pushed_at as GitHub sent it (seconds or RFC 3339): which of two pushes is newer.
inline constexpr std::string_view kPushedAt = "cerebral.baerautotech.com/pushed-at";
/// Name of the run whose newer push took this one's place.
inline constexpr std::string_view kSupersededBy = "cerebral.baerautotech.com/superseded-by";
inline constexpr std::string_view kCompareUrl = "cerebral.baerautotech.com/compare-url";
inline constexpr std::string_view kRequestId = "cerebral.baerautotech.com/request-id";
inline constexpr std::string_view kRequestedBy = "cerebral.baerautotech.com/requested-by";
inline constexpr std::string_view kReason = "cerebral.baerautotech.com/reason";

}  // namespace cerebral::tekton::labels
