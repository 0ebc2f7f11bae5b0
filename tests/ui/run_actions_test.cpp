// What may be done to runs, against a demo cluster in this process: rights in words, batches with progress, giving
// up.
#include "ui/bridge/run_actions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/demo_services.h"
#include "tests/ui/silent_server.h"

using namespace cerebral;
using namespace cerebral::ui;
using Right = RunActions::Right;

namespace {

constexpr int kPatienceMs = 20'000;
constexpr const char* kNs = "tekton-pipelines";

std::vector<RunRef> runsOf(RunServices& services) {
    const auto list = services.client().list(kube::types::kPipelineRuns, kNs, {}, {});
    std::vector<RunRef> runs;
    if (!list) return runs;
    for (const QJsonValue run : QJsonDocument::fromJson(QByteArray::fromStdString(*list))["items"].toArray())
        runs.push_back({kNs, run["metadata"]["name"].toString().toStdString()});
    return runs;
}

}  // namespace

class RunActionsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<demo::DemoCluster> cluster_;

private slots:
    void initTestCase() {
        demo::DemoOptions options;
        options.runs = 8;
        auto started = demo::DemoCluster::start(options, *log_);
        QVERIFY2(started, started ? "" : started.error().message.c_str());
        cluster_ = std::move(*started);
    }

    void rightsAreAskedAndNamed() {
        test::DemoServices mayAll(*cluster_, "demo");
        RunActions able(mayAll, {});
        test::DemoServices mayLook(*cluster_, "demo-viewer");
        RunActions bound(mayLook, {});
        QSignalSpy told(&bound, &RunActions::rightsChanged);
        able.checkRights();
        bound.checkRights();
        QTRY_COMPARE_WITH_TIMEOUT(told.count(), 3, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!able.busy(), kPatienceMs);
        for (const Right right : {Right::Rebuild, Right::Cancel, Right::Delete})
            QCOMPARE(able.refusal(right), QString());
        QCOMPARE(bound.refusal(Right::Cancel),
                 QStringLiteral("needs patch pipelineruns.tekton.dev in namespace tekton-pipelines"));
        QCOMPARE(bound.refusal(Right::Delete),
                 QStringLiteral("needs delete pipelineruns.tekton.dev in namespace tekton-pipelines"));
        QCOMPARE(bound.refusal(Right::Rebuild),
                 QStringLiteral("needs create serviceaccounts/token rebuild-trigger in namespace tekton-pipelines"));
        // On another cluster nothing is refused until it was asked.
        bound.leave({});
        QCOMPARE(bound.refusal(Right::Delete), QString());
    }

    void aViewersDeleteDeletesNothing() {
        test::DemoServices services(*cluster_, "demo-viewer");
        RunActions actions(services, {});
        const std::vector<RunRef> before = runsOf(services);
        std::optional<BatchOutcome> outcome;
        actions.remove(
            {before.front()}, [](std::size_t) {}, [&](const BatchOutcome& said) { outcome = said; });
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), kPatienceMs);
        QCOMPARE(outcome->done, std::size_t{0});
        QCOMPARE(outcome->firstError->kind, ErrorKind::Forbidden);
        QCOMPARE(runsOf(services).size(), before.size());
    }

    void aBatchGoesOneByOneAndSaysHowFar() {
        test::DemoServices services(*cluster_, "demo");
        RunActions actions(services, {});
        const std::vector<RunRef> before = runsOf(services);
        QCOMPARE(before.size(), std::size_t{8});
        const std::vector<RunRef> three(before.begin(), before.begin() + 3);
        std::vector<std::size_t> progress;
        std::optional<BatchOutcome> outcome;
        const auto tell = [&](std::size_t tried) { progress.push_back(tried); };
        const auto finish = [&](const BatchOutcome& said) { outcome = said; };
        actions.remove(three, tell, finish);
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), kPatienceMs);
        QCOMPARE(outcome->done, std::size_t{3});
        QVERIFY(!outcome->firstError);
        QCOMPARE(progress, (std::vector<std::size_t>{1, 2, 3}));
        const std::vector<RunRef> after = runsOf(services);
        QCOMPARE(after.size(), std::size_t{5});
        for (const RunRef& run : after) {
            for (const RunRef& gone : three) QVERIFY(run.name != gone.name);
        }
        // What is gone already is what was wanted.
        outcome.reset();
        actions.remove(three, tell, finish);
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), kPatienceMs);
        QCOMPARE(outcome->done, std::size_t{3});
    }

    void stoppingSaysSo() {
        test::FakeClock clock;
        test::SilentServer silent(clock);
        RunActions actions(silent, {});
        std::optional<BatchOutcome> outcome;
        std::stop_source stop = actions.cancel(
            {{kNs, "a"}, {kNs, "b"}, {kNs, "c"}}, true, [](std::size_t) {},
            [&](const BatchOutcome& said) { outcome = said; });
        QTRY_VERIFY_WITH_TIMEOUT(silent.asked(), kPatienceMs);
        QVERIFY(actions.busy());
        QVERIFY(!outcome);
        stop.request_stop();
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), kPatienceMs);
        QCOMPARE(outcome->done, std::size_t{0});
        QCOMPARE(outcome->all, std::size_t{3});
        QCOMPARE(outcome->firstError->kind, ErrorKind::Cancelled);
    }

    void leavingDropsWhatIsUnderWay() {
        test::FakeClock clock;
        test::SilentServer silent(clock);
        RunActions actions(silent, {});
        bool answered = false;
        actions.remove(
            {{kNs, "a"}}, [&](std::size_t) { answered = true; }, [&](const BatchOutcome&) { answered = true; });
        rebuild::Order order;
        order.services = {"ai-services"};
        actions.rebuild(order, [&](const Result<rebuild::Receipt>&) { answered = true; });
        QTRY_VERIFY_WITH_TIMEOUT(silent.asked(), kPatienceMs);
        actions.leave({});
        QVERIFY(!actions.busy());
        QCoreApplication::processEvents();
        QVERIFY(!answered);
    }
};

CEREBRAL_TEST(RunActionsTest)
#include "run_actions_test.moc"
