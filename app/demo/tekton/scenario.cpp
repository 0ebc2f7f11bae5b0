#include "app/demo/tekton/scenario.h"

namespace cerebral::demo {
namespace {

constexpr std::pair<Scenario, const char*> kScenarioNames[] = {
    {Scenario::Success, "success"},
    {Scenario::CompileFailure, "compile-failure"},
    {Scenario::TestFailure, "test-failure"},
    {Scenario::Flaky, "flaky"},
    {Scenario::ImagePullError, "image-pull-error"},
    {Scenario::StuckOnQuota, "stuck-on-quota"},
    {Scenario::StuckOnNode, "stuck-on-node"},
    {Scenario::Timeout, "timeout"},
    {Scenario::BadRollout, "bad-rollout"},
};

}  // namespace

const char* toString(Scenario scenario) noexcept {
    for (const auto& [value, name] : kScenarioNames) {
        if (value == scenario) return name;
    }
    return "success";
}

std::optional<Scenario> scenarioNamed(std::string_view name) {
    for (const auto& [value, text] : kScenarioNames) {
        if (name == text) return value;
    }
    return std::nullopt;
}

void ScenarioBook::plan(std::string commit, std::string service, Scenario scenario) {
    const std::lock_guard lock(mutex_);
    plans_.insert_or_assign({std::move(commit), std::move(service)}, scenario);
}

Scenario ScenarioBook::lookUp(std::string_view commit, std::string_view service, std::string_view message) const {
    {
        const std::lock_guard lock(mutex_);
        for (const std::string_view name : {service, std::string_view()}) {
            if (const auto it = plans_.find({std::string(commit), std::string(name)}); it != plans_.end())
                return it->second;
        }
    }
    constexpr std::string_view kMark = "[demo:";
    if (const std::size_t at = message.find(kMark); at != std::string_view::npos) {
        const std::size_t begin = at + kMark.size();
        if (const auto named = scenarioNamed(message.substr(begin, message.find(']', begin) - begin))) return *named;
    }
    return Scenario::Success;
}

}  // namespace cerebral::demo
