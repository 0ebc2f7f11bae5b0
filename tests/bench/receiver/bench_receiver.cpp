// The receiver as a process, against what it cannot be faster than: the API server's own create, an nginx
// worker that reads the same bytes, OpenSSL and simdjson over the same body.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <simdjson.h>

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "tests/bench/receiver/http_load.h"
#include "tests/bench/receiver/large_push.h"
#include "tests/bench/receiver/nginx_process.h"
#include "tests/bench/report.h"
#include "tests/bench/timing.h"
#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"

using namespace cerebral;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Json = nlohmann::json;

namespace {

/// What Tekton's two admission webhooks make a create take.
constexpr auto kCreateTime = 20ms;
constexpr std::size_t kUsualPush = 7'000;
/// So many that a server which answers in turns always has work left: fewer measure how the turns meet.
constexpr std::size_t kConnections = 64;
constexpr std::size_t kLargestPush = 25U * 1024U * 1024U;

std::string commitOf(int number) {
    const std::string digits = std::to_string(number);
    return std::string(40 - digits.size(), 'a') + digits;
}

/// As long as GitHub's usual push.
std::string usualPush(const std::string& branch, int number) {
    test::PushText text;
    text.branch = branch;
    text.after = commitOf(number);
    const std::size_t bare = test::pushBody(text).size();
    // The message stands in the commit and in head_commit.
    text.padding = std::string((kUsualPush - bare) / 2, 'x');
    return test::pushBody(text);
}

/// While it lives files that are there for the moment are kept in memory, where there is a place for that.
class TemporaryFilesInMemory {
public:
    TemporaryFilesInMemory() {
        if (QFileInfo(QStringLiteral("/dev/shm")).isWritable()) qputenv("TMPDIR", "/dev/shm");
    }
    ~TemporaryFilesInMemory() {
        if (before_.isNull()) {
            qunsetenv("TMPDIR");
        } else {
            qputenv("TMPDIR", before_);
        }
    }
    TemporaryFilesInMemory(const TemporaryFilesInMemory&) = delete;
    TemporaryFilesInMemory& operator=(const TemporaryFilesInMemory&) = delete;

private:
    const QByteArray before_ = qgetenv("TMPDIR");
};

class ReceiverBench {
public:
    explicit ReceiverBench(bench::Report& report)
        : report_(report), receiver_({api_.writeKubeconfig(folder()), {}, folder() + "/spool", {}, {}, {}}) {}

    [[nodiscard]] bool started() const { return receiver_.started(); }

    void idleMemory() {
        // One push, so that every part has been at work once.
        (void)test::sendTo(receiver_.port(), test::deliveryRequest(usualPush("first", 1), "first"));
        report_.atMost("idle anonymous memory", static_cast<double>(receiver_.anonymousKb()) / 1024, 10, "MiB");
    }

