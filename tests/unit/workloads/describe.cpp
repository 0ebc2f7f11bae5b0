#include "tests/unit/workloads/describe.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "core/base/time_format.h"
#include "core/kube/workloads/image_name.h"

namespace cerebral::test {
namespace {

/// "name=value", left out when empty; line ends made visible.
class Line {
public:
    explicit Line(const kube::ObjectMeta& meta) {
        text_ = meta.key() + "@" + meta.resourceVersion + " uid=" + meta.uid.substr(0, 8);
        add("created", meta.creationTimestamp);
        add("deleting", meta.deletionTimestamp);
        if (const auto* owner = meta.controller()) add("owner", owner->kind + "/" + owner->name);
        add("labels", std::to_string(meta.labels.size()));
    }
    Line& add(const std::string& name, const std::string& value) {
        if (value.empty()) return *this;
        text_ += " " + name + "=";
        for (const char c : value) text_ += c == '\n' ? std::string("\\n") : std::string(1, c);
        return *this;
    }
    Line& add(const std::string& name, const std::optional<WallTime>& time) {
        return time ? add(name, formatRfc3339Millis(*time)) : *this;
    }
    Line& add(const std::string& name, std::int64_t number) { return add(name, std::to_string(number)); }
    [[nodiscard]] std::string text() const { return text_; }

private:
    std::string text_;
};

std::string describe(const kube::ContainerState& state) {
    constexpr std::array<const char*, 4> kPhases = {"-", "waiting", "running", "terminated"};
    std::string text = kPhases.at(static_cast<std::size_t>(state.phase));
    if (!state.reason.empty()) text += ":" + state.reason;
    if (state.phase == kube::ContainerPhase::Terminated) text += ":" + std::to_string(state.exitCode);
    if (state.startedAt) text += " from " + formatRfc3339(*state.startedAt);
    if (state.finishedAt) text += " to " + formatRfc3339(*state.finishedAt);
    if (!state.message.empty()) text += " <" + state.message + ">";
    return text;
}

std::string describe(const kube::Container& container) {
    constexpr std::array<const char*, 3> kKinds = {"init ", "sidecar ", ""};
    return kKinds.at(static_cast<std::size_t>(container.kind)) + container.name + " " + container.image + " " +
           std::string(kube::shortDigest(container.digest())) + (container.ready ? " ready" : "") + " restarts " +
           std::to_string(container.restarts) + " " + describe(container.state) +
           (container.lastState.phase == kube::ContainerPhase::Unknown ? ""
                                                                       : " last " + describe(container.lastState));
}

void addConditions(Line& line, const std::vector<kube::Condition>& conditions) {
    for (const auto& condition : conditions) {
        std::string text = condition.status;
        if (!condition.reason.empty()) text += ":" + condition.reason;
        if (condition.lastTransitionTime) text += " since " + formatRfc3339(*condition.lastTransitionTime);
        if (condition.lastUpdateTime) text += " updated " + formatRfc3339(*condition.lastUpdateTime);
        if (!condition.message.empty()) text += " <" + condition.message + ">";
        line.add(condition.type, text);
    }
}

void addImages(Line& line, const std::vector<kube::ContainerImage>& images) {
    for (const auto& image : images) line.add("image." + image.container, image.image);
}

}  // namespace

std::string describe(const kube::Pod& pod) {
    Line line(pod.meta);
    line.add("node", pod.node).add("phase", pod.phase).add("reason", pod.reason).add("message", pod.message);
    line.add("start", pod.startTime);
    addConditions(line, pod.conditions);
    for (const auto& container : pod.containers) line.add("container", "[" + describe(container) + "]");
    return line.text();
}

std::string describe(const kube::Deployment& deployment) {
    Line line(deployment.meta);
    line.add("revision", deployment.revision()).add("replicas", deployment.replicas);
    line.add("paused", deployment.paused ? "yes" : "");
    line.add("deadline", deployment.progressDeadlineSeconds.value_or(-1));
    for (const auto& [name, value] : deployment.selector) line.add("selects", name + ":" + value);
    addImages(line, deployment.images);
    line.add("restartedAt", deployment.restartedAt);
    line.add("generation", deployment.meta.generation).add("observed", deployment.observedGeneration);
    line.add("have", deployment.statusReplicas).add("updated", deployment.updatedReplicas);
    line.add("ready", deployment.readyReplicas).add("available", deployment.availableReplicas);
    addConditions(line, deployment.conditions);
    return line.text();
}

std::string describe(const kube::ReplicaSet& set) {
    Line line(set.meta);
    line.add("revision", set.revision()).add("cameBack", set.cameBack() ? "yes" : "");
    line.add("replicas", set.replicas).add("have", set.statusReplicas).add("ready", set.readyReplicas);
    line.add("available", set.availableReplicas).add("restartedAt", set.restartedAt);
    addImages(line, set.images);
    return line.text();
}

std::string describe(const kube::Event& event) {
    Line line(event.meta);
    line.add("type", event.type)
        .add("reason", event.reason)
        .add("of", event.kind + "/" + event.ns + "/" + event.name);
    line.add("path", event.fieldPath).add("source", event.source).add("count", event.count);
    line.add("first", event.firstSeen).add("last", event.lastSeen).add("message", event.message);
    return line.text();
}

}  // namespace cerebral::test
