#include <QtTest/QtTest>
#include <atomic>
#include <random>
#include <thread>

#include "core/kube/logs/log_follower.h"
#include "core/net/curl_transport.h"
#include "tests/support/fake_clock.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube_logs/socket_pod.h"

using namespace cerebral;
using namespace cerebral::kube;
using test::SocketPod;

namespace {

class Sink final : public LogSink {
public:
    bool onLine(const LogLine& line) override {
        lines.emplace_back(line.text);
        return true;
    }
    std::vector<std::string> lines;
};

class Canceller final : public LogSink {
public:
    explicit Canceller(unsigned after) : left_(after) {}
    bool onLine(const LogLine&) override {
        if (--left_ == 0) stop.request_stop();
        return true;
    }
    std::stop_source stop;

private:
    unsigned left_;
};

}  // namespace

class LogFollowerSocketTest : public QObject {
    Q_OBJECT
private slots:
    void losesAndRepeatsNothingOverRealDrops() {
        const SocketPod pod(15);
        net::CurlTransport transport;
        KubeClient client(transport, pod.access());
        test::FakeClock clock;
        LogFollower follower(client, clock, 1);
        Sink sink;
        const auto end = follower.follow({"n", "p", "c"}, {}, sink, {});
        VERIFY_OK(end);
        COMPARE_NAMED(*end, LogEnd::Finished);
        QCOMPARE(sink.lines.size(), SocketPod::kLines);
        for (std::size_t i = 0; i < SocketPod::kLines; ++i) QCOMPARE(sink.lines[i], pod.lines()[i].text);
    }

    void twentyFollowersCancelledAtRandomPoints() {
        const SocketPod pod(1'000'000);
        net::CurlTransport transport;
        KubeClient client(transport, pod.access());
        std::atomic<int> wrong = 0;
        std::vector<std::jthread> followers;
        for (unsigned i = 0; i < 20; ++i) {
            followers.emplace_back([&, i] {
                std::mt19937 random(i);
                test::FakeClock clock;
                LogFollower follower(client, clock, i);
                for (int round = 0; round < 5; ++round) {
                    Canceller sink(1 + static_cast<unsigned>(random() % 2000));
                    const auto end = follower.follow({"n", "p", "c"}, {}, sink, sink.stop.get_token());
                    if (end || end.error().kind != ErrorKind::Cancelled) ++wrong;
                }
            });
        }
        followers.clear();
        QCOMPARE(wrong.load(), 0);
    }
};

CEREBRAL_TEST(LogFollowerSocketTest)
#include "log_follower_socket_test.moc"
