#include "tests/unit/journey/many_pushes.h"

#include <algorithm>

#include "core/base/time_format.h"
#include "core/tekton/run_labels.h"
#include "tests/unit/journey/object_parts.h"

namespace cerebral::test {
namespace {

const WallTime kBegin = parseRfc3339("2026-01-01T00:00:00Z").value();

WallTime timeOf(std::size_t number) {
    return kBegin + std::chrono::minutes(5) * static_cast<int>(number);
}

/// The same for the same number, without a pattern.
std::string hexDigits(std::size_t number, std::size_t length) {
    std::string text;
    std::uint64_t state = number * 0x9E3779B97F4A7C15U + 0xD1B54A32D192ED03U;
    while (text.size() < length) {
        state ^= state >> 12U;
        state ^= state << 25U;
        state ^= state >> 27U;
        text += "0123456789abcdef"[(state * 0x2545F4914F6CDD1DU) >> 60U];
    }
    return text;
}

}  // namespace

ManyPushes::ManyPushes(std::size_t pushes, std::size_t services, std::size_t commonDigits)
    : pushes_(pushes), services_(services), commonDigits_(commonDigits) {}

std::string ManyPushes::commit(std::size_t number) const {
    return std::string(commonDigits_, 'c') + hexDigits(number + 1, 40 - commonDigits_);
}

std::string ManyPushes::service(std::size_t number) const {
    return "service-" + std::to_string(number % services_);
}

std::string ManyPushes::delivery(std::size_t number) const {
    return "delivery-" + std::to_string(number);
}

std::string ManyPushes::image(std::size_t number) const {
    return "10.34.0.202:5000/cerebral/" + service(number) + ":main@sha256:" + hexDigits(number + 1, 64);
}

kube::ObjectPtr<tekton::PipelineRun> ManyPushes::run(std::size_t number) const {
    namespace labels = tekton::labels;
    tekton::PipelineRun run;
    const WallTime received = timeOf(number);
    run.meta = meta(kPipelineNs, service(number) + "-" + commit(number), received);
    run.meta.labels = {{std::string(labels::kManagedBy), std::string(labels::kManagedByValue)},
                       {std::string(labels::kService), service(number)},
                       {std::string(labels::kBranch), "main"},
                       {std::string(labels::kCommit), commit(number)},
                       {std::string(labels::kTrigger), "push"}};
    run.meta.annotations = {{std::string(labels::kRepository), "baerautotech/cerebral"},
                            {std::string(labels::kRef), "refs/heads/main"},
                            {std::string(labels::kBefore), number == 0 ? std::string(40, '0') : commit(number - 1)},
                            {std::string(labels::kMessage), "change " + std::to_string(number)},
                            {std::string(labels::kAuthor), "Ada"},
                            {std::string(labels::kDelivery), delivery(number)},
                            {std::string(labels::kReceivedAt), formatRfc3339Millis(received)}};
    run.params = {{"registry", "10.34.0.202:5000"},
                  {"image-name", "cerebral/" + service(number)},
                  {"image-tag", "main"},
                  {"deployment", service(number)},
                  {"deploy-namespace", kPlatformNs},
                  {"deploy", "true"}};
    const std::string made = image(number);
    run.results = {{"commit", commit(number)}, {"image-digest", made.substr(made.find('@') + 1)}};
    run.condition = tekton::ConditionStatus::True;
    run.reason = "Succeeded";
    run.completionTime = received + std::chrono::minutes(3);
    run.pipelineTasks = {"git-clone-task", "kaniko-build-task", "deploy-task"};
    return std::make_shared<const tekton::PipelineRun>(std::move(run));
}

kube::ObjectPtr<kube::Deployment> ManyPushes::deployment(std::size_t number) const {
    kube::Deployment made;
    made.meta = meta(kPlatformNs, service(number), kBegin);
    made.meta.annotations.set("deployment.kubernetes.io/revision", "1");
    made.meta.generation = made.observedGeneration = 1;
    made.selector = {{"app", service(number)}};
    made.images = {{service(number), image(number)}};
    made.statusReplicas = made.updatedReplicas = made.readyReplicas = made.availableReplicas = 1;
    made.conditions = {condition("Progressing", true, "NewReplicaSetAvailable", timeOf(number))};
    return std::make_shared<const kube::Deployment>(std::move(made));
}

kube::ObjectPtr<kube::ReplicaSet> ManyPushes::replicaSet(std::size_t number) const {
    kube::ReplicaSet set;
    set.meta = meta(kPlatformNs, service(number) + "-set", timeOf(number));
    set.meta.annotations.set("deployment.kubernetes.io/revision", "1");
    set.meta.owners = {{"Deployment", service(number), "uid-" + service(number), true}};
    set.images = {{service(number), image(number)}};
    set.replicas = 1;
    return std::make_shared<const kube::ReplicaSet>(std::move(set));
}

kube::ObjectPtr<kube::Pod> ManyPushes::pod(std::size_t number, bool ready) const {
    kube::Pod pod;
    pod.meta = meta(kPlatformNs, service(number) + "-pod", timeOf(number));
    pod.meta.resourceVersion = ready ? "1" : "2";
    pod.meta.labels = {{"app", service(number)}};
    pod.meta.owners = {{"ReplicaSet", service(number) + "-set", "uid-" + service(number) + "-set", true}};
    pod.phase = "Running";
    pod.conditions = {condition("Ready", ready, "", timeOf(number))};
    kube::Container container;
    container.name = service(number);
    container.image = image(number);
    pod.containers = {container};
    return std::make_shared<const kube::Pod>(std::move(pod));
}

void ManyPushes::fill(journey::PushBook& book) const {
    kube::Changes<tekton::PipelineRun> runs;
    for (std::size_t i = 0; i < pushes_; ++i) runs.added.push_back(run(i));
    book.apply(runs);
    for (std::size_t i = pushes_ - std::min(services_, pushes_); i < pushes_; ++i) {
        book.applyAll<kube::Deployment>({deployment(i)});
        book.applyAll<kube::ReplicaSet>({replicaSet(i)});
        book.applyAll<kube::Pod>({pod(i, true)});
    }
}

}  // namespace cerebral::test
