#include "tests/e2e/receiver/storm/storm_replicas.h"

#include <QCoreApplication>
#include <fstream>

namespace cerebral::test {
namespace {

constexpr std::array kFailpoints{"before-spool", "after-spool", "before-create", "after-create", "before-answer"};

}  // namespace

StormReplicas::StormReplicas(const std::string& directory, const std::string& kubeconfig, std::mt19937& random)
    : random_(random) {
    // Superseding would cancel runs, which is not what is counted here.
    std::ofstream(directory + "/config.yaml") << "supersede: false\n";
    for (std::size_t i = 0; i < kCount; ++i) {
        plans_.at(i) = {kubeconfig, directory + "/config.yaml", directory + "/spool-" + std::to_string(i), {}, {},
                        {}};
        start(i, false);
    }
}

void StormReplicas::start(std::size_t replica, bool withFailpoint) {
    ports_.at(replica) = 0;
    processes_.at(replica).reset();
    ReceiverPlan& plan = plans_.at(replica);
    plan.failpoint.clear();
    if (withFailpoint) {
        const char* const point = kFailpoints.at(random_() % kFailpoints.size());
        plan.failpoint = std::string(point) + ":kill:" + std::to_string(1 + random_() % 80);
    }
    processes_.at(replica) = std::make_unique<ReceiverProcess>(plan);
    ports_.at(replica) = processes_.at(replica)->port();
}

void StormReplicas::killAndRestart(std::size_t replica, bool withFailpoint) {
    ++kills_;
    process(replica).process().kill();
    (void)process(replica).process().waitForExit();
    start(replica, withFailpoint);
}

void StormReplicas::revive(bool withFailpoints) {
    QCoreApplication::processEvents();
    for (std::size_t i = 0; i < kCount; ++i) {
        if (process(i).process().started()) continue;
        ++failpointDeaths_;
        start(i, withFailpoints && random_() % 3 != 0);
    }
}

}  // namespace cerebral::test
