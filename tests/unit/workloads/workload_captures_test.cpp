#include <QtTest/QtTest>
#include <algorithm>
#include <map>

#include "core/kube/workloads/decode.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/workloads/describe.h"

using namespace cerebral;

namespace {

template <class T>
std::string sortedText(const kube::Store<T>& store) {
    std::vector<std::string> lines;
    for (const auto& object : store.snapshot()) lines.push_back(test::describe(*object));
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

/// Feeds a recorded list or watch the way a reflector does.
template <class T>
class Feed {
public:
    using MakeSink = std::unique_ptr<kube::ObjectSink> (*)(kube::Store<T>&);
    explicit Feed(MakeSink make) : sink_(make(store_)) {}

    void list(const std::string& capture) {
        const auto meta = sink_->addPage(test::readCapture(capture), false);
        QVERIFY2(meta.has_value(), capture.c_str());
        sink_->commitList();
    }
    void watch(const std::string& capture) {
        for (const auto& line : test::linesOf(test::readCapture(capture))) {
            const auto meta = sink_->applyEvent(line, false, false);
            QVERIFY2(meta.has_value(), capture.c_str());
            if (!meta->resourceVersion.empty())
                lastVersion_ = std::max(lastVersion_, std::stoll(meta->resourceVersion));
        }
    }
    kube::Store<T>& store() { return store_; }
    [[nodiscard]] std::uint64_t malformed() const { return sink_->malformed(); }
    [[nodiscard]] long long lastVersion() const { return lastVersion_; }

private:
    kube::Store<T> store_;
    std::unique_ptr<kube::ObjectSink> sink_;
    long long lastVersion_ = 0;
};

std::unique_ptr<kube::ObjectSink> eventSink(kube::Store<kube::Event>& store) {
    return kube::makeEventSink(store);
}

template <class T>
void checkGolden(typename Feed<T>::MakeSink make, const std::string& capture) {
    Feed<T> feed(make);
    if (capture.ends_with(".jsonl")) {
        feed.watch(capture);
    } else {
        feed.list(capture);
    }
    QCOMPARE(feed.malformed(), std::uint64_t{0});
    const std::string difference =
        test::compareGolden("golden/workloads/" + capture + ".txt", sortedText(feed.store()));
    QVERIFY2(difference.empty(), difference.c_str());
}

template <class T>
void checkReplay(typename Feed<T>::MakeSink make, const std::string& watchCapture, const std::string& listCapture,
                 std::size_t newerInList) {
    Feed<T> replay(make);
    replay.watch(watchCapture);
    Feed<T> recorded(make);
    recorded.list(listCapture);
    QVERIFY(replay.store().size() > 0);

    std::size_t newer = 0;
    for (const auto& wanted : recorded.store().snapshot()) {
        const auto found = replay.store().find(wanted->meta.key());
        const long long version = std::stoll(wanted->meta.resourceVersion);
        if (version > replay.lastVersion()) {
            ++newer;  // the list was taken after the watch had ended
            continue;
        }
        // The watch began at a version: what did not change since is in the list alone.
        if (!found) continue;
        QCOMPARE(QString::fromStdString(test::describe(*found)), QString::fromStdString(test::describe(*wanted)));
    }
    QCOMPARE(newer, newerInList);
    for (const auto& found : replay.store().snapshot()) {
        QVERIFY2(recorded.store().find(found->meta.key()), found->meta.key().c_str());
    }
}

}  // namespace

class WorkloadCapturesTest : public QObject {
    Q_OBJECT

private slots:
    void decodesEveryCapture_data() {
        QTest::addColumn<QString>("capture");
        std::size_t rows = 0;
        for (const char* ending : {".json", ".watch.jsonl"}) {
            for (const auto& path : test::capturesEndingIn(ending)) {
                const std::string name = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
                for (const char* kind : {"pods", "deployments", "replicasets", "events"}) {
                    if (!name.starts_with(kind)) continue;
                    QTest::newRow(path.c_str()) << QString::fromStdString(path);
                    ++rows;
                }
            }
        }
        QVERIFY(rows >= 13);
    }
    void decodesEveryCapture() {
        QFETCH(QString, capture);
        const std::string path = capture.toStdString();
        const std::string name = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
        if (name.starts_with("pods")) checkGolden<kube::Pod>(kube::makePodSink, path);
        if (name.starts_with("deployments")) checkGolden<kube::Deployment>(kube::makeDeploymentSink, path);
        if (name.starts_with("replicasets")) checkGolden<kube::ReplicaSet>(kube::makeReplicaSetSink, path);
        if (name.starts_with("events")) checkGolden<kube::Event>(eventSink, path);
    }

