// A session on the demo cluster: TLS, tokens, RBAC, runs that go by. Nothing is faked on our side.

#include "core/kube/session/cluster_session.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <atomic>
#include <set>

#include "app/demo/demo_cluster.h"
#include "core/kube/credentials.h"
#include "core/kube/kubeconfig.h"
#include "core/kube/reviews.h"
#include "core/net/curl_transport.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using kube::SyncPhase;
using session::ClusterSession;
using session::Kind;

namespace {

constexpr const char* kRuns = "tekton-pipelines";

class Listener final : public session::SessionListener {
public:
    void onPipelineRuns(const kube::Changes<tekton::PipelineRun>&) override { ++runs; }
    void onTaskRuns(const kube::Changes<tekton::TaskRun>&) override { ++tasks; }
    void onPods(const kube::Changes<kube::Pod>&) override { ++pods; }
    void onConnectionChanged() override { ++connection; }

    std::atomic<int> runs{0};
    std::atomic<int> tasks{0};
    std::atomic<int> pods{0};
    std::atomic<int> connection{0};
};

std::string json(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

}  // namespace

class ClusterSessionTest : public QObject {
    Q_OBJECT

    kube::ClusterAccess access(const char* context) {
        kube::KubeconfigSource source;
        source.explicitPath = folder_.filePath("config").toStdString();
        return kube::Kubeconfig::load(source)->access(context, clock_).value();
    }

    std::unique_ptr<ClusterSession> open(kube::ClusterAccess access, session::SessionScope scope = {}) {
        auto session = std::make_unique<ClusterSession>(std::make_unique<net::CurlTransport>(), std::move(access),
                                                        std::move(scope), listener_, clock_);
        session->start();
        return session;
    }

    static Result<std::string> createRun(ClusterSession& session, const std::string& name) {
        const std::string params =
            "{'name':'repo-url','value':'https://github.com/baerautotech/cerebral.git'},"
            "{'name':'revision','value':'" +
            std::string(40, 'a') +
            "'},{'name':'branch','value':'main'},"
            "{'name':'registry','value':'10.34.0.202:5000'},{'name':'image-name','value':'cerebral/ai-services'},"
            "{'name':'image-tag','value':'main'},{'name':'dockerfile','value':'Dockerfile'},"
            "{'name':'context','value':'microservices/ai-services'},"
            "{'name':'base-image','value':'10.34.0.202:5000/cerebral/"
            "ai-base:main'},{'name':'base-tag','value':'main'},"
            "{'name':'deployment','value':'ai-services'},{'name':'deploy-namespace','value':'cerebral-platform'},"
            "{'name':'deploy','value':'true'}";
        return session.client().create(
            kube::types::kPipelineRuns, kRuns,
            json("{'apiVersion':'tekton.dev/v1','kind':'PipelineRun','metadata':{'name':'" + name +
                 "'},'spec':{'pipelineRef':{'name':'cerebral-microservice-pipeline'},'params':[" + params + "]}}"),
            {});
    }

    static std::size_t tasksOf(const ClusterSession& session, const std::string& run) {
        const auto all = session.taskRuns();
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [&](const auto& task) { return task->pipelineRunName() == run; }));
    }

    static bool finished(const ClusterSession& session, const std::string& run) {
        const auto found = session.findPipelineRun(kRuns, run);
        return found && tekton::isFinished(found->state());
    }

