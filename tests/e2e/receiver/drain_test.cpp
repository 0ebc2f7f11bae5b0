#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;

/// SIGTERM in the middle of 200 requests.
class DrainTest : public QObject {
    Q_OBJECT

private slots:
    void losesNothing() {
        const QTemporaryDir dir;
        FakeTektonApi api;
        api.setCreateDelay(std::chrono::milliseconds(20));
        const ReceiverPlan plan{
            api.writeKubeconfig(dir.path().toStdString()), {}, dir.path().toStdString() + "/spool", {}, {}, {}};
        auto receiver = std::make_unique<ReceiverProcess>(plan);
        QVERIFY(receiver->started());

        std::atomic<int> sent{0};
        std::mutex mutex;
        std::set<std::string> acknowledged;
        int unclear = 0;
        std::vector<std::thread> senders;
        for (int sender = 0; sender < 20; ++sender) {
            senders.emplace_back([&, sender] {
                for (int i = 0; i < 10; ++i) {
                    const std::string body =
                        pushBody({.branch = "b" + std::to_string(sender) + "-" + std::to_string(i)});
                    ++sent;
                    const std::string response = sendTo(receiver->port(), deliveryRequest(body, "d"));
                    const int status = RawClient::status(response);
                    const std::scoped_lock lock(mutex);
                    if (status == 200 || status == 202) {
                        const auto answer = nlohmann::json::parse(RawClient::body(response));
                        for (const auto& run : answer["pipelineRuns"]) {
                            acknowledged.insert(run["name"].get<std::string>());
                        }
                    } else if (!response.empty()) {
                        ++unclear;
                    }
                }
            });
        }
        QVERIFY(api.waitFor([&] { return sent.load() >= 100; }));
        QElapsedTimer timer;
        timer.start();
        receiver->process().terminate();
        QCOMPARE(receiver->process().waitForExit(10'000).value_or(-1), 0);
        const qint64 took = timer.elapsed();
        QVERIFY2(took < 5'000, std::to_string(took).c_str());
        for (auto& sender : senders) sender.join();
        QCOMPARE(unclear, 0);  // answered well, or closed before acceptance: nothing in between
        QVERIFY(acknowledged.size() >= 50);

        // What the disk still holds, the next process creates.
        receiver = std::make_unique<ReceiverProcess>(plan);
        for (const std::string& name : acknowledged) {
            QVERIFY(api.waitFor([&] { return api.creations().contains(name); }));
        }
        for (const auto& [name, count] : api.creations()) QCOMPARE(count, 1);
    }

    void readinessFailsFirst() {
        const QTemporaryDir dir;
        FakeTektonApi api;
        api.setCreateDelay(std::chrono::milliseconds(1'500));
        ReceiverProcess receiver(
            {api.writeKubeconfig(dir.path().toStdString()), {}, dir.path().toStdString() + "/spool", {}, "4000", {}});
        const std::string ready = "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        QCOMPARE(RawClient::status(sendTo(receiver.adminPort(), ready)), 200);
        RawClient busy(receiver.port());
        QVERIFY(busy.send(deliveryRequest(pushBody({}), "slow")));
        QVERIFY(api.waitFor([&] { return api.createRequests() > 0; }));
        receiver.process().terminate();
        QVERIFY(api.waitFor([&] { return RawClient::status(sendTo(receiver.adminPort(), ready)) == 503; }));
        QCOMPARE(RawClient::status(busy.readResponse()), 200);
        QCOMPARE(receiver.process().waitForExit().value_or(-1), 0);
    }
};

CEREBRAL_TEST(DrainTest)
#include "drain_test.moc"
