#include "core/journey/push_identity.h"

#include <algorithm>

#include "core/base/time_format.h"
#include "core/tekton/run_labels.h"

namespace cerebral::journey {
namespace {

namespace labels = tekton::labels;

bool isCommit(std::string_view text) {
    return text.size() == 40 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// GitHub writes forty zeros for "there is none".
std::string commitOrNone(const std::string& text) {
    return text.find_first_not_of('0') == std::string::npos ? std::string() : text;
}

std::string joinKey(std::initializer_list<std::string_view> parts) {
    std::string key;
    for (const std::string_view part : parts) {
        if (!key.empty()) key += '|';
        key += part;
    }
    return key;
}

}  // namespace

std::string serviceOf(const tekton::PipelineRun& run) {
    std::string service = run.meta.label(labels::kService);
    return service.empty() ? run.param("deployment") : service;
}

ObjectRef deploymentOf(const tekton::PipelineRun& run, const JourneyRules& rules) {
    std::string name = run.param("deployment");
    if (name.empty()) name = run.meta.label(labels::kService);
    std::string ns = run.param("deploy-namespace");
    if (ns.empty()) ns = rules.deployNamespace;
    return {"Deployment", std::move(ns), std::move(name)};
}

std::string commitOf(const tekton::PipelineRun& run) {
    for (std::string commit : {run.meta.label(labels::kCommit), run.result("commit"), run.param("revision")}) {
        if (isCommit(commit)) return commit;
    }
    return {};
}

std::optional<WallTime> receivedAtOf(const tekton::PipelineRun& run) {
    const auto time = parseRfc3339(run.meta.annotation(labels::kReceivedAt));
    return time ? std::optional(*time) : std::nullopt;
}

std::string pushKeyOf(const tekton::PipelineRun& run) {
    const kube::ObjectMeta& meta = run.meta;
    const std::string repository = meta.annotation(labels::kRepository);
    if (repository.empty()) return "run|" + meta.uid;
    // pushed-at tells a true second push of the same commits from a redelivery of the first.
    return joinKey({repository, meta.annotation(labels::kRef), meta.annotation(labels::kBefore),
                    meta.label(labels::kCommit), meta.annotation(labels::kPushedAt),
                    meta.annotation(labels::kRequestId)});
}

std::string pushKeyOf(const DeliveryRecord& delivery) {
    return joinKey(
        {delivery.repository, delivery.ref, delivery.before, delivery.after, "delivery", delivery.delivery});
}

std::string branchOfRef(std::string_view ref) {
    for (const std::string_view prefix : {"refs/heads/", "refs/tags/"}) {
        if (ref.starts_with(prefix)) return std::string(ref.substr(prefix.size()));
    }
    return std::string(ref);
}

void describePush(const tekton::PipelineRun& run, Push& push) {
    const kube::ObjectMeta& meta = run.meta;
    push.repository = meta.annotation(labels::kRepository);
    push.ref = meta.annotation(labels::kRef);
    push.branch = branchOfRef(push.ref);
    if (push.branch.empty()) push.branch = meta.label(labels::kBranch);
    if (push.branch.empty()) push.branch = run.param("branch");
    if (std::string revision = run.param("revision"); push.branch.empty() && !isCommit(revision)) {
        push.branch = std::move(revision);
    }
    push.before = commitOrNone(meta.annotation(labels::kBefore));
    push.commit = commitOf(run);
    push.trigger = meta.label(labels::kTrigger);
    push.message = meta.annotation(labels::kMessage);
    push.author = meta.annotation(labels::kAuthor);
    push.pusher = meta.annotation(labels::kPusher);
    push.delivery = meta.annotation(labels::kDelivery);
    push.compareUrl = meta.annotation(labels::kCompareUrl);
    push.requestId = meta.annotation(labels::kRequestId);
    push.requestedBy = meta.annotation(labels::kRequestedBy);
    push.reason = meta.annotation(labels::kReason);
}

void describePush(const DeliveryRecord& delivery, Push& push) {
    push.repository = delivery.repository;
    push.ref = delivery.ref;
    push.branch = branchOfRef(delivery.ref);
    push.before = commitOrNone(delivery.before);
    push.commit = commitOrNone(delivery.after);
    push.trigger = "push";
    push.message = delivery.message;
    push.author = delivery.author;
    push.pusher = delivery.pusher;
    push.delivery = delivery.delivery;
    push.receivedAt = delivery.receivedAt;
    if (delivery.receivedAt) push.begunAt = *delivery.receivedAt;
}

}  // namespace cerebral::journey
