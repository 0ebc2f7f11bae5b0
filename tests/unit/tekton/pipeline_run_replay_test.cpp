// Recorded traffic, a real socket, the real transport: the store must end equal to the recorded list.

#include <QtTest/QtTest>

#include "core/kube/reflector.h"
#include "core/net/curl_transport.h"
#include "core/tekton/decode.h"
#include "tests/support/captures.h"
#include "tests/support/replay_server.h"
#include "tests/support/test_main.h"
#include "tests/unit/tekton/run_json.h"

using namespace cerebral;
using test::ReplayPlan;
using test::ReplayServer;

namespace {

/// A client of one replay server, up to the store.
class Client {
public:
    explicit Client(const ReplayServer& server, std::shared_ptr<kube::ServerFeatures> features = {})
        : client_(transport_, access(server)), sink_(tekton::makePipelineRunSink(store)) {
        kube::ReflectorOptions options;
        options.type = kube::types::kPipelineRuns;
        options.ns = "tekton-pipelines";
        if (!features) features = std::make_shared<kube::ServerFeatures>();
        reflector = std::make_unique<kube::Reflector>(client_, *sink_, clock_, features, options);
        reflector->start();
    }

    [[nodiscard]] bool isLive() const { return reflector->state().phase == kube::SyncPhase::Live; }

private:
    static kube::ClusterAccess access(const ReplayServer& server) {
        kube::ClusterAccess access;
        access.server = server.url();
        return access;
    }

    net::CurlTransport transport_;
    SystemClock clock_;
    kube::KubeClient client_;

public:
    kube::Store<tekton::PipelineRun> store;

private:
    std::unique_ptr<kube::ObjectSink> sink_;

public:
    std::unique_ptr<kube::Reflector> reflector;  // last: its thread uses all of the above
};

}  // namespace

Q_DECLARE_METATYPE(ReplayPlan)

class PipelineRunReplayTest : public QObject {
    Q_OBJECT
private slots:
    void theStoreEndsEqualToTheRecordedList_data() {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<int>("watchList");
        const std::pair<const char*, const char*> recordings[] = {
            {"list/pipelineruns.json", "pipelineruns.watch.jsonl"},
            {"states/pipelineruns.list.json", "states/pipelineruns.watch.jsonl"}};
        const char* kinds[] = {"watchlist", "refused with 422", "refused inside the stream"};
        for (const auto& [list, stream] : recordings) {
            for (int kind = 0; kind < 3; ++kind) {
                QTest::addRow("%s, %s", stream, kinds[kind]) << QByteArray(list) << QByteArray(stream) << kind;
            }
        }
    }
    void theStoreEndsEqualToTheRecordedList() {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, stream);
        QFETCH(int, watchList);
        ReplayPlan plan;
        plan.list = list.toStdString();
        plan.stream = stream.toStdString();
        plan.watchList = static_cast<ReplayPlan::WatchList>(watchList);
        const ReplayServer server(plan);
        const std::string wanted = test::runsJson(test::decodeRunList(test::readCapture(plan.list)));
        QVERIFY(wanted.size() > 10'000);
        Client client(server);
        QTRY_COMPARE(QString::fromStdString(test::runsJson(client.store)), QString::fromStdString(wanted));
        QTRY_VERIFY(client.isLive());
        QCOMPARE(client.reflector->state().malformedEvents, std::uint64_t{0});
        const std::vector<std::string> asked = watchList == 0
                                                   ? std::vector<std::string>{"watchlist"}
                                                   : std::vector<std::string>{"watchlist", "list", "watch"};
        QCOMPARE(server.requests(), asked);
    }

    void theRefusalOfWatchListIsRememberedForTheServer() {
        const ReplayServer server({"states/pipelineruns.list.json", "states/pipelineruns.watch.jsonl",
                                   ReplayPlan::WatchList::RefusedInStream, ReplayPlan::Expiry::Never});
        const auto features = std::make_shared<kube::ServerFeatures>();
        {
            Client first(server, features);
            QTRY_COMPARE(first.store.size(), std::size_t{17});
        }
        const std::size_t before = server.requests().size();
        Client second(server, features);
        QTRY_COMPARE(second.store.size(), std::size_t{17});
        const auto asked = server.requests();
        QVERIFY(std::find(asked.begin() + static_cast<std::ptrdiff_t>(before), asked.end(), "watchlist") ==
                asked.end());
    }

    void anExpiredVersionIsCuredByAList_data() {
        QTest::addColumn<int>("expiry");
        QTest::newRow("ERROR event") << static_cast<int>(ReplayPlan::Expiry::AsEvent);
        QTest::newRow("HTTP 410") << static_cast<int>(ReplayPlan::Expiry::AsAnswer);
    }
    void anExpiredVersionIsCuredByAList() {
        QFETCH(int, expiry);
        const ReplayPlan plan{"states/pipelineruns.list.json", "states/pipelineruns.watch.jsonl",
                              ReplayPlan::WatchList::Refused422, static_cast<ReplayPlan::Expiry>(expiry)};
        const ReplayServer server(plan);
        const std::string wanted = test::runsJson(test::decodeRunList(test::readCapture(plan.list)));
        QVERIFY(wanted.size() > 10'000);
        Client client(server);
        QTRY_COMPARE(QString::fromStdString(test::runsJson(client.store)), QString::fromStdString(wanted));
        QTRY_VERIFY(client.isLive());
        const std::vector<std::string> asked{"watchlist", "list", "watch", "list", "watch"};
        QTRY_COMPARE(server.requests(), asked);
    }
};

CEREBRAL_TEST(PipelineRunReplayTest)
#include "pipeline_run_replay_test.moc"
