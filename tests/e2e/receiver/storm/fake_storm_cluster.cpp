#include <array>
#include <atomic>

#include "tests/e2e/receiver/storm/storm_cluster.h"
#include "tests/support/fake_tekton_api.h"

namespace cerebral::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::array kFaults{CreateFault::TooManyRequests, CreateFault::ErrorBefore, CreateFault::ErrorAfter,
                             CreateFault::CutBefore, CreateFault::CutAfter};

class FakeStormCluster final : public StormCluster {
public:
    FakeStormCluster(const std::string& directory, unsigned seed) : random_(seed) {
        api_.setCreateDelay(2ms);
        api_.setCreateFault([this](const std::string&) { return fault(); });
        kubeconfig_ = api_.writeKubeconfig(directory);
    }

    [[nodiscard]] std::string kubeconfig() const override { return kubeconfig_; }
    void goAway(std::chrono::seconds duration) override {
        api_.goAway();
        backAt_ = Clock::now() + duration;
    }
    void tick() override {
        if (backAt_ == Clock::time_point{} || Clock::now() < backAt_) return;
        backAt_ = {};
        api_.comeBack();
    }
    void burst() override { burstUntil_ = Clock::now() + 300ms; }
    void calm() override {
        burstUntil_ = Clock::time_point{};
        backAt_ = {};
        api_.comeBack();
    }
    [[nodiscard]] std::map<std::string, int> creations() override { return api_.creations(); }

private:
    /// Called with the server's lock held, so one at a time.
    CreateFault fault() {
        if (Clock::now() >= burstUntil_.load()) return CreateFault::None;
        return random_() % 10 < 6 ? kFaults.at(random_() % kFaults.size()) : CreateFault::None;
    }

    std::mt19937 random_;
    std::atomic<Clock::time_point> burstUntil_{Clock::time_point{}};
    Clock::time_point backAt_{};
    std::string kubeconfig_;
    FakeTektonApi api_;
};

}  // namespace

std::unique_ptr<StormCluster> makeFakeCluster(const std::string& directory, unsigned seed) {
    return std::make_unique<FakeStormCluster>(directory, seed);
}

}  // namespace cerebral::test
