#include <algorithm>
#include <array>

#include "core/kube/json_object_sink.h"
#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/decode_workload_parts.h"

namespace cerebral::kube {
namespace {

using json::Element;

ContainerState decodeState(Element parent, std::string_view key) {
    ContainerState state;
    const auto object = json::field(parent, key);
    if (!object) return state;
    constexpr std::array<std::pair<std::string_view, ContainerPhase>, 3> kPhases = {
        {{"waiting", ContainerPhase::Waiting},
         {"running", ContainerPhase::Running},
         {"terminated", ContainerPhase::Terminated}}};
    for (const auto& [name, phase] : kPhases) {
        const auto found = json::field(*object, name);
        if (!found) continue;
        state.phase = phase;
        state.reason = json::string(*found, "reason");
        state.message = json::string(*found, "message");
        state.startedAt = json::time(*found, "startedAt");
        state.finishedAt = json::time(*found, "finishedAt");
        state.exitCode = static_cast<int>(json::integer(*found, "exitCode"));
    }
    return state;
}

void decodeContainers(Element spec, std::string_view key, bool init, Pod& pod) {
    json::each(spec, key, [&](Element element) {
        Container container;
        container.name = json::string(element, "name");
        container.image = json::string(element, "image");
        if (const auto resources = json::field(element, "resources")) {
            if (const auto limits = json::field(*resources, "limits"))
                container.memoryLimit = json::string(*limits, "memory");
        }
        if (init) {
            container.kind =
                json::text(element, "restartPolicy") == "Always" ? ContainerKind::Sidecar : ContainerKind::Init;
        }
        pod.containers.push_back(std::move(container));
    });
}

void decodeStatuses(Element status, std::string_view key, Pod& pod) {
    json::each(status, key, [&](Element element) {
        const std::string_view name = json::text(element, "name");
        const auto it = std::find_if(pod.containers.begin(), pod.containers.end(),
                                     [&](const Container& candidate) { return candidate.name == name; });
        if (it == pod.containers.end()) return;
        it->imageId = json::string(element, "imageID");
        it->ready = json::boolean(element, "ready");
        it->restarts = decodeCount(element, "restartCount");
        it->state = decodeState(element, "state");
        it->lastState = decodeState(element, "lastState");
    });
}

Result<Pod> decode(Element object) {
    auto meta = json::decodeMeta(object);
    if (!meta) return fail(std::move(meta.error()));
    Pod pod;
    pod.meta = std::move(*meta);
    if (const auto spec = json::field(object, "spec")) {
        pod.node = json::string(*spec, "nodeName");
        decodeContainers(*spec, "initContainers", true, pod);
        decodeContainers(*spec, "containers", false, pod);
    }
    if (const auto status = json::field(object, "status")) {
        pod.phase = json::string(*status, "phase");
        pod.reason = json::string(*status, "reason");
        pod.message = json::string(*status, "message");
        pod.startTime = json::time(*status, "startTime");
        pod.conditions = decodeConditions(*status);
        decodeStatuses(*status, "initContainerStatuses", pod);
        decodeStatuses(*status, "containerStatuses", pod);
    }
    return pod;
}

}  // namespace

Result<Pod> decodePod(std::string_view text) {
    return json::decodeText(text, decode);
}

std::unique_ptr<ObjectSink> makePodSink(Store<Pod>& store) {
    return std::make_unique<JsonObjectSink<Pod>>(store, decode);
}

}  // namespace cerebral::kube
