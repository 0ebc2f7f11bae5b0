#include <QtTest/QtTest>
#include <array>
#include <atomic>
#include <random>
#include <thread>

#include "core/base/time_format.h"
#include "core/kube/logs/log_follower.h"
#include "core/net/curl_transport.h"
#include "core/net/url.h"
#include "tests/support/fake_clock.h"
#include "tests/support/print.h"
#include "tests/support/raw_server.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube_logs/log_server.h"

using namespace cerebral;
using namespace cerebral::kube;
using namespace std::chrono_literals;
using test::RawConnection;
using test::RawServer;
using test::StampedLine;

namespace {

constexpr std::size_t kLines = 5000;

std::vector<StampedLine> writtenLines() {
    std::vector<StampedLine> lines;
    for (std::size_t i = 0; i < kLines; ++i) {
        lines.push_back({WallTime(1'795'423'260s) + std::chrono::milliseconds(i / 3), "line " + std::to_string(i)});
    }
    return lines;
}

std::string chunk(std::string_view bytes) {
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return std::string(size.data()).append(bytes).append("\r\n");
}

/// A pod on a real socket: the first `drops` log streams are cut somewhere, every third with a reset.
class SocketPod {
public:
    explicit SocketPod(int drops)
        : lines_(writtenLines()), dropsLeft_(drops), server_([this](RawConnection& c) { serve(c); }) {}

    [[nodiscard]] ClusterAccess access() const {
        ClusterAccess value;
        value.server = server_.url("");
        return value;
    }
    [[nodiscard]] const std::vector<StampedLine>& lines() const { return lines_; }

private:
    void serve(RawConnection& connection) {
        for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest()) {
            const std::size_t begin = request.find(' ') + 1;
            const std::string target = request.substr(begin, request.find(' ', begin) - begin);
            if (target.find("/log?") == std::string::npos) {
                if (!connection.answer(pod())) return;
            } else if (!sendLog(connection, target)) {
                return;
            }
        }
    }

    [[nodiscard]] std::string pod() const {
        const char* state = dropsLeft_ > 0 ? R"("running":{})" : R"("terminated":{"exitCode":0})";
        return std::string(
                   R"({"metadata":{"uid":"u"},"spec":{"restartPolicy":"Never","containers":[{"name":"c"}]},)") +
               R"("status":{"phase":"Running","containerStatuses":[{"name":"c","restartCount":0,"state":{)" + state +
               "}}]}}";
    }

    bool sendLog(RawConnection& connection, const std::string& target) {
        WallTime since = WallTime::min();
        for (const auto& [key, value] : net::parseQuery(target.substr(target.find('?') + 1))) {
            if (key == "sinceTime") since = parseRfc3339(value).value();
        }
        const int left = dropsLeft_--;
        std::string text;
        for (const auto& line : lines_) {
            if (line.time >= since) text += line.raw() + "\n";
        }
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
        if (left <= 0) return connection.write(chunk(text) + "0\r\n\r\n");
        const std::size_t cut = std::min(text.size(), 20'000 + static_cast<std::size_t>(left % 100) * 997);
        connection.write(chunk(std::string_view(text).substr(0, cut)));
        if (left % 3 == 0) connection.reset();
        return false;
    }

    std::vector<StampedLine> lines_;
    std::atomic<int> dropsLeft_;
    RawServer server_;
};

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
        QCOMPARE(sink.lines.size(), kLines);
        for (std::size_t i = 0; i < kLines; ++i) QCOMPARE(sink.lines[i], pod.lines()[i].text);
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