private slots:
    void initTestCase() {
        demo::DemoOptions options;
        options.speed = 300;
        options.writeKubeconfig = folder_.filePath("config").toStdString();
        auto cluster = demo::DemoCluster::start(options, *log_);
        QVERIFY2(cluster.has_value(), cluster ? "" : cluster.error().message.c_str());
        cluster_ = std::move(*cluster);
    }

    void everythingBecomesLiveAndARunIsFollowedToItsPods() {
        const auto session = open(access("demo"));
        QTRY_VERIFY(session->connection().phase == SyncPhase::Live);
        QTRY_VERIFY(session->connection().hasSynced);
        QVERIFY(session->connection().forbidden.empty());
        QCOMPARE(session->feeds().size(), std::size_t{8});
        QVERIFY(!session->deployments().empty());
        QVERIFY(!session->replicaSets().empty());
        QVERIFY(!session->pods().empty());

        const auto made = createRun(*session, "followed");
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        QTRY_VERIFY_WITH_TIMEOUT(finished(*session, "followed"), 60000);
        const auto run = session->findPipelineRun(kRuns, "followed");
        QVERIFY2(run->state() == tekton::RunState::Succeeded, (run->reason + ": " + run->message).c_str());
        QTRY_COMPARE(tasksOf(*session, "followed"), std::size_t{3});
        for (const auto& task : session->taskRuns()) QCOMPARE(task->pipelineRunName(), std::string("followed"));
        QVERIFY(listener_.runs > 0);
        QVERIFY(listener_.tasks > 0);
        QVERIFY(listener_.connection > 0);
    }

    void tasksOfOldRunsAreFetchedWhenOpened() {
        session::SessionScope scope;
        scope.recentRuns = 0;
        const auto session = open(access("demo"), scope);
        QTRY_VERIFY(session->connection().hasSynced && session->feeds().size() == 8);
        QTRY_VERIFY(session->connection().phase == SyncPhase::Live);
        QVERIFY(finished(*session, "followed"));
        QCOMPARE(session->taskRuns().size(), std::size_t{0});
        session->openRun(kRuns, "followed");
        QTRY_COMPARE(tasksOf(*session, "followed"), std::size_t{3});
        session->closeRun(kRuns, "followed");
        session->openRun(kRuns, "no such run");
        QTRY_COMPARE(session->taskRuns().size(), std::size_t{0});
    }

    void twoNamespacesAndNoEventsAreEnough() {
        auto administrator = open(access("demo"));
        auto& client = administrator->client();
        const kube::ResourceType roles{"rbac.authorization.k8s.io", "v1", "roles", "Role"};
        const kube::ResourceType bindings{"rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"};
        const auto account =
            client.create(kube::types::kServiceAccounts, kRuns,
                          json("{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'two'}}"), {});
        QVERIFY2(account.has_value(), account ? "" : account.error().message.c_str());
        for (const char* ns : {kRuns, "cerebral-platform"}) {
            const auto role = client.create(
                roles, ns,
                json("{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'Role','metadata':{'name':'two'},'rules':["
                     "{'apiGroups':['tekton.dev'],'resources':['pipelineruns','taskruns'],'verbs':['get','list','"
                     "watch']},"
                     "{'apiGroups':[''],'resources':['pods'],'verbs':['get','list','watch']},"
                     "{'apiGroups':['apps'],'resources':['deployments','replicasets'],'verbs':['get','list','watch']}"
                     "]}"),
                {});
            QVERIFY2(role.has_value(), role ? "" : role.error().message.c_str());
            const auto binding = client.create(
                bindings, ns,
                json("{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'RoleBinding','metadata':{'name':'two'},"
                     "'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'two'},'subjects':["
                     "{'kind':'ServiceAccount','name':'two','namespace':'tekton-pipelines'}]}"),
                {});
            QVERIFY2(binding.has_value(), binding ? "" : binding.error().message.c_str());
        }
        const auto token = kube::requestToken(client, kRuns, "two", "https://kubernetes.default.svc.cluster.local",
                                              std::chrono::minutes(10), {});
        QVERIFY2(token.has_value(), token ? "" : token.error().message.c_str());

        auto limited = access("demo");
        limited.credentials = kube::makeTokenCredentials(token->token);
        const auto session = open(limited);
        QTRY_COMPARE(session->connection().forbidden.size(), std::size_t{2});
        QTRY_VERIFY(session->connection().phase == SyncPhase::Live);
        QTRY_VERIFY(session->connection().hasSynced);
        QVERIFY(!session->deployments().empty());
        for (const std::string& text : session->connection().forbidden) {
            QVERIFY2(text.starts_with("events in namespace "), text.c_str());
            // Which of the two is asked first depends on whether the server streams its lists.
            QVERIFY2(text.find("cannot list resource \"events\"") != std::string::npos ||
                         text.find("cannot watch resource \"events\"") != std::string::npos,
                     text.c_str());
        }
        const kube::Right right{"list", "", "events", "", kRuns, ""};
        QVERIFY(!kube::mayI(session->client(), right, {})->allowed);
    }

    void aSessionEndsWhileItIsStillLoading() {
        for (int i = 0; i < 5; ++i) open(access("demo")).reset();
    }

    void aServerThatGoesAwayIsSaidAtOnce() {
        const auto session = open(access("demo"));
        QTRY_VERIFY(session->connection().phase == SyncPhase::Live);
        cluster_->stop();
        QTRY_VERIFY(session->connection().phase == SyncPhase::Reconnecting);
        QVERIFY(!session->connection().why.empty());
        QVERIFY(session->connection().hasSynced);
        QVERIFY(!session->deployments().empty());  // what is known stays visible
    }

private:
    QTemporaryDir folder_;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<demo::DemoCluster> cluster_;
    SystemClock clock_;
    Listener listener_;
};

CEREBRAL_TEST(ClusterSessionTest)
#include "cluster_session_test.moc"
