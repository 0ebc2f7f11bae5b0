#pragma once
/// @file FakeApiServer: one kind of object behind an HttpTransport, with versions, history and faults.
///
/// It keeps what a real API server keeps (a version counter, the objects, the events since the last
/// compaction), changes itself as the fake clock moves on, and misbehaves as its seed says until
/// `calmAt`; from then on it only answers. Everything happens on the caller's thread, so a run is
/// the same every time. The idea is client-go's fake_controller_source.go, one level lower.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/kube/cluster_access.h"
#include "core/net/http_transport.h"
#include "tests/support/fake_clock.h"

namespace cerebral::test {

struct FakeServerPlan {
    std::uint64_t seed = 1;
    enum class WatchList : std::uint8_t { Served, Refused422, RefusedInStream } watchList = WatchList::Served;
    bool dropEvents = false;  ///< an event vanishes although its connection lives on
    bool slowDrip = false;    ///< bytes arrive one by one while the clock runs
    double faultRate = 0.05;  ///< chance of a fault per event and per request
    std::chrono::minutes calmAfter{20};
    std::chrono::minutes endAfter{65};
    std::size_t firstObjects = 40;
};

class FakeApiServer final : public net::HttpTransport {
public:
    struct Object {
        std::string uid;
        std::uint64_t version = 0;
        std::int64_t size = 0;
    };
    using Objects = std::map<std::string, Object>;

    FakeApiServer(FakeClock& clock, FakeServerPlan plan, std::stop_source end);

    Result<net::HttpResponse> send(const net::HttpRequest& request, std::stop_token stop) override;
    Result<net::StreamEnd> stream(const net::HttpRequest& request, net::StreamHandler& handler,
                                  std::stop_token stop) override;

    /// A token the server accepts until it decides that another one is due.
    [[nodiscard]] std::shared_ptr<kube::Credentials> credentials();
    /// Called after every move of the clock: what is delivered at one instant is one step to an observer.
    void setObserver(std::function<void()> observer) { observer_ = std::move(observer); }

    [[nodiscard]] const Objects& objects() const { return objects_; }
    /// When the last complete message reached the client.
    [[nodiscard]] SteadyTime lastDelivery() const { return lastDelivery_; }
    /// When the oldest change happened that the client has not been told; nothing when it knows all.
    [[nodiscard]] std::optional<SteadyTime> oldestUntold() const;
    /// How often each kind of fault struck, for the test of the test.
    [[nodiscard]] const std::map<std::string, int>& faults() const { return faults_; }

private:
    struct Event {
        std::uint64_t version;
        SteadyTime at;
        std::string line;
    };
    struct Watch;
    class RotatingToken;

    bool chance(double probability);
    std::uint64_t below(std::uint64_t bound);
    bool strikes(const char* fault, double factor = 1.0);
    void advanceTo(SteadyTime time);
    void catchUp();
    void change(SteadyTime at);
    void record(const char* type, const std::string& name, const Object& object, SteadyTime at);
    void compact();
    void told(std::uint64_t version);
    void delivered();
    [[nodiscard]] bool over() const;

    std::optional<net::HttpResponse> refusal(const net::HttpRequest& request);
    std::optional<Error> brokenConnection();
    net::HttpResponse listPage(const std::map<std::string, std::string>& query);

    std::optional<net::StreamEnd> openWatch(Watch& watch, const std::map<std::string, std::string>& query);
    Result<net::StreamEnd> serveWatch(Watch& watch, std::stop_token stop);
    std::optional<Result<net::StreamEnd>> deliverEvent(Watch& watch, const Event& event);
    std::optional<Result<net::StreamEnd>> disturbWatch(Watch& watch, const Event& event);

    FakeClock& clock_;
    FakeServerPlan plan_;
    std::stop_source end_;
    std::mt19937_64 random_;
    std::function<void()> observer_;
    SteadyTime calmAt_;
    SteadyTime endAt_;
    SteadyTime nextChange_;
    SteadyTime lastDelivery_{};
    Objects objects_;
    std::vector<Event> history_;
    std::uint64_t version_ = 100;
    std::uint64_t compactedAt_ = 0;
    std::uint64_t toldVersion_ = 0;
    std::uint64_t nextUid_ = 1;
    int acceptedToken_ = 0;
    std::shared_ptr<int> sentToken_ = std::make_shared<int>(0);
    std::map<std::string, Objects> pagedSnapshots_;
    std::map<std::string, int> faults_;
};

}  // namespace cerebral::test
