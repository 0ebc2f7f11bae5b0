// Eight reflectors on real sockets and real threads, cancelled at random points while the server talks,
// cuts connections and refuses. Meant for ThreadSanitizer; without it, a test of clean endings.

#include <QtTest/QtTest>
#include <array>
#include <atomic>
#include <random>

#include "core/kube/reflector.h"
#include "core/net/curl_transport.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube/restless_server.h"
#include "tests/unit/kube/widget.h"

using namespace cerebral;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kReflectors = 8;
constexpr int kRounds = 12;

struct Follower {
    Follower(kube::KubeClient& client, Clock& clock, const std::shared_ptr<kube::ServerFeatures>& features,
             std::uint64_t seed)
        : sink(test::makeWidgetSink(store)) {
        store.setListener([this](const kube::Changes<test::Widget>&) {
            if (ended) afterEnd = true;
            ++announced;
        });
        kube::ReflectorOptions options;
        options.type = test::kWidgets;
        options.ns = "ns";
        options.seed = seed;
        options.backoff = {1ms, 4ms, 1000ms};
        reflector = std::make_unique<kube::Reflector>(client, *sink, clock, features, options);
        reflector->setStateListener([this](const kube::SyncState&) {
            if (ended) afterEnd = true;
        });
    }

    kube::Store<test::Widget> store;
    std::unique_ptr<kube::ObjectSink> sink;
    std::atomic<int> announced{0};
    std::atomic<bool> ended{false};
    std::atomic<bool> afterEnd{false};
    std::unique_ptr<kube::Reflector> reflector;
};

}  // namespace

class ReflectorThreadsTest : public QObject {
    Q_OBJECT
private slots:
    void eightReflectorsEndCleanlyAtAnyPoint() {
        const test::RestlessServer server;
        SystemClock clock;
        std::mt19937 random(7);
        for (int round = 0; round < kRounds; ++round) {
            net::CurlTransport transport;
            kube::ClusterAccess access;
            access.server = server.url();
            kube::KubeClient client(transport, access);
            const auto features = std::make_shared<kube::ServerFeatures>();
            std::array<std::unique_ptr<Follower>, kReflectors> followers;
            for (std::size_t i = 0; i < kReflectors; ++i) {
                followers[i] = std::make_unique<Follower>(client, clock, features, random());
                followers[i]->reflector->start();
            }
            for (const auto& follower : followers) {
                // From "not even begun" to "in the middle of the stream".
                const int enough = static_cast<int>(random() % 300);
                QTRY_VERIFY_WITH_TIMEOUT(follower->announced >= enough, 60'000);
                switch (random() % 4) {
                    case 0:
                        follower->reflector->relist();
                        break;
                    case 1:
                        follower->reflector->retryNow();
                        break;
                    default:
                        break;
                }
                QVERIFY(follower->store.snapshot().size() <= 60);
                QVERIFY(follower->reflector->state().malformedEvents == 0);
                follower->reflector->stop();
                follower->ended = true;
            }
            for (const auto& follower : followers) QVERIFY(!follower->afterEnd);
        }
    }

    void destroyingEndsAWaitInBackoff() {
        net::CurlTransport transport;
        SystemClock clock;
        kube::ClusterAccess access;
        access.server = "http://127.0.0.1:" + std::to_string(test::unusedPort());
        kube::KubeClient client(transport, access);
        auto follower = std::make_unique<Follower>(client, clock, std::make_shared<kube::ServerFeatures>(), 1);
        kube::ReflectorOptions patient;
        patient.type = test::kWidgets;
        patient.backoff = {std::chrono::hours(1), std::chrono::hours(1), 1000ms};
        follower->reflector = std::make_unique<kube::Reflector>(client, *follower->sink, clock,
                                                                std::make_shared<kube::ServerFeatures>(), patient);
        follower->reflector->start();
        QTRY_VERIFY_WITH_TIMEOUT(follower->reflector->state().phase == kube::SyncPhase::Reconnecting, 60'000);
        QVERIFY(!follower->reflector->state().hasSynced);
        follower.reset();  // would take an hour otherwise
    }
};

CEREBRAL_TEST(ReflectorThreadsTest)
#include "reflector_threads_test.moc"
