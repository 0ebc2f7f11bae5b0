#include "tests/unit/journey/push_text.h"

#include <algorithm>

#include "core/base/time_format.h"

namespace cerebral::test {
namespace {

std::string at(const std::optional<WallTime>& time) {
    return time ? formatRfc3339(*time) : "-";
}
std::string moment(const Boxed<journey::Moment>& moment) {
    if (!moment) return "-";
    return formatRfc3339(moment->at) + "(" + std::string(moment->object.kind()) + "/" + moment->object.name() + " " +
           std::string(moment->field) + ")";
}
std::string ref(const journey::ObjectRef& object) {
    return object.empty() ? "-" : std::string(object.kind()) + "/" + object.ns() + "/" + object.name();
}
std::string replacement(const Boxed<journey::Replacement>& by) {
    if (!by) return "-";
    return "commit " + by->commit + " digest " + by->digest + " push " + by->pushKey + " at " + at(by->at);
}

std::string describeService(const journey::ServiceJourney& service) {
    std::string text = "  " + service.service + " run " + ref(service.run) + " " + toString(service.runState);
    text += service.mayDeploy ? "" : " not-to-deploy";
    text +=
        " reached " + std::string(toString(service.reached())) + (service.isOver() ? " over" : " going on") + "\n";
    for (const journey::Stage stage : journey::kStages)
        text += "    " + test::describe(stage, service.stage(stage)) + "\n";
    text += "    image " + service.image + " " + service.digest + " for " + ref(service.deployment) + "\n";
    if (service.live) {
        text += "    live " + std::to_string(service.live->ready) + "/" + std::to_string(service.live->wanted) +
                " since " + at(service.live->since) + "\n";
    }
    if (service.failure) {
        const journey::FailurePoint& failure = *service.failure;
        text += "    failed in " + failure.task + "/" + failure.step + " container " + failure.container + " pod " +
                failure.pod + " exit " + (failure.exitCode ? std::to_string(*failure.exitCode) : "-") + " " +
                failure.reason + "\n";
    }
    if (service.stuck) {
        const journey::StuckPoint& stuck = *service.stuck;
        text += "    stuck in " + std::string(toString(stuck.stage)) + " " + ref(stuck.object) + " " + stuck.reason +
                " <" + stuck.words + "> since " + at(stuck.since) + " until " + at(stuck.failsAt) + "\n";
    }
    if (service.replacedBy) text += "    replaced by " + replacement(service.replacedBy) + "\n";
    if (service.supersededBy) text += "    superseded by " + replacement(service.supersededBy) + "\n";
    return text;
}

}  // namespace

std::string describe(journey::Stage stage, const journey::StageStatus& status) {
    std::string text = std::string(toString(stage)) + " " + toString(status.state) + " " + moment(status.start) +
                       " .. " + moment(status.end) + " " + ref(status.object);
    if (!status.reason.empty()) text += " " + status.reason;
    if (!status.detail.empty()) text += " <" + status.detail + ">";
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string stageWords(const journey::ServiceJourney& service) {
    std::string text;
    for (const journey::Stage stage : journey::kStages) {
        text += std::string(text.empty() ? "" : " ") + toString(stage) + ":" + toString(service.stage(stage).state);
    }
    return text;
}

std::string describe(const journey::Push& push) {
    std::string text = push.key + " " + toString(push.state()) + " begun " + at(push.begunAt) + " received " +
                       at(push.receivedAt) + " commit " + push.commit + " before " + push.before + " branch " +
                       push.branch + " <" + push.message + "> by " + push.author;
    if (!push.ignoredReason.empty()) text += " ignored <" + push.ignoredReason + ">";
    text += "\n";
    for (const auto& service : push.services) text += describeService(service);
    return text;
}

std::string describe(const std::vector<journey::PushPtr>& pushes) {
    std::string text;
    for (const auto& push : pushes) text += describe(*push);
    return text;
}

}  // namespace cerebral::test
