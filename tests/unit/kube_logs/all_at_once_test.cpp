// What a busy window has open, over one transport: eight reflectors and twenty log followers on their own threads,
// while connections break, and any of them is ended from outside at a random point and begun anew. Meant for
// ThreadSanitizer; without it, a test of clean endings.

#include <QtTest/QtTest>
#include <array>
#include <atomic>
#include <random>
#include <thread>

#include "core/kube/logs/log_follower.h"
#include "core/kube/reflector.h"
#include "core/net/curl_transport.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube/restless_server.h"
#include "tests/unit/kube/widget.h"
#include "tests/unit/kube_logs/socket_pod.h"

using namespace cerebral;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kReflectors = 8;
constexpr std::size_t kFollowers = 20;
constexpr int kEndings = 80;

/// Backoff without its length: retries come at once, and are still waited for and cancelled as ever.
class HastyClock final : public Clock {
public:
    [[nodiscard]] WallTime now() const override { return real_.now(); }
    [[nodiscard]] SteadyTime steadyNow() const override { return real_.steadyNow(); }
    bool waitFor(std::chrono::milliseconds duration, std::stop_token stop) override {
        return real_.waitFor(duration / 100, std::move(stop));
    }

private:
    SystemClock real_;
};

/// Something that runs on a thread of its own; what it brings is counted, also after its end, when nothing may come.
class Actor {
public:
    virtual ~Actor() = default;
    virtual void end() = 0;
    [[nodiscard]] int brought() const { return brought_; }
    [[nodiscard]] bool spokeAfterItsEnd() const { return afterEnd_; }
    [[nodiscard]] bool endedOddly() const { return odd_; }

protected:
    void bring() {
        if (ended_) afterEnd_ = true;
        ++brought_;
    }
    std::atomic<bool> ended_{false};
    std::atomic<bool> odd_{false};

private:
    std::atomic<int> brought_{0};
    std::atomic<bool> afterEnd_{false};
};

class Reflecting final : public Actor {
public:
    Reflecting(kube::KubeClient& client, Clock& clock, std::uint64_t seed) : sink_(test::makeWidgetSink(store_)) {
        store_.setListener([this](const kube::Changes<test::Widget>&) { bring(); });
        kube::ReflectorOptions options;
        options.type = test::kWidgets;
        options.ns = "ns";
        options.seed = seed;
        reflector_ = std::make_unique<kube::Reflector>(client, *sink_, clock,
                                                       std::make_shared<kube::ServerFeatures>(), options);
        reflector_->start();
    }
    void end() override {
        // A reader on another thread, as the window's models are.
        if (store_.snapshot().size() > 60 || reflector_->state().malformedEvents > 0) odd_ = true;
        reflector_->stop();
        ended_ = true;
    }

private:
    kube::Store<test::Widget> store_;
    std::unique_ptr<kube::ObjectSink> sink_;
    std::unique_ptr<kube::Reflector> reflector_;
};

class Following final : public Actor, kube::LogSink {
public:
    Following(kube::KubeClient& client, Clock& clock, std::uint64_t seed)
        : follower_(client, clock, seed), thread_([this](const std::stop_token& stop) {
              const auto result = follower_.follow({"n", "p", "c"}, {}, *this, stop);
              if (result || result.error().kind != ErrorKind::Cancelled) odd_ = true;
          }) {}
    void end() override {
        thread_.request_stop();
        thread_.join();
        ended_ = true;
    }

private:
    bool onLine(const kube::LogLine& line) override {
        if (line.text != "line " + std::to_string(next_++)) odd_ = true;
        bring();
        return true;
    }

    std::size_t next_ = 0;
    kube::LogFollower follower_;
    std::jthread thread_;
};

}  // namespace

class AllAtOnceTest : public QObject {
    Q_OBJECT
private slots:
    void everythingEndsCleanlyAtAnyPoint() {
        const test::RestlessServer cluster(2ms);
        const test::SocketPod pod(1'000'000);
        HastyClock clock;
        net::CurlTransport transport;
        kube::ClusterAccess access;
        access.server = cluster.url();
        kube::KubeClient client(transport, access);
        kube::KubeClient logs(transport, pod.access());

        std::mt19937 random(11);
        const auto begin = [&](std::size_t i) -> std::unique_ptr<Actor> {
            if (i < kReflectors) return std::make_unique<Reflecting>(client, clock, random());
            return std::make_unique<Following>(logs, clock, random());
        };
        std::array<std::unique_ptr<Actor>, kReflectors + kFollowers> actors;
        for (std::size_t i = 0; i < actors.size(); ++i) actors[i] = begin(i);
        const auto end = [](Actor& actor) {
            actor.end();
            QVERIFY(!actor.spokeAfterItsEnd());
            QVERIFY(!actor.endedOddly());
        };
        for (int i = 0; i < kEndings; ++i) {
            const std::size_t which = random() % actors.size();
            Actor& actor = *actors[which];
            // From "not even begun" to "in the middle of a stream", or in a backoff after it broke.
            const int enough = static_cast<int>(random() % (which < kReflectors ? 300 : 2'000));
            QTRY_VERIFY_WITH_TIMEOUT(actor.brought() >= enough, 60'000);
            end(actor);
            if (QTest::currentTestFailed()) return;
            actors[which] = begin(which);
        }
        for (const auto& actor : actors) end(*actor);
    }
};

CEREBRAL_TEST(AllAtOnceTest)
#include "all_at_once_test.moc"
