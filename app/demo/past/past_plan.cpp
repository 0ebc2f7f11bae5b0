#include "app/demo/past/past_plan.h"

#include <algorithm>

#include "app/demo/sim/landscape.h"
#include "app/demo/store/identity.h"
#include "app/demo/team/people.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

/// Services on an old base were not built since the base was renewed (sim/landscape.cpp).
constexpr auto kBaseRenewed = 24h * 9;
/// The push that rewrote the history of main: what was live before it is in nothing that came later.
constexpr std::uint64_t kForced = 30;
/// A run cancelled for a newer push was still under way when that push came.
constexpr auto kUntilSuperseded = 5s;

PastOutcome drawOutcome(std::mt19937_64& random) {
    const auto percent = drawBetween(random, 0, 99);
    if (percent < 72) return PastOutcome::Live;
    if (percent < 82) return PastOutcome::BranchBuild;
    if (percent < 86) return PastOutcome::Flaky;
    if (percent < 91) return PastOutcome::CompileFailure;
    if (percent < 94) return PastOutcome::TestFailure;
    if (percent < 96) return PastOutcome::Cancelled;
    if (percent < 98) return PastOutcome::Superseded;
    return percent == 98 ? PastOutcome::ImagePullError : PastOutcome::Timeout;
}

std::vector<PlatformService> servicesAt(WallTime time, WallTime now) {
    std::vector<PlatformService> services = platformServices();
    if (now - time < kBaseRenewed)
        std::erase_if(services, [](const PlatformService& service) { return service.onOldBase; });
    return services;
}

/// One push, newest first; a few of them touch several services.
void planPush(PastPlan& plan, std::uint64_t seed, std::uint64_t number, WallTime time, WallTime now,
              std::size_t room) {
    auto random = randomFor(seed, "past" + std::to_string(number));
    std::vector<PlatformService> services = servicesAt(time, now);
    const bool shared = number % 23 == 7 && services.size() <= room;
    if (!shared) services = {services[drawBetween(random, 0, services.size() - 1)]};
    const bool forced = shared && number == kForced;
    const Person& person = kPeople[drawBetween(random, 0, kPeople.size() - 1)];
    const std::string_view feature = kFeatures[drawBetween(random, 0, kFeatures.size() - 1)];
    const std::string commit = hexText(random, 40), delivery = hexText(random, 32);
    PastOutcome outcome = shared ? PastOutcome::Live : drawOutcome(random);
    std::string newer;
    if (outcome == PastOutcome::Superseded) {
        if (!plan.runs.empty() && plan.runs.back().branch == "main") {
            const PastRun& next = plan.runs.back();
            newer = next.name;
            time = next.pushedAt - kUntilSuperseded;
            services = {{}};
            services.front().name = next.service;
            services.front().baseTag = next.baseTag;
        } else {
            outcome = PastOutcome::Cancelled;
        }
    }
    for (const PlatformService& service : services) {
        PastRun run;
        run.service = service.name;
        run.baseTag = service.baseTag;
        run.commit = commit;
        run.branch = outcome == PastOutcome::BranchBuild ? "planner-rewrite" : "main";
        run.delivery = delivery.substr(0, 8) + "-" + delivery.substr(8, 4) + "-11f0-" + delivery.substr(16, 4) + "-" +
                       delivery.substr(20);
        run.message = forced   ? "chore: take the model weights out of the history"
                      : shared ? "chore: raise the shared client to 2.4"
                               : std::string(feature);
        run.author = person.name;
        run.pusher = person.login;
        run.why =
            forced ? "every service: the push was forced" : "microservices/" + service.name + "/main.py changed";
        run.pushedAt = time;
        run.outcome = outcome;
        run.supersededBy = newer;
        run.stretch = static_cast<double>(drawBetween(random, 85, 125)) / 100.0;
        run.name = service.name.substr(0, 20) + "-" + commit.substr(0, 8) + "-" + hexText(random, 10);
        plan.runs.push_back(std::move(run));
    }
}

}  // namespace

PastPlan planPast(std::uint64_t seed, std::size_t runs, WallTime now) {
    PastPlan plan;
    if (runs == 0) return plan;
    plan.runs.reserve(runs);
    const auto gap =
        std::min<std::chrono::milliseconds>(25min, std::chrono::milliseconds(24h * 30) / static_cast<int>(runs));
    WallTime time = now - 10min;
    auto pace = randomFor(seed, "past pace");
    for (std::uint64_t number = 0; plan.runs.size() < runs; ++number) {
        planPush(plan, seed, number, time, now, runs - plan.runs.size());
        time -= gap * static_cast<int>(drawBetween(pace, 50, 150)) / 100;
    }
    std::ranges::reverse(plan.runs);

    for (PastRun& run : plan.runs) {
        std::string& head = plan.heads[run.branch];
        if (head.empty()) head = std::string(40, '0');
        if (head == run.commit) {  // the same push, another service
            run.before = (&run - 1)->before;
        } else {
            run.before = std::exchange(head, run.commit);
        }
        if (run.outcome == PastOutcome::Live || run.outcome == PastOutcome::Flaky) {
            LastRollout& last = plan.rollouts[run.service];
            last = {run.commit, run.pushedAt, last.revision + 1};
        }
    }
    return plan;
}

}  // namespace cerebral::demo