    void answerAgainstCreate() {
        api_.setCreateDelay(kCreateTime);
        test::RawClient github(receiver_.port());
        test::RawClient direct(api_.port());
        std::vector<double> answers;
        std::vector<double> creates;
        int late = 0;
        for (int i = 0; i < 200; ++i) {
            const std::string request =
                test::deliveryRequest(usualPush("answer-" + std::to_string(i), 1'000 + i), "answer");
            std::string answer;
            answers.push_back(bench::millisOf([&] {
                github.send(request);
                answer = github.readResponse();
            }));
            const Json said = Json::parse(test::RawClient::body(answer), nullptr, false);
            Json run = said.value("status", "") == "created" ? api_.run(said["pipelineRuns"][0]["name"]) : Json();
            if (run.is_null()) {
                ++late;
                continue;
            }
            run["metadata"]["name"] = "direct-" + std::to_string(i);
            const std::string body = run.dump();
            const std::string create =
                "POST /apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns HTTP/1.1\r\nHost: x\r\n"
                "Content-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body;
            creates.push_back(bench::millisOf([&] {
                direct.send(create);
                (void)direct.readResponse();
            }));
        }
        api_.setCreateDelay(0ms);
        report_.note("answers that did not wait for the create (over the budget)", late, "of 200");
        report_.note("direct create on the API server, median", bench::median(creates), "ms");
        report_.note("answer to a valid push of 7 KB, median", bench::median(answers), "ms");
        report_.note("answer to a valid push of 7 KB, p99", bench::quantile(answers, 0.99), "ms");
        report_.atMost("answer to a valid push / direct create (medians)",
                       bench::median(answers) / bench::median(creates), 1.3, "x");
    }

    void rejectionsAgainstNginx() {
        using AccessLog = bench::NginxProcess::AccessLog;
        // Both write a line for each request, megabytes a second; when the disk takes them is not the question.
        const TemporaryFilesInMemory logs;
        const test::ReceiverProcess receiver(
            {api_.writeKubeconfig(folder()), {}, folder() + "/rejecting", {}, {}, {}});
        const bench::NginxProcess nginx(AccessLog::On);
        const bench::NginxProcess silent(AccessLog::Off);
        if (nginx.port() == 0 || silent.port() == 0 || !receiver.started()) {
            std::fprintf(stderr, "receiver or nginx (Debian package nginx-light) does not start\n");
            report_.atLeast("rejected signatures / nginx's static answers", 0, 0.5, "x");
            return;
        }
        const std::string request = test::deliveryRequest(usualPush("rejected", 1), "rejected", "push", "wrong");
        std::vector<double> ours;
        std::vector<double> theirs;
        std::vector<double> silently;
        std::vector<double> ratios;
        for (int round = 0; round < 12; ++round) {
            silently.push_back(bench::requestsPerSecond(silent.port(), request, 200, kConnections, 1'000ms));
            theirs.push_back(bench::requestsPerSecond(nginx.port(), request, 200, kConnections, 1'000ms));
            ours.push_back(bench::requestsPerSecond(receiver.port(), request, 400, kConnections, 1'000ms));
            ratios.push_back(ours.back() / theirs.back());
        }
        report_.note("nginx, one worker without a log: 7 KB POST read, static 200", bench::median(silently), "/s");
        report_.note("nginx, one worker, a line for each request", bench::median(theirs), "/s");
        report_.note("rejected signatures over 7 KB, a line for each", bench::median(ours), "/s");
        report_.note("rejected signatures / nginx without a log", bench::median(ours) / bench::median(silently), "x");
        report_.note("rejected signatures / nginx with a line for each (best rounds)",
                     bench::quantile(ours, 1) / bench::quantile(theirs, 1), "x");
        // Of rounds that follow each other: what the machine does beside comes and goes, and meets both.
        report_.atLeast("rejected signatures / nginx's static answers (median round)", bench::median(ratios), 0.5,
                        "x");
    }

    void largestPush() {
        std::vector<double> answers;
        std::vector<double> floors;
        for (int i = 0; i < 9; ++i) {
            const std::string body = bench::largePush(kLargestPush, i);
            floors.push_back(bench::millisOf([&] { macAndParse(body); }));
            const std::string request = test::deliveryRequest(body, "large");
            test::RawClient client(receiver_.port());
            std::string answer;
            answers.push_back(bench::millisOf([&] {
                client.send(request);
                answer = client.readResponse();
            }));
            const int status = test::RawClient::status(answer);
            if (status != 200 && status != 202) std::fprintf(stderr, "25 MB push: %s\n", answer.c_str());
        }
        report_.note("OpenSSL's MAC and simdjson's parse of 25 MB, median", bench::median(floors), "ms");
        report_.note("answer to a valid push of 25 MB, median", bench::median(answers), "ms");
        report_.note("answer to 25 MB / (MAC + parse), medians", bench::median(answers) / bench::median(floors), "x");
        // Memory that the machine must first find again costs only one of them, and only now and then.
        report_.atMost("answer to 25 MB / (MAC + parse), best of each",
                       bench::quantile(answers, 0) / bench::quantile(floors, 0), 3, "x");

        const std::string megabyte = test::deliveryRequest(bench::largePush(1'000'000, 100), "mega");
        report_.note("answer to a valid push of 1 MB",
                     bench::millisOf([&] { (void)test::sendTo(receiver_.port(), megabyte); }), "ms");
    }

    /// Each push is due at its time, whatever the ones before took: what was waited for counts.
    void steadyPace() {
        constexpr int kPushes = 1'000;
        constexpr auto kApart = 10ms;
        api_.setCreateDelay(kCreateTime);
        std::vector<std::string> requests;
        for (int i = 0; i < kPushes; ++i) {
            requests.push_back(test::deliveryRequest(usualPush("pace-" + std::to_string(i), 10'000 + i), "pace"));
        }
        std::vector<double> answers(kPushes);
        std::atomic<int> next{0};
        std::atomic<int> well{0};
        const auto from = Steady::now() + 50ms;
        {
            std::vector<std::jthread> senders;
            for (int sender = 0; sender < 64; ++sender) {
                senders.emplace_back([&] {
                    for (int i = next++; i < kPushes; i = next++) {
                        const auto due = from + i * kApart;
                        std::this_thread::sleep_until(due);
                        const std::string answer =
                            test::sendTo(receiver_.port(), requests[static_cast<std::size_t>(i)]);
                        answers[static_cast<std::size_t>(i)] =
                            std::chrono::duration<double, std::milli>(Steady::now() - due).count();
                        const int status = test::RawClient::status(answer);
                        well += status == 200 || status == 202 ? 1 : 0;
                    }
                });
            }
        }
        api_.setCreateDelay(0ms);
        report_.note("100 pushes/s: median", bench::median(answers), "ms");
        report_.atMost("100 pushes/s: p99", bench::quantile(answers, 0.99), 100, "ms");
        report_.atLeast("100 pushes/s: answered well", 100.0 * well.load() / kPushes, 100, "%");
    }

    void memoryAfterwards() {
        report_.note("anonymous memory after all of it", static_cast<double>(receiver_.anonymousKb()) / 1024, "MiB");
    }

private:
    [[nodiscard]] std::string folder() const { return folder_.path().toStdString(); }

    static void macAndParse(const std::string& body) {
        constexpr std::string_view kSecret = test::ReceiverProcess::kSecret;
        unsigned char mac[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        HMAC(EVP_sha256(), kSecret.data(), static_cast<int>(kSecret.size()),
             reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac, &size);
        simdjson::dom::parser parser;
        simdjson::dom::element root;
        if (parser.parse(body).get(root) != simdjson::SUCCESS) std::fprintf(stderr, "the body is not JSON\n");
    }

    bench::Report& report_;
    QTemporaryDir folder_;
    test::FakeTektonApi api_;
    test::ReceiverProcess receiver_;
};

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    bench::Report report("receiver");
    ReceiverBench bench(report);
    if (!bench.started()) {
        std::fprintf(stderr, "github-webhook-receiver does not start\n");
        return 1;
    }
    // All, or those named: `bench_receiver largest-push`.
    const QStringList named = QCoreApplication::arguments().mid(1);
    for (const auto& [name, measure] :
         {std::pair("idle-memory", &ReceiverBench::idleMemory),
          std::pair("rejections", &ReceiverBench::rejectionsAgainstNginx),
          std::pair("answer", &ReceiverBench::answerAgainstCreate), std::pair("pace", &ReceiverBench::steadyPace),
          std::pair("largest-push", &ReceiverBench::largestPush),
          std::pair("memory", &ReceiverBench::memoryAfterwards)}) {
        if (named.isEmpty() || named.contains(QLatin1String(name))) (bench.*measure)();
    }
    return report.exitCode();
}
