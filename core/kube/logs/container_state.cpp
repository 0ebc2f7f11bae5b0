#include "core/kube/logs/container_state.h"

#include <array>

#include "core/kube/json_fields.h"

namespace cerebral::kube {
namespace {

std::optional<json::Element> named(json::Element object, std::string_view list, std::string_view name) {
    std::optional<json::Element> found;
    json::each(object, list, [&](json::Element element) {
        if (!found && json::text(element, "name") == name) found = element;
    });
    return found;
}

std::optional<json::Element> find(json::Element object, const std::array<std::string_view, 3>& lists,
                                  std::string_view name) {
    for (const std::string_view list : lists) {
        if (const auto found = named(object, list, name)) return found;
    }
    return std::nullopt;
}

/// Whether the kubelet starts the container again after it ended.
bool comesBack(std::string_view restartPolicy, json::Element terminated, bool isInit) {
    // An init container that succeeded is done, whatever the policy (its own Always makes it a sidecar).
    if (isInit && json::integer(terminated, "exitCode") == 0) return false;
    if (restartPolicy == "Never") return false;
    return restartPolicy != "OnFailure" || json::integer(terminated, "exitCode") != 0;
}

}  // namespace

Result<LogSourceState> readContainerState(std::string_view podJson, std::string_view container) {
    simdjson::dom::parser parser;
    json::Element pod;
    if (parser.parse(podJson.data(), podJson.size()).get(pod) != simdjson::SUCCESS) {
        return fail(ErrorKind::Malformed, "the pod is not JSON");
    }
    LogSourceState state;
    if (const auto meta = json::field(pod, "metadata")) state.podUid = json::string(*meta, "uid");
    const auto spec = json::field(pod, "spec");
    if (!spec || !find(*spec, {"containers", "initContainers", "ephemeralContainers"}, container)) {
        return fail(ErrorKind::Invalid, "the pod has no container of that name");
    }
    const auto status = json::field(pod, "status");
    if (!status) return state;
    const std::string_view podPhase = json::text(*status, "phase");
    const bool podEnded = podPhase == "Succeeded" || podPhase == "Failed";
    const auto own =
        find(*status, {"containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"}, container);
    if (!own) {
        // Evicted or refused before anything ran: there will be no log.
        if (podEnded) state.phase = LogSourceState::Phase::Ended;
        return state;
    }
    state.restarts = json::integer(*own, "restartCount");
    const auto now = json::field(*own, "state");
    if (now && json::field(*now, "running")) {
        state.phase = LogSourceState::Phase::Running;
    } else if (const auto terminated = now ? json::field(*now, "terminated") : std::nullopt) {
        const bool isInit = named(*status, "initContainerStatuses", container).has_value();
        const bool again = !podEnded && comesBack(json::text(*spec, "restartPolicy"), *terminated, isInit);
        state.phase = again ? LogSourceState::Phase::Restarting : LogSourceState::Phase::Ended;
    } else if (podEnded) {
        state.phase = LogSourceState::Phase::Ended;
    } else if (state.restarts > 0) {
        state.phase = LogSourceState::Phase::Restarting;
    }
    return state;
}

}  // namespace cerebral::kube
