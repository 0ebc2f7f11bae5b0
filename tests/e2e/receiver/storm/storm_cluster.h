#pragma once
/// @file StormCluster: the API server in the middle of a crash storm: its troubles, and the record it
/// keeps itself, by which the storm is counted.
///
///   fake   FakeTektonApi in this process: a burst picks a fault for each create (429, 500 before and
///          after, cut before and after); an absence refuses connections
///   demo   a real cerebral-demo-cluster process over TLS, spoken to with the receiver's own rights: a
///          burst is a second of 429, a second of 500 or a lost answer; an absence cuts every
///          connection, or stops the whole process (SIGSTOP), in turn
///
/// From one thread.

#include <chrono>
#include <map>
#include <memory>
#include <random>
#include <string>

namespace cerebral::test {

class StormCluster {
public:
    virtual ~StormCluster() = default;

    /// Path of a kubeconfig that leads there.
    [[nodiscard]] virtual std::string kubeconfig() const = 0;
    /// Does not answer for so long, or until `calm`.
    virtual void goAway(std::chrono::seconds duration) = 0;
    /// Comes back when it is time; call often.
    virtual void tick() = 0;
    /// Misbehaves for a moment.
    virtual void burst() = 0;
    /// Ends every trouble.
    virtual void calm() = 0;
    /// By name, how often the record says that such a PipelineRun was created. Empty: it does not answer.
    [[nodiscard]] virtual std::map<std::string, int> creations() = 0;
    /// Why it cannot be used; empty when it can.
    [[nodiscard]] virtual std::string problem() const { return {}; }
};

std::unique_ptr<StormCluster> makeFakeCluster(const std::string& directory, unsigned seed);
std::unique_ptr<StormCluster> makeDemoCluster(const std::string& directory, unsigned seed);

}  // namespace cerebral::test
