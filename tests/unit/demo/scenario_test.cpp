// Every way a run can go, on a clock of the test's own, at the pace of a real cluster.
#include "app/demo/tekton/scenario.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include "app/demo/sim/rehearsal.h"
#include "app/demo/team/built_runs.h"
#include "core/base/time_format.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::demo;
using namespace std::chrono_literals;

namespace {

class Stage {
public:
    explicit Stage(Scenario scenario)
        : rehearsal_({3, 1.0, *parseRfc3339("2026-11-23T08:00:00Z"), "127.0.0.1:5000"}) {
        TeamPush push;
        push.ref = "refs/heads/main";
        push.before = std::string(40, 'b');
        push.after = std::string(40, 'a');
        push.pusher = "mlindqvist";
        push.pushedAt = rehearsal_.world().store.now();
        push.commits = {
            {push.after, "feat: x", "Mara Lindqvist", "mlindqvist", {}, {"microservices/ai-services/main.py"}, {}}};
        rehearsal_.scenarios().plan(push.after, "", scenario);
        const auto runs = builtRuns(push, rehearsal_.world().registryHost, "delivery");
        name_ = (*rehearsal_.world().store.create(kindNamed("PipelineRun"), runs.at(0)))->name;
    }
    Rehearsal* operator->() { return &rehearsal_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] Json run() const { return object("PipelineRun", name_); }
    [[nodiscard]] Json build() const { return object("TaskRun", name_ + "-kaniko-build-task"); }
    [[nodiscard]] Json buildPod(const std::string& suffix = "") const {
        return object("Pod", name_ + "-kaniko-build-task-pod" + suffix);
    }
    [[nodiscard]] Json object(const char* kind, const std::string& name) const {
        const ObjectPtr found = rehearsal_.find(kind, kPipelineNs, name);
        return found ? found->parse() : Json();
    }
    void wish(const char* status) {
        (void)rehearsal_.world().store.update(kindNamed("PipelineRun"), kPipelineNs, name_, [&](Json& tree) {
            tree["spec"]["status"] = status;
            return true;
        });
    }
    [[nodiscard]] bool hasEvent(const std::string& about, const std::string& reason, const std::string& text = "") {
        for (const ObjectPtr& event : rehearsal_.world().store.list(kindNamed("Event"), "").objects) {
            const Json tree = event->parse();
            if (tree["involvedObject"].value("name", "") == about && tree.value("reason", "") == reason &&
                tree.value("message", "").find(text) != std::string::npos)
                return true;
        }
        return false;
    }
    [[nodiscard]] std::string buildLog(const std::string& suffix = "") {
        const ObjectPtr pod = rehearsal_.find("Pod", kPipelineNs, name_ + "-kaniko-build-task-pod" + suffix);
        return pod ? rehearsal_.world().logs.read(pod->uid, "step-build", {}) : std::string();
    }

private:
    Rehearsal rehearsal_;
    std::string name_;
};

Json condition(const Json& object) {
    return object.value("status", Json::object()).value("conditions", Json::array({Json::object()}))[0];
}
QByteArray reason(const Json& object) {
    return QByteArray::fromStdString(condition(object).value("reason", ""));
}
QByteArray message(const Json& object) {
    return QByteArray::fromStdString(condition(object).value("message", ""));
}
QByteArray waiting(const Json& pod) {
    return QByteArray::fromStdString(
        pod["status"]["containerStatuses"][0]["state"].value("waiting", Json::object()).value("reason", ""));
}

}  // namespace

