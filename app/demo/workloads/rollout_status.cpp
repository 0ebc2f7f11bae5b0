#include "app/demo/workloads/rollout_status.h"

#include <nlohmann/json.hpp>

namespace cerebral::demo {

RolloutStatus rolloutStatus(const Json& deployment) {
    const std::string name = "\"" + deployment["metadata"].value("name", "") + "\"";
    const Json status = deployment.value("status", Json::object());
    const auto number = [&](const char* field) { return status.value(field, 0); };
    if (deployment["metadata"].value("generation", 0) > number("observedGeneration")) {
        return {"Waiting for deployment spec update to be observed...", false, false};
    }
    for (const Json& condition : status.value("conditions", Json::array())) {
        if (condition.value("type", "") == "Progressing" &&
            condition.value("reason", "") == "ProgressDeadlineExceeded") {
            return {"error: deployment " + name + " exceeded its progress deadline", false, true};
        }
    }
    const int wanted = deployment["spec"].value("replicas", 1), updated = number("updatedReplicas");
    const std::string waiting = "Waiting for deployment " + name + " rollout to finish: ";
    if (updated < wanted) {
        return {waiting + std::to_string(updated) + " out of " + std::to_string(wanted) +
                    " new replicas have been updated...",
                false, false};
    }
    if (number("replicas") > updated) {
        return {waiting + std::to_string(number("replicas") - updated) + " old replicas are pending termination...",
                false, false};
    }
    if (number("availableReplicas") < updated) {
        return {waiting + std::to_string(number("availableReplicas")) + " of " + std::to_string(updated) +
                    " updated replicas are available...",
                false, false};
    }
    return {"deployment " + name + " successfully rolled out", true, false};
}

}  // namespace cerebral::demo
