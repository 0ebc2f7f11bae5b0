#include "core/kube/logs/log_follower.h"

#include <QtTest/QtTest>
#include <random>

#include "tests/support/captures.h"
#include "tests/support/fake_clock.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube_logs/log_server.h"

using namespace cerebral;
using namespace cerebral::kube;
using namespace std::chrono_literals;
using test::LogServer;
using test::StampedLine;

namespace {

class Sink final : public RunLogSink {
public:
    bool onLine(const LogLine& line) override {
        lines.emplace_back(line.text);
        return lines.size() < stopAfter;
    }
    void onBegin(const LogTarget& target) override { lines.push_back("== " + target.container); }
    void onEnd(const LogTarget&, const Result<LogEnd>& end) override {
        lines.push_back(std::string("== ") + (end ? toString(*end) : toString(end.error().kind)));
    }
    std::vector<std::string> lines;
    std::size_t stopAfter = static_cast<std::size_t>(-1);
};

/// Lines as two streams of a container write them: runs of equal stamps, equal texts, and the other
/// stream's stamps up to 5 ms behind.
std::vector<StampedLine> writtenLines(std::uint64_t seed, std::size_t count,
                                      WallTime start = WallTime(1'795'423'260s)) {
    std::mt19937_64 random(seed);
    std::vector<StampedLine> lines;
    WallTime time = start;
    for (std::size_t i = 0; i < count; ++i) {
        if (random() % 3 != 0) time += std::chrono::nanoseconds(random() % 400'000);
        const bool other = random() % 10 == 0;
        const std::string text = random() % 4 == 0 ? "\x1b[36mINFO\x1b[0m[0001] same" : "line " + std::to_string(i);
        lines.push_back({other ? time - std::chrono::microseconds(random() % 5000) : time, text});
    }
    return lines;
}

std::string firstDifference(const std::vector<std::string>& got, const std::vector<StampedLine>& expected) {
    for (std::size_t i = 0; i < std::max(got.size(), expected.size()); ++i) {
        const std::string left = i < got.size() ? got[i] : "(end)";
        const std::string right = i < expected.size() ? expected[i].text : "(end)";
        if (left != right) return "line " + std::to_string(i) + ": got " + left + ", expected " + right;
    }
    return {};
}

ClusterAccess access() {
    ClusterAccess value;
    value.server = "http://cluster.test";
    return value;
}

struct Setup {
    explicit Setup(net::HttpTransport& server) : client(server, access()), follower(client, clock, 1) {}
    test::FakeClock clock;
    KubeClient client;
    LogFollower follower;
};

const LogTarget kTarget{"tekton-pipelines", "p", "step-build"};

/// The stream of a running container that ends at once, again and again.
class EndsAtOnce final : public net::HttpTransport {
public:
    Result<net::HttpResponse> send(const net::HttpRequest&, std::stop_token) override {
        return net::HttpResponse{200, {}, R"({"metadata":{"uid":"u"},"spec":{"containers":[{"name":"step-build"}]},
            "status":{"containerStatuses":[{"name":"step-build","state":{"running":{}}}]}})"};
    }
    Result<net::StreamEnd> stream(const net::HttpRequest&, net::StreamHandler& handler, std::stop_token) override {
        if (++streams == 20) stop.request_stop();
        handler.onHead({200, {}});
        return net::StreamEnd::Complete;
    }
    int streams = 0;
    std::stop_source stop;
};

class AnswersOnly final : public net::HttpTransport {
public:
    Result<net::HttpResponse> send(const net::HttpRequest&, std::stop_token) override { return answer; }
    Result<net::StreamEnd> stream(const net::HttpRequest&, net::StreamHandler&, std::stop_token) override {
        return fail(ErrorKind::Io, "not reached");
    }
    net::HttpResponse answer;
};

}  // namespace

class LogFollowerTest : public QObject {
    Q_OBJECT
private slots:
    void losesAndRepeatsNothingOverFiftyDrops() {
        const auto lines = writtenLines(1, 200'000);
        LogServer server({.seed = 1, .drops = 50, .burst = 5000}, {lines});
        Setup setup(server);
        Sink sink;
        const auto end = setup.follower.follow(kTarget, {}, sink, {});
        VERIFY_OK(end);
        COMPARE_NAMED(*end, LogEnd::Finished);
        QCOMPARE(server.dropped(), 50);
        const std::string difference = firstDifference(sink.lines, lines);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void anySeed() {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            const auto lines = writtenLines(seed, 3000);
            LogServer server(
                {.seed = seed, .drops = 20, .dropWithin = 20'000, .burst = 40, .newlineAtEnd = seed % 2 == 0},
                {lines});
            Setup setup(server);
            Sink sink;
            VERIFY_OK(setup.follower.follow(kTarget, {}, sink, {}));
            const std::string difference = firstDifference(sink.lines, lines);
            QVERIFY2(difference.empty(), (std::to_string(seed) + ": " + difference).c_str());
        }
    }

    void restartsLoseNothing() {
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            std::vector<std::vector<StampedLine>> instances;
            std::vector<StampedLine> all;
            WallTime start(1'795'423'260s);
            for (std::uint64_t i = 0; i < 4; ++i) {
                instances.push_back(writtenLines(seed * 10 + i, 500, start));
                all.insert(all.end(), instances.back().begin(), instances.back().end());
                start = instances.back().back().time + 1500ms;
            }
            LogServer server({.seed = seed, .drops = 10, .dropWithin = 15'000, .burst = 40, .restartsAlways = true},
                             instances);
            Setup setup(server);
            Sink sink;
            sink.stopAfter = all.size();
            // A follower that lost lines would wait for them for ever.
            std::stop_source giveUp;
            server.onRequest = [&](int request) {
                if (request == 1000) giveUp.request_stop();
            };
            const auto end = setup.follower.follow(kTarget, {}, sink, giveUp.get_token());
            VERIFY_OK(end);
            COMPARE_NAMED(*end, LogEnd::Stopped);
            const std::string difference = firstDifference(sink.lines, all);
            QVERIFY2(difference.empty(), (std::to_string(seed) + ": " + difference).c_str());
        }
    }

    void deletedPodEnds() {
        for (const bool replaced : {false, true}) {
            const auto lines = writtenLines(3, 20'000);
            LogServer server({.seed = 3, .drops = 1000, .dropWithin = 50'000, .burst = 20}, {lines});
            server.onRequest = [&](int request) {
                if (request == 6) replaced ? server.replacePod() : server.deletePod();
            };
            Setup setup(server);
            Sink sink;
            const auto end = setup.follower.follow(kTarget, {}, sink, {});
            VERIFY_OK(end);
            COMPARE_NAMED(*end, LogEnd::PodGone);
            QVERIFY(!sink.lines.empty() && sink.lines.size() < lines.size());
            const std::vector<StampedLine> read(lines.begin(),
                                                lines.begin() + static_cast<std::ptrdiff_t>(sink.lines.size()));
            QCOMPARE(firstDifference(sink.lines, read), std::string());
        }
    }

    void resumesByWholeSeconds() {
        LogServer server({.seed = 5, .drops = 3}, {writtenLines(5, 20'000)});
        Setup setup(server);
        Sink sink;
        VERIFY_OK(setup.follower.follow(kTarget, {.tailLines = 10}, sink, {}));
        const auto& requests = server.logRequests();
        QVERIFY(requests.size() >= 4);
        QVERIFY(requests[0].find("tailLines=10") != std::string::npos);
        QVERIFY(requests[0].find("timestamps=true") != std::string::npos);
        for (std::size_t i = 1; i < requests.size(); ++i) {
            QVERIFY2(requests[i].find("sinceTime=2026-11-23T08%3A4") != std::string::npos, requests[i].c_str());
            QVERIFY(requests[i].find("tailLines") == std::string::npos);
        }
    }

    void aStreamThatEndsAtOnceDoesNotSpin() {
        EndsAtOnce transport;
        Setup setup(transport);
        Sink sink;
        COMPARE_ERROR(setup.follower.follow(kTarget, {}, sink, transport.stop.get_token()), ErrorKind::Cancelled);
        QCOMPARE(setup.clock.waits().size(), std::size_t{19});
    }

    void rightsAndNamesAreSaid() {
        AnswersOnly transport;
        Setup setup(transport);
        Sink sink;
        transport.answer = {
            403, {}, R"({"kind":"Status","reason":"Forbidden","message":"pods is forbidden","code":403})"};
        COMPARE_ERROR(setup.follower.follow(kTarget, {}, sink, {}), ErrorKind::Forbidden);
        transport.answer = {200, {}, R"({"metadata":{"uid":"u"},"spec":{"containers":[]},"status":{}})"};
        COMPARE_ERROR(setup.follower.follow(kTarget, {}, sink, {}), ErrorKind::Config);
    }

    void recordedLogsComeOutByteForByte() {
        for (const char* name :
             {"logs/ai-services-main-z5smz-kaniko-build-task-pod.step-build.log",
              "states/state-ansi-colour-pod.step-run.log", "states/state-oom-exit-oom-pod.step-run.log"}) {
            const std::string file = test::readCapture(name);
            QVERIFY2(!file.empty(), name);
            std::vector<StampedLine> lines;
            LogLineReader reader;
            const auto keep = [&](std::string_view raw) {
                const LogLine line = parseLogLine(raw);
                lines.push_back({line.time.value(), std::string(line.text)});
                return true;
            };
            QVERIFY(reader.feed(file, keep) && reader.finish(keep));
            std::string again;
            for (const auto& line : lines) again += line.raw() + "\n";
            if (!file.ends_with('\n')) again.pop_back();
            QVERIFY2(again == file, name);
            LogServer server({.seed = 9, .drops = 1, .burst = 3, .newlineAtEnd = file.ends_with('\n')}, {lines});
            Setup setup(server);
            Sink sink;
            VERIFY_OK(setup.follower.follow(kTarget, {}, sink, {}));
            QCOMPARE(firstDifference(sink.lines, lines), std::string());
        }
    }

    void wholeRunInStepOrder() {
        LogServer server({.seed = 1}, {{{WallTime(1s), "a"}, {WallTime(2s), "b"}}});
        Setup setup(server);
        Sink sink;
        const std::vector<LogTarget> targets{kTarget, {"tekton-pipelines", "p", "step-missing"}, kTarget};
        const auto end = followRun(setup.follower, targets, {}, sink, {});
        VERIFY_OK(end);
        COMPARE_NAMED(*end, LogEnd::Finished);
        QVERIFY((sink.lines == std::vector<std::string>{"== step-build", "a", "b", "== finished", "== step-missing",
                                                        "== config", "== step-build", "a", "b", "== finished"}));
    }
};

CEREBRAL_TEST(LogFollowerTest)
#include "log_follower_test.moc"
