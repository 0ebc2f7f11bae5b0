#include "tests/ui/push_maker.h"

#include <array>

namespace cerebral::test {
namespace {

using namespace std::chrono_literals;
using journey::Stage;
using journey::StageState;

constexpr std::array<const char*, 6> kServices{"ai-services",        "bmad-services",        "data-services",
                                               "knowledge-services", "integration-services", "monitoring-services"};
constexpr std::array<const char*, 4> kBranches{"main", "feature/retry-jitter", "release/2.7", "feature/x"};
constexpr std::array<const char*, 3> kPeople{"Mara Kern", "jt", "hs"};
constexpr std::array<StageState, 5> kStates{StageState::Running, StageState::Done, StageState::Failed,
                                            StageState::Stuck, StageState::Cancelled};

}  // namespace

std::string PushMaker::hex(int digits) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (int i = 0; i < digits; ++i) text += kDigits[random_() % 16U];
    return text;
}

void PushMaker::put(journey::ServiceJourney& journey, Stage reached, StageState state) {
    WallTime at = *journey.runCreated;
    for (const Stage stage : journey::kStages) {
        journey::StageStatus& status = journey.stages[journey::indexOf(stage)];
        status = {};
        if (stage > reached) {
            status.state = StageState::Pending;
            continue;
        }
        status.state = stage < reached ? StageState::Done : state;
        status.start = journey::Moment{at, {}, "status.startTime"};
        at += std::chrono::seconds(2 + number(40));
        if (isOver(status.state)) status.end = journey::Moment{at, {}, "status.completionTime"};
        if (status.state == StageState::Failed) status.reason = "Failed";
        if (status.state == StageState::Stuck) status.reason = "ImagePullBackOff";
    }
    journey.digest = reached >= Stage::Image ? "sha256:" + hex(64) : "";
    journey.image = "10.34.0.202:5000/cerebral/" + journey.service + ":main";
    journey.live.reset();
    if (reached == Stage::Live) {
        journey.live = journey::LivePods{state == StageState::Done ? 2 : 1, 2, at};
    }
    journey.runState = state == StageState::Failed ? tekton::RunState::Failed : tekton::RunState::Running;
}

journey::Push PushMaker::make(const std::vector<std::string>& services, Stage reached, int minutesAgo) {
    journey::Push push;
    push.commit = hex(40);
    push.before = hex(40);
    push.key = "acme/platform refs/heads/main " + push.before + " " + push.commit + " " + std::to_string(++serial_);
    push.branch = kBranches[static_cast<std::size_t>(number(4))];
    push.ref = "refs/heads/" + push.branch;
    push.repository = "acme/platform";
    push.trigger = services.size() > 1 ? "base-image" : "push";
    push.message = "feat: something worth a commit";
    push.author = kPeople[static_cast<std::size_t>(number(3))];
    push.begunAt = now - std::chrono::minutes(minutesAgo) - std::chrono::seconds(number(60));
    push.receivedAt = push.begunAt;
    for (const std::string& service : services) {
        journey::ServiceJourney journey;
        journey.service = service;
        journey.run = {"PipelineRun", "tekton-pipelines", service + "-" + push.commit.substr(0, 8) + "-" + hex(10)};
        journey.runUid = hex(12);
        journey.runCreated = push.begunAt;
        put(journey, reached, StageState::Running);
        push.services.push_back(std::move(journey));
    }
    return push;
}

journey::Push PushMaker::random() {
    std::vector<std::string> services;
    const int count = number(4) == 0 ? 2 + number(5) : 1;
    for (int i = 0; i < count; ++i) services.emplace_back(kServices[static_cast<std::size_t>(i)]);
    journey::Push push = make(services, Stage::Build, number(60 * 24));
    for (auto& journey : push.services) {
        put(journey, journey::kStages[1 + static_cast<std::size_t>(number(5))],
            kStates[static_cast<std::size_t>(number(5))]);
    }
    return push;
}

journey::Push PushMaker::changed(journey::Push push) {
    const int dice = number(12);
    if (dice == 0 && push.services.size() < kServices.size()) {
        journey::ServiceJourney more = push.services.back();
        more.service = kServices[push.services.size()];
        push.services.push_back(std::move(more));
    } else if (dice == 1 && push.services.size() > 1) {
        push.services.pop_back();
    } else if (dice == 2) {
        push.begunAt -= 30s;
    }
    auto& journey = push.services[static_cast<std::size_t>(number(static_cast<int>(push.services.size())))];
    put(journey, journey::kStages[1 + static_cast<std::size_t>(number(5))],
        kStates[static_cast<std::size_t>(number(5))]);
    return push;
}

}  // namespace cerebral::test