    void replayEndsAsTheList() {
        // bmad-services' Deployment exceeded its deadline, and its pod changed, after the watches had ended.
        checkReplay<kube::Deployment>(kube::makeDeploymentSink, "deployments.cerebral-platform.watch.jsonl",
                                      "list/deployments.cerebral-platform.json", 1);
        checkReplay<kube::ReplicaSet>(kube::makeReplicaSetSink, "replicasets.cerebral-platform.watch.jsonl",
                                      "list/replicasets.cerebral-platform.json", 0);
        checkReplay<kube::Pod>(kube::makePodSink, "pods.cerebral-platform.watch.jsonl",
                               "list/pods.cerebral-platform.json", 1);
        checkReplay<kube::Pod>(kube::makePodSink, "pods.tekton-pipelines.watch.jsonl",
                               "list/pods.tekton-pipelines.json", 0);
        checkReplay<kube::Pod>(kube::makePodSink, "states/pods.watch.jsonl", "states/pods.list.json", 0);
        checkReplay<kube::Event>(eventSink, "events.tekton-pipelines.watch.jsonl",
                                 "list/events.tekton-pipelines.json", 0);
    }

    void refusesWhatIsNoObject() {
        QVERIFY(!kube::decodePod("{}").has_value());
        QVERIFY(!kube::decodePod("[1]").has_value());
        QVERIFY(!kube::decodeDeployment("{\"metadata\":{\"name\":\"x\"}}").has_value());
        QVERIFY(!kube::decodeReplicaSet("").has_value());
        QVERIFY(!kube::decodeEvent("{\"metadata\":[]}").has_value());
    }

    void readsHowMuchMemoryAContainerMayHave() {
        const auto pod = kube::decodePod(R"({"metadata":{"name":"p","namespace":"n","uid":"u"},
            "spec":{"containers":[{"name":"step-build","resources":{"limits":{"cpu":"2","memory":"4Gi"}}},
            {"name":"step-push","resources":{}}]}})");
        QVERIFY(pod.has_value());
        QCOMPARE(pod->find("step-build")->memoryLimit, std::string("4Gi"));
        QCOMPARE(pod->find("step-push")->memoryLimit, std::string());
    }

    void readsNeitherMoreNorOtherTypesThanItKnows() {
        const auto pod = kube::decodePod(R"({"metadata":{"name":"p","namespace":"n","uid":"u"},
            "spec":{"containers":[{"name":1},{"name":"c"}],"nodeName":[]},
            "status":{"phase":7,"containerStatuses":[{"name":"x"},{"name":"c","restartCount":-4,"ready":"yes",
            "state":{"waiting":null,"terminated":{"exitCode":"x"}}}],"conditions":{}}})");
        QVERIFY(pod.has_value());
        QCOMPARE(pod->containers.size(), std::size_t{2});
        QVERIFY(pod->node.empty());
        QVERIFY(pod->phase.empty());
        QCOMPARE(pod->restarts(), 0);
        QVERIFY(!pod->ready());
        QCOMPARE(pod->find("c")->state.phase, kube::ContainerPhase::Terminated);
    }
};

CEREBRAL_TEST(WorkloadCapturesTest)
#include "workload_captures_test.moc"
