#include "core/kube/session/run_scopes.h"

#include <QtTest/QtTest>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using session::RunScopes;
using tekton::ConditionStatus;

namespace {

kube::ObjectPtr<tekton::PipelineRun> run(const std::string& name, ConditionStatus status, int minute) {
    auto made = std::make_shared<tekton::PipelineRun>();
    made->meta.name = name;
    made->meta.creationTimestamp = WallTime(std::chrono::minutes(minute));
    made->condition = status;
    return made;
}

kube::Changes<tekton::PipelineRun> added(std::vector<kube::ObjectPtr<tekton::PipelineRun>> runs) {
    kube::Changes<tekton::PipelineRun> changes;
    changes.added = std::move(runs);
    return changes;
}

}  // namespace

class RunScopesTest : public QObject {
    Q_OBJECT
private slots:
    void unfinishedAndTheNewestFinishedRunsAreNeeded() {
        RunScopes scopes(2);
        scopes.apply(added({run("old", ConditionStatus::True, 1), run("older", ConditionStatus::False, 0),
                            run("new", ConditionStatus::True, 3), run("newer", ConditionStatus::False, 4),
                            run("going", ConditionStatus::Unknown, 0), run("begun", ConditionStatus::Missing, 5)}));
        QCOMPARE(scopes.selectors(), std::vector<std::string>{"tekton.dev/pipelineRun in (begun,going,new,newer)"});
    }

    void withoutRunsNothingIsNamed() {
        RunScopes scopes(2);
        QVERIFY(scopes.selectors().empty());
    }

    void anOpenedRunIsListedOnceAndKept() {
        RunScopes scopes(0);
        scopes.apply(added({run("old", ConditionStatus::True, 1)}));
        QVERIFY(scopes.selectors().empty());
        QVERIFY(scopes.open("old"));
        QCOMPARE(scopes.selectors(), std::vector<std::string>{"tekton.dev/pipelineRun in (old)"});
        QVERIFY(!scopes.open("old"));  // at hand now
        scopes.close("old");
        QCOMPARE(scopes.selectors().size(), std::size_t{1});  // still opened once
        scopes.close("old");
        QVERIFY(scopes.selectors().empty());
        scopes.close("never opened");
    }

    void aRunThatBeganUnderTheWatchesNeedsNoList() {
        RunScopes scopes(0);
        scopes.apply(added({run("before", ConditionStatus::True, 1)}));
        QVERIFY(scopes.selectors().empty());
        scopes.apply(added({run("after", ConditionStatus::Unknown, 2)}));
        QVERIFY(!scopes.open("after"));
        QVERIFY(scopes.open("before"));
        kube::Changes<tekton::PipelineRun> gone;
        gone.removed = {run("after", ConditionStatus::Unknown, 2)};
        scopes.apply(gone);
        scopes.close("after");
        QVERIFY(scopes.open("after"));  // another run may bear the name now
    }

    void manyRunsAreSpreadOverSelectors() {
        RunScopes scopes(0);
        std::vector<kube::ObjectPtr<tekton::PipelineRun>> runs;
        for (int i = 0; i < 95; ++i) runs.push_back(run("r" + std::to_string(i), ConditionStatus::Unknown, i));
        scopes.apply(added(runs));
        const auto selectors = scopes.selectors();
        QCOMPARE(selectors.size(), std::size_t{3});
        std::ptrdiff_t names = 0;
        for (const std::string& selector : selectors) {
            QVERIFY(selector.starts_with("tekton.dev/pipelineRun in (r"));
            QVERIFY(selector.ends_with(")"));
            names += 1 + std::count(selector.begin(), selector.end(), ',');
        }
        QCOMPARE(names, std::ptrdiff_t{95});
    }
};

CEREBRAL_TEST(RunScopesTest)
#include "run_scopes_test.moc"
