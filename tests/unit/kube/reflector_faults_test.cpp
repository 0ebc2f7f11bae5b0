// The promise of the core: whatever the network and the server do, the store ends equal to the
// server's state, nothing is applied twice, and the age shown is never younger than the truth.

#include <QtTest/QtTest>
#include <set>

#include "core/kube/reflector.h"
#include "tests/support/fake_api_server.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube/widget.h"

using namespace cerebral;
using test::FakeApiServer;
using test::FakeServerPlan;
using test::Widget;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int kSeeds = 100;  // sanitizers make a seed forty times as slow
#else
constexpr int kSeeds = 1'000;
#endif

/// One server, one reflector, one run to the end; complaints are collected, not asserted.
class Run {
public:
    explicit Run(const FakeServerPlan& plan)
        : plan_(plan), server_(clock_, plan, end_), client_(server_, access()), sink_(test::makeWidgetSink(store_)) {
        store_.setListener([this](const kube::Changes<Widget>& changes) { onChanges(changes); });
        kube::ReflectorOptions options;
        options.type = test::kWidgets;
        options.ns = "ns";
        options.pageSize = 7;
        options.seed = plan.seed;
        reflector_ = std::make_unique<kube::Reflector>(client_, *sink_, clock_,
                                                       std::make_shared<kube::ServerFeatures>(), options);
        server_.setObserver([this] { checkAge(); });
    }

    QString play() {
        reflector_->run(end_.get_token());
        if (complaint_.isEmpty()) compareWithServer();
        return complaint_;
    }

    [[nodiscard]] const std::map<std::string, int>& faults() const { return server_.faults(); }

private:
    kube::ClusterAccess access() {
        kube::ClusterAccess access;
        access.server = "https://fake";
        access.credentials = server_.credentials();
        return access;
    }

    void complain(const QString& text) {
        if (complaint_.isEmpty()) complaint_ = QStringLiteral("seed %1: %2").arg(plan_.seed).arg(text);
    }

    void onChanges(const kube::Changes<Widget>& changes) {
        for (const auto* list : {&changes.added, &changes.updated}) {
            for (const auto& widget : *list) {
                if (!applied_.emplace(widget->meta.uid, widget->meta.resourceVersion).second) {
                    complain("applied twice: " + QString::fromStdString(widget->meta.key()));
                }
            }
        }
        for (const auto& widget : changes.removed) {
            if (!removed_.insert(widget->meta.uid).second) {
                complain("removed twice: " + QString::fromStdString(widget->meta.key()));
            }
        }
    }

    void checkAge() {
        if (!reflector_) return;
        const kube::SyncState state = reflector_->state();
        if (!state.hasSynced) return;
        if (state.lastProof > server_.lastDelivery()) complain("claims to be younger than the last delivery");
        const bool exact = !plan_.dropEvents && !plan_.slowDrip;
        const auto untold = server_.oldestUntold();
        if (exact && untold && state.lastProof > *untold) complain("claims to be younger than an untold change");
    }

    void compareWithServer() {
        const auto held = store_.snapshot();
        if (held.size() != server_.objects().size()) {
            complain(
                QStringLiteral("holds %1 objects, the server %2").arg(held.size()).arg(server_.objects().size()));
        }
        for (const auto& widget : held) {
            const auto it = server_.objects().find(widget->meta.name);
            if (it == server_.objects().end()) {
                complain("holds what is gone: " + QString::fromStdString(widget->meta.name));
            } else if (it->second.uid != widget->meta.uid || it->second.size != widget->size ||
                       std::to_string(it->second.version) != widget->meta.resourceVersion) {
                complain("holds an old state of " + QString::fromStdString(widget->meta.name));
            }
        }
        const kube::SyncState state = reflector_->state();
        if (state.phase != kube::SyncPhase::Live || !state.hasSynced || !state.why.empty()) {
            complain("does not end live: " + QString::fromStdString(state.why));
        }
    }

    FakeServerPlan plan_;
    test::FakeClock clock_;
    std::stop_source end_;
    FakeApiServer server_;
    kube::KubeClient client_;
    kube::Store<Widget> store_;
    std::unique_ptr<kube::ObjectSink> sink_;
    std::unique_ptr<kube::Reflector> reflector_;
    std::set<std::pair<std::string, std::string>> applied_;
    std::set<std::string> removed_;
    QString complaint_;
};

FakeServerPlan planFor(std::uint64_t seed) {
    FakeServerPlan plan;
    plan.seed = seed;
    plan.watchList = static_cast<FakeServerPlan::WatchList>(seed % 3);
    plan.dropEvents = seed % 5 == 0;
    plan.slowDrip = seed % 7 == 0;
    plan.faultRate = seed % 11 == 0 ? 0.25 : 0.04;
    return plan;
}

}  // namespace

class ReflectorFaultsTest : public QObject {
    Q_OBJECT
private slots:
    void everySeedEndsEqualToTheServer() {
        std::map<std::string, int> met;
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            Run run(planFor(seed));
            const QString complaint = run.play();
            QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
            for (const auto& [fault, count] : run.faults()) met[fault] += count;
        }
        // A fault that never strikes tests nothing.
        QCOMPARE(met.size(), std::size_t{19});
        for (const auto& [fault, count] : met) QVERIFY2(count >= kSeeds / 10, fault.c_str());
    }

    void aQuietServerIsFollowedWithoutASecondList() {
        FakeServerPlan plan;
        plan.faultRate = 0;
        Run run(plan);
        QCOMPARE(run.play(), QString());
    }
};

CEREBRAL_TEST(ReflectorFaultsTest)
#include "reflector_faults_test.moc"
