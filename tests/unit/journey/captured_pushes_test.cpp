#include <QtTest/QtTest>
#include <functional>
#include <random>

#include "core/journey/push_book.h"
#include "core/kube/workloads/decode.h"
#include "core/tekton/decode.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/journey/push_text.h"

using namespace cerebral;

namespace {

template <class T>
std::vector<kube::ObjectPtr<T>> read(const std::string& list,
                                     std::unique_ptr<kube::ObjectSink> (*make)(kube::Store<T>&)) {
    kube::Store<T> store;
    const auto sink = make(store);
    if (!sink->addPage(test::readCapture(list), true) || sink->malformed() > 0) std::abort();
    return store.snapshot();
}

/// Everything recorded of the cluster, as pieces that can be handed over in any order.
class Recorded {
public:
    Recorded() {
        add(read<tekton::PipelineRun>("list/pipelineruns.json", tekton::makePipelineRunSink));
        add(read<tekton::TaskRun>("list/taskruns.json", tekton::makeTaskRunSink));
        add(read<kube::Pod>("list/pods.tekton-pipelines.json", kube::makePodSink));
        add(read<kube::Deployment>("list/deployments.cerebral-platform.json", kube::makeDeploymentSink));
        add(read<kube::ReplicaSet>("list/replicasets.cerebral-platform.json", kube::makeReplicaSetSink));
        add(read<kube::Pod>("list/pods.cerebral-platform.json", kube::makePodSink));
    }
    std::vector<std::function<void(journey::PushBook&)>> arrivals;
    std::vector<std::function<void(journey::PushBook&)>> departures;

private:
    template <class T>
    void add(const std::vector<kube::ObjectPtr<T>>& objects) {
        for (const auto& object : objects) {
            arrivals.emplace_back([object](journey::PushBook& book) {
                kube::Changes<T> changes;
                changes.added = {object};
                book.apply(changes);
            });
            departures.emplace_back([object](journey::PushBook& book) {
                kube::Changes<T> changes;
                changes.removed = {object};
                book.apply(changes);
            });
        }
    }
};

}  // namespace

class CapturedPushesTest : public QObject {
    Q_OBJECT
private slots:
    void theRecordedClusterHasThesePushes() {
        const Recorded recorded;
        journey::PushBook book;
        for (const auto& arrive : recorded.arrivals) arrive(book);
        const auto changes = book.update();
        QCOMPARE(changes.changed.size(), std::size_t{8});
        const std::string difference =
            test::compareGolden("golden/journey/captured.txt", test::describe(book.pushes()));
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void theOrderOfArrivalDoesNotMatter() {
        const Recorded recorded;
        journey::PushBook once;
        for (const auto& arrive : recorded.arrivals) arrive(once);
        (void)once.update();
        const std::string wanted = test::describe(once.pushes());
        for (unsigned seed = 1; seed <= 50; ++seed) {
            std::mt19937 random(seed);
            auto pieces = recorded.arrivals;
            std::shuffle(pieces.begin(), pieces.end(), random);
            journey::PushBook book;
            std::map<std::string, journey::PushPtr> told;
            const auto listen = [&] {
                const auto changes = book.update();
                for (const auto& push : changes.changed) told[push->key] = push;
                for (const auto& key : changes.removed) told.erase(key);
            };
            for (const auto& arrive : pieces) {
                arrive(book);
                if (random() % 3 == 0) listen();
            }
            listen();
            QCOMPARE(QString::fromStdString(test::describe(book.pushes())), QString::fromStdString(wanted));
            // Whoever follows the announcements alone knows the same.
            QCOMPARE(told.size(), book.size());
            for (const auto& push : book.pushes()) QVERIFY(told.at(push->key) == push);
            QVERIFY(book.update().empty());
        }
    }

    void whatGoesTakesItsPushesAlong() {
        const Recorded recorded;
        for (unsigned seed = 1; seed <= 10; ++seed) {
            std::mt19937 random(seed);
            journey::PushBook book;
            for (const auto& arrive : recorded.arrivals) arrive(book);
            (void)book.update();
            auto pieces = recorded.departures;
            std::shuffle(pieces.begin(), pieces.end(), random);
            for (const auto& leave : pieces) {
                leave(book);
                if (random() % 5 == 0) (void)book.update();
            }
            (void)book.update();
            QCOMPARE(book.size(), std::size_t{0});
        }
    }

    void runsOfOtherPipelinesAreNoPushes() {
        journey::PushBook book;
        book.applyAll(read<tekton::PipelineRun>("states/pipelineruns.list.json", tekton::makePipelineRunSink));
        (void)book.update();
        for (const auto& push : book.pushes()) QVERIFY(!push->services.front().service.empty());
        QVERIFY(!book.findRun("tekton-pipelines", "state-matrix"));
    }
};

CEREBRAL_TEST(CapturedPushesTest)
#include "captured_pushes_test.moc"
