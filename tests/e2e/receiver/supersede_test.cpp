#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "tests/support/fake_tekton_api.h"
#include "tests/support/receiver_process.h"
#include "tests/support/test_main.h"

using namespace cerebral::test;
using Json = nlohmann::json;

/// A newer push cancels the older run of its service and branch, whichever arrives first.
class SupersedeTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    FakeTektonApi api_;
    std::unique_ptr<ReceiverProcess> receiver_;
    std::int64_t now_ = 0;

    std::string push(const std::string& branch, std::int64_t age, char commit) {
        const std::string body =
            pushBody({.branch = branch, .after = std::string(40, commit), .pushedAt = now_ - age});
        const Json answer = Json::parse(RawClient::body(sendTo(receiver_->port(), deliveryRequest(body, "d"))));
        return answer["pipelineRuns"][0]["name"].get<std::string>();
    }
    std::string wish(const std::string& run) { return api_.run(run)["spec"].value("status", ""); }

private slots:
    void initTestCase() {
        const std::string base = dir_.path().toStdString();
        receiver_ = std::make_unique<ReceiverProcess>(
            ReceiverPlan{api_.writeKubeconfig(base), {}, base + "/spool", {}, "3000", {}});
        now_ = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                   .count();
    }
    void newerCancelsOlder() {
        const std::string older = push("main", 60, 'a');
        const std::string newer = push("main", 10, 'b');
        QVERIFY(api_.waitFor([&] { return wish(older) == "CancelledRunFinally"; }));
        QCOMPARE(wish(newer), std::string());
        QCOMPARE(
            api_.run(older)["metadata"]["annotations"]["cerebral.baerautotech.com/superseded-by"].get<std::string>(),
            newer);
    }
    void olderArrivingLateIsNotDeployedOverIt() {
        const std::string newer = push("late", 10, 'b');
        const std::string older = push("late", 60, 'a');
        QVERIFY(api_.waitFor([&] { return wish(older) == "CancelledRunFinally"; }));
        QCOMPARE(wish(newer), std::string());
        // Counted when the API server's answer has come back, which is after the run has changed.
        QVERIFY(
            api_.waitFor([&] { return receiver_->metric("github_webhook_pipelineruns_superseded_total") == 2.0; }));
    }
    void otherBranchesAreLeftAlone() {
        const std::string one = push("feature/x", 60, 'a');
        const std::string other = push("feature/y", 10, 'b');
        QVERIFY(api_.waitFor([&] {
            const std::string another = push("feature/z", 5, 'c');
            return !another.empty();
        }));
        QCOMPARE(wish(one), std::string());
        QCOMPARE(wish(other), std::string());
    }
};

CEREBRAL_TEST(SupersedeTest)
#include "supersede_test.moc"
