#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;
using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

constexpr std::size_t kReplicas = 2;
constexpr int kSenders = 12;
constexpr std::array kFailpoints{"before-spool", "after-spool", "before-create", "after-create", "before-answer"};

int number(const char* variable, int otherwise) {
    bool ok = false;
    const int value = qEnvironmentVariableIntValue(variable, &ok);
    return ok ? value : otherwise;
}

/// What GitHub and its users did, and what they were told.
struct Ledger {
    std::mutex mutex;
    std::map<std::string, std::string> sentCommits;  ///< commit → body
    std::set<std::string> acknowledgedRuns;
    std::set<std::string> acknowledgedCommits;
    int redelivered = 0;
    int unacknowledged = 0;
};

/// Two processes with spools of their own, restarted whenever they die. Main thread only, but for `port`.
class Replicas {
public:
    Replicas(const std::string& base, const FakeTektonApi& api, std::mt19937& random) : random_(random) {
        std::ofstream(base + "/config.yaml") << "supersede: false\n";
        for (std::size_t i = 0; i < kReplicas; ++i) {
            plans_[i] = {
                api.writeKubeconfig(base), base + "/config.yaml", base + "/spool-" + std::to_string(i), {}, {}, {}};
            start(i, false);
        }
    }
    void start(std::size_t i, bool withFailpoint) {
        ports_[i] = 0;
        processes_[i].reset();
        plans_[i].failpoint.clear();
        if (withFailpoint) {
            const char* const point = kFailpoints.at(random_() % kFailpoints.size());
            plans_[i].failpoint = std::string(point) + ":kill:" + std::to_string(1 + random_() % 80);
        }
        processes_[i] = std::make_unique<ReceiverProcess>(plans_[i]);
        ports_[i] = processes_[i]->port();
    }
    void kill(std::size_t i) {
        ++kills;
        processes_[i]->process().kill();
        (void)processes_[i]->process().waitForExit();
    }
    /// Takes care of those that ended at a failpoint.
    void revive(bool withFailpoints) {
        for (std::size_t i = 0; i < kReplicas; ++i) {
            QCoreApplication::processEvents();
            if (processes_[i]->process().started()) continue;
            ++failpointDeaths;
            start(i, withFailpoints && random_() % 3 != 0);
        }
    }
    [[nodiscard]] std::uint16_t port(std::size_t i) const { return ports_[i].load(); }
    [[nodiscard]] ReceiverProcess& process(std::size_t i) { return *processes_[i]; }
    int kills = 0;
    int failpointDeaths = 0;

private:
    std::mt19937& random_;
    std::array<ReceiverPlan, kReplicas> plans_;
    std::array<std::unique_ptr<ReceiverProcess>, kReplicas> processes_;
    std::array<std::atomic<std::uint16_t>, kReplicas> ports_{};
};

bool deliver(std::uint16_t port, const std::string& body, const std::string& id, Ledger& ledger,
             const std::string& commit) {
    if (port == 0) return false;
    const std::string response = sendTo(port, deliveryRequest(body, id));
    const int status = RawClient::status(response);
    if (status != 200 && status != 202) return false;
    const Json answer = Json::parse(RawClient::body(response), nullptr, false);
    const std::scoped_lock lock(ledger.mutex);
    ledger.acknowledgedCommits.insert(commit);
    for (const auto& run : answer["pipelineRuns"]) ledger.acknowledgedRuns.insert(run["name"].get<std::string>());
    return true;
}

CreateFault randomFault(std::mt19937& random) {
    constexpr std::array faults{CreateFault::TooManyRequests, CreateFault::ErrorBefore, CreateFault::ErrorAfter,
                                CreateFault::CutBefore, CreateFault::CutAfter};
    return random() % 10 < 6 ? faults.at(random() % faults.size()) : CreateFault::None;
}

}  // namespace