class ScenarioTest : public QObject {
    Q_OBJECT
private slots:
    void success() {
        Stage stage(Scenario::Success);
        stage->advance(5min);
        QCOMPARE(reason(stage.run()), QByteArray("Succeeded"));
        QCOMPARE(message(stage.run()), QByteArray("Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 0"));
        QVERIFY(stage.buildLog().find("Pushed 127.0.0.1:5000/cerebral/ai-services@sha256:") != std::string::npos);
    }
    void testFailure() {
        Stage stage(Scenario::TestFailure);
        stage->advance(5min);
        QCOMPARE(reason(stage.run()), QByteArray("Failed"));
        QCOMPARE(message(stage.run()), QByteArray("Tasks Completed: 2 (Failed: 1, Cancelled 0), Skipped: 1"));
        QCOMPARE(message(stage.build()), QByteArray("\"step-build\" exited with code 1: Error"));
        QVERIFY(stage.buildLog("-retry1").find("No matching distribution found for torch==2.9.9") !=
                std::string::npos);
        QCOMPARE(stage.run()["status"]["skippedTasks"][0]["name"].get<std::string>(), std::string("deploy-task"));
    }
    void flakyIsRetried() {
        Stage stage(Scenario::Flaky);
        stage->advance(7min);
        QCOMPARE(reason(stage.run()), QByteArray("Succeeded"));
        const Json retries = stage.build()["status"]["retriesStatus"];
        QCOMPARE(retries.size(), std::size_t{1});
        QCOMPARE(retries[0]["podName"].get<std::string>(), stage.name() + "-kaniko-build-task-pod");
        QCOMPARE(stage.buildPod()["status"]["phase"].get<std::string>(), std::string("Failed"));
        QCOMPARE(stage.buildPod("-retry1")["status"]["phase"].get<std::string>(), std::string("Succeeded"));
        QVERIFY(stage.buildLog().find("connection reset by peer") != std::string::npos);
    }
    void imagePullError() {
        Stage stage(Scenario::ImagePullError);
        stage->advance(45s);
        QCOMPARE(reason(stage.build()), QByteArray("PullImageFailed"));
        QCOMPARE(reason(stage.run()), QByteArray("Running"));
        QVERIFY(waiting(stage.buildPod()) == "ErrImagePull" || waiting(stage.buildPod()) == "ImagePullBackOff");
        stage->advance(5min);
        QCOMPARE(reason(stage.build()), QByteArray("TaskRunImagePullFailed"));
        QCOMPARE(reason(stage.run()), QByteArray("Failed"));
        QVERIFY(stage.hasEvent(stage.name() + "-kaniko-build-task-pod", "BackOff"));
        QVERIFY(stage.buildPod().is_null());  // Tekton removes the pod
    }
    void quotaHoldsThePodBackUntilThereIsRoom() {
        Stage stage(Scenario::StuckOnQuota);
        stage->advance(60s);
        QCOMPARE(reason(stage.build()), QByteArray("ExceededResourceQuota"));
        QCOMPARE(reason(stage.run()), QByteArray("Running"));
        QVERIFY(stage.buildPod().is_null());
        stage->advance(20min);
        QCOMPARE(reason(stage.build()), QByteArray("ExceededResourceQuota"));
        stage->advance(15min);
        QCOMPARE(reason(stage.run()), QByteArray("Succeeded"));
    }
    void noNodeHasRoom() {
        Stage stage(Scenario::StuckOnNode);
        stage->advance(60s);
        QCOMPARE(reason(stage.build()), QByteArray("ExceededNodeResources"));
        QCOMPARE(reason(stage.run()), QByteArray("Running"));
        const Json scheduled = stage.buildPod()["status"]["conditions"][0];
        QCOMPARE(scheduled["reason"].get<std::string>(), std::string("Unschedulable"));
        QVERIFY(stage.hasEvent(stage.name() + "-kaniko-build-task-pod", "FailedScheduling", "Insufficient memory"));
        stage->advance(35min);
        QCOMPARE(reason(stage.run()), QByteArray("Succeeded"));
    }
    void timeout() {
        Stage stage(Scenario::Timeout);
        stage->advance(50min);
        QCOMPARE(reason(stage.run()), QByteArray("Running"));
        stage->advance(11min);
        QCOMPARE(reason(stage.run()), QByteArray("PipelineRunTimeout"));
        QCOMPARE(message(stage.run()), QByteArray::fromStdString("PipelineRun \"" + stage.name() +
                                                                 "\" failed to finish within \"1h0m0s\""));
        QCOMPARE(reason(stage.build()), QByteArray("TaskRunCancelled"));
        QVERIFY(stage.buildPod().is_null());
    }
    void badRollout() {
        Stage stage(Scenario::BadRollout);
        stage->advance(6min);
        QCOMPARE(reason(stage.run()), QByteArray("Failed"));
        const Json deploy = stage.object("TaskRun", stage.name() + "-deploy-task");
        QCOMPARE(message(deploy), QByteArray("\"step-deploy\" exited with code 1: Error"));
        const Json deployment = stage->find("Deployment", kPlatformNs, "ai-services")->parse();
        QCOMPARE(deployment["status"]["unavailableReplicas"].get<int>(), 1);
        QCOMPARE(deployment["status"]["availableReplicas"].get<int>(), 2);  // the old pods serve on
        stage->advance(10min);
        const Json late = stage->find("Deployment", kPlatformNs, "ai-services")->parse();
        QCOMPARE(late["status"]["conditions"][1]["reason"].get<std::string>(),
                 std::string("ProgressDeadlineExceeded"));
    }
    void cancel_data() {
        QTest::addColumn<QString>("wish");
        for (const char* wish : {"Cancelled", "CancelledRunFinally", "StoppedRunFinally"})
            QTest::newRow(wish) << wish;
    }
    void cancel() {
        QFETCH(QString, wish);
        Stage stage(Scenario::Success);
        stage->advance(60s);
        QVERIFY(!stage.buildPod().is_null());
        stage.wish(wish.toUtf8());
        stage->advance(1s);
        const bool stops = wish == "StoppedRunFinally";  // what runs may end
        QCOMPARE(stage.buildPod().is_null(), !stops);
        stage->advance(5min);
        QCOMPARE(reason(stage.run()), QByteArray("Cancelled"));
        QCOMPARE(reason(stage.build()), QByteArray(stops ? "Succeeded" : "TaskRunCancelled"));
        QVERIFY(stage.object("TaskRun", stage.name() + "-deploy-task").is_null());
    }
    void aDeletedRunTakesEverythingWithIt() {
        Stage stage(Scenario::Success);
        stage->advance(60s);
        (void)stage->world().store.remove(kindNamed("PipelineRun"), kPipelineNs, stage.name());
        stage->advance(10min);
        const Selector ofRun = *Selector::parse("tekton.dev/pipelineRun=" + stage.name(), "");
        for (const char* kind : {"TaskRun", "Pod"})
            QCOMPARE(stage->world().store.list(kindNamed(kind), kPipelineNs, ofRun).objects.size(), std::size_t{0});
        QCOMPARE(stage->world().store.list(kindNamed("PersistentVolumeClaim"), kPipelineNs).objects.size(),
                 std::size_t{0});
    }
    void aBranchBuildSkipsTheRollout() {
        RehearsalOptions options;
        options.start = *parseRfc3339("2026-11-23T08:00:00Z");
        Rehearsal rehearsal(options);
        TeamPush push;
        push.ref = "refs/heads/feature/x";
        push.before = std::string(40, '0');
        push.after = std::string(40, 'a');
        push.created = true;
        push.pushedAt = options.start;
        push.commits = {{push.after, "feat: x", "M", "m", {}, {"microservices/ai-services/main.py"}, {}}};
        const auto run = rehearsal.world().store.create(
            kindNamed("PipelineRun"), builtRuns(push, rehearsal.world().registryHost, "delivery").at(0));
        rehearsal.advance(6min);
        const Json ended = rehearsal.find("PipelineRun", kPipelineNs, (*run)->name)->parse();
        QCOMPARE(reason(ended), QByteArray("Completed"));
        QCOMPARE(ended["status"]["skippedTasks"][0]["reason"].get<std::string>(),
                 std::string("When Expressions evaluated to false"));
    }
    void namesAreReadBack() {
        for (const char* name : {"success", "compile-failure", "test-failure", "flaky", "image-pull-error",
                                 "stuck-on-quota", "stuck-on-node", "timeout", "bad-rollout"}) {
            QVERIFY2(scenarioNamed(name).has_value(), name);
            QCOMPARE(QByteArray(toString(*scenarioNamed(name))), QByteArray(name));
            ScenarioBook book;
            QCOMPARE(book.lookUp("c", "s", "fix: y [demo:" + std::string(name) + "]"), *scenarioNamed(name));
        }
    }
};

CEREBRAL_TEST(ScenarioTest)
#include "scenario_test.moc"