/// Every acknowledged push has its run exactly once, whatever dies meanwhile. The count is the API
/// server's own record. CEREBRAL_SEED and CEREBRAL_CRASH_PUSHES choose another history.
class ExactlyOnceTest : public QObject {
    Q_OBJECT

private slots:
    void whateverDies() {
        const auto seed = static_cast<unsigned>(number("CEREBRAL_SEED", int(std::random_device{}() % 1'000'000)));
        const int pushes = number("CEREBRAL_CRASH_PUSHES", 5'000);
        qInfo("seed %u, %d pushes", seed, pushes);
        std::mt19937 random(seed);

        const QTemporaryDir dir;
        FakeTektonApi api;
        api.setCreateDelay(2ms);
        std::mutex faultMutex;
        std::mt19937 faultRandom(seed + 1);
        std::atomic<bool> burst{false};
        api.setCreateFault([&](const std::string&) {
            if (!burst.load()) return CreateFault::None;
            const std::scoped_lock lock(faultMutex);
            return randomFault(faultRandom);
        });
        Replicas replicas(dir.path().toStdString(), api, random);
        Ledger ledger;
        std::atomic<int> next{0};
        const std::int64_t base =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                .count() -
            3600;

        std::vector<std::jthread> senders;
        for (int sender = 0; sender < kSenders; ++sender) {
            senders.emplace_back([&, sender] {
                std::mt19937 own(seed + 100 + unsigned(sender));
                for (int i = next++; i < pushes; i = next++) {
                    const std::string commit = QString::number(i).rightJustified(8, '0').repeated(5).toStdString();
                    const std::string body =
                        pushBody({.branch = "b" + std::to_string(i % 50), .after = commit, .pushedAt = base + i / 3});
                    {
                        const std::scoped_lock lock(ledger.mutex);
                        ledger.sentCommits[commit] = body;
                    }
                    const std::size_t to = own() % kReplicas;
                    const std::string id = "d-" + std::to_string(i);
                    bool taken = deliver(replicas.port(to), body, id, ledger, commit);
                    // GitHub never repeats by itself; people and our reconciliation do, for most.
                    for (int again = 0; !taken && again < 3 && own() % 4 != 0; ++again) {
                        std::this_thread::sleep_for(20ms);
                        taken = deliver(replicas.port(own() % kReplicas), body, id, ledger, commit);
                    }
                    if (taken && own() % 10 == 0) {
                        deliver(replicas.port(1 - to), body, id, ledger, commit);
                        const std::scoped_lock lock(ledger.mutex);
                        ++ledger.redelivered;
                    }
                    const std::scoped_lock lock(ledger.mutex);
                    if (!taken) ++ledger.unacknowledged;
                }
            });
        }

        // Trouble, while pushes arrive.
        const auto from = std::chrono::steady_clock::now();
        int absences = 0;
        std::chrono::steady_clock::time_point backAt{};
        bool away = false;
        while (next.load() < pushes && std::chrono::steady_clock::now() - from < 150s) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50 + random() % 300));
            const auto now = std::chrono::steady_clock::now();
            if (away && now >= backAt) {
                api.comeBack();
                away = false;
            }
            // Twice, at a third and at two thirds of the way.
            if (!away && absences < 2 && next.load() > pushes * (absences + 1) / 3) {
                ++absences;
                api.goAway();
                backAt = now + 10s;
                away = true;
            }
            burst = random() % 4 == 0;
            if (random() % 4 == 0) {
                const std::size_t victim = random() % kReplicas;
                replicas.kill(victim);
                replicas.start(victim, random() % 2 == 0);
            }
            replicas.revive(true);
        }
        for (auto& sender : senders) {
            while (next.load() < pushes) {
                replicas.revive(false);
                std::this_thread::sleep_for(20ms);
            }
            sender.join();
        }

        // Calm: what was promised must come true.
        burst = false;
        if (away) api.comeBack();
        for (std::size_t i = 0; i < kReplicas; ++i) {
            replicas.kill(i);
            replicas.start(i, false);
            QVERIFY(replicas.process(i).started());
        }
        const bool settled = api.waitFor(
            [&] {
                const auto made = api.creations();
                return std::all_of(ledger.acknowledgedRuns.begin(), ledger.acknowledgedRuns.end(),
                                   [&](const std::string& name) { return made.contains(name); });
            },
            60s);
        for (std::size_t i = 0; i < kReplicas; ++i) {
            QVERIFY(
                api.waitFor([&] { return replicas.process(i).metric("github_webhook_spool_depth") == 0.0; }, 60s));
        }

        const auto made = api.creations();
        std::size_t missing = 0;
        for (const std::string& name : ledger.acknowledgedRuns) {
            if (!made.contains(name)) ++missing;
        }
        std::map<std::string, int> byCommit;
        for (const Json& run : api.runs()) {
            ++byCommit[run["metadata"]["labels"]["cerebral.baerautotech.com/commit"].get<std::string>()];
        }
        qInfo(
            "%zu sent, %zu acknowledged, %d redelivered, %d never acknowledged; %zu runs; %d kills, %d deaths at "
            "failpoints; %d absences; %lld s",
            ledger.sentCommits.size(), ledger.acknowledgedCommits.size(), ledger.redelivered, ledger.unacknowledged,
            made.size(), replicas.kills, replicas.failpointDeaths, absences,
            static_cast<long long>(
                std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - from).count()));
        QVERIFY(settled);
        QCOMPARE(missing, std::size_t(0));
        QCOMPARE(int(ledger.sentCommits.size()), pushes);
        QVERIFY(ledger.acknowledgedCommits.size() > ledger.sentCommits.size() / 2);
        for (const auto& [name, count] : made) QCOMPARE(count, 1);
        for (const auto& [commit, count] : byCommit) {
            QCOMPARE(count, 1);                            // no push twice, under whatever name
            QVERIFY(ledger.sentCommits.contains(commit));  // nothing nobody sent
        }
        for (const std::string& commit : ledger.acknowledgedCommits) QVERIFY(byCommit.contains(commit));
        QCOMPARE(absences, 2);
        QVERIFY(replicas.kills + replicas.failpointDeaths > 5);
    }
};

CEREBRAL_TEST(ExactlyOnceTest)
#include "exactly_once_test.moc"
