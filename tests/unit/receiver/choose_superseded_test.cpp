#include "receiver/supersede/choose_superseded.h"

#include <QtTest/QtTest>

#include "core/tekton/run_labels.h"
#include "tests/support/test_main.h"

using namespace cerebral;
namespace labels = tekton::labels;

namespace {

constexpr const char* kRepository = "BAERAutoTech/cerebral";

tekton::PipelineRun run(const std::string& name, const std::string& pushedAt) {
    tekton::PipelineRun run;
    run.meta.name = name;
    run.meta.labels.set(labels::kTrigger, "push");
    run.meta.annotations.set(labels::kRepository, kRepository);
    if (!pushedAt.empty()) run.meta.annotations.set(labels::kPushedAt, pushedAt);
    run.condition = tekton::ConditionStatus::Unknown;
    run.reason = "Running";
    return run;
}

tekton::PipelineRun rebuild(const std::string& name, const std::string& receivedAt) {
    tekton::PipelineRun made = run(name, "");
    made.meta.labels.set(labels::kTrigger, "rebuild");
    made.meta.annotations.set(labels::kReceivedAt, receivedAt);
    return made;
}

/// "older by newer, …".
QString chosen(const std::vector<tekton::PipelineRun>& runs) {
    std::vector<kube::ObjectPtr<tekton::PipelineRun>> pointers;
    for (const auto& run : runs) pointers.push_back(std::make_shared<const tekton::PipelineRun>(run));
    QStringList texts;
    for (const auto& one : receiver::chooseSuperseded(pointers, kRepository)) {
        texts << QString::fromStdString(one.run + " by " + one.by);
    }
    return texts.join(", ");
}

}  // namespace

class ChooseSupersededTest : public QObject {
    Q_OBJECT
private slots:
    void theNewestPushStaysInWhateverOrderTheyCame() {
        const auto a = run("a", "1795423200");
        const auto b = run("b", "1795423300");
        const auto c = run("c", "1795423400");
        QCOMPARE(chosen({a, b, c}), QString("a by c, b by c"));
        QCOMPARE(chosen({c, b, a}), QString("b by c, a by c"));
        QCOMPARE(chosen({b}), QString());
        QCOMPARE(chosen({}), QString());
    }

    /// Cancelling on a guess would lose a build.
    void whatCannotBeDatedIsLeftAlone() {
        QCOMPARE(chosen({run("a", ""), run("b", "1795423300")}), QString());
        QCOMPARE(chosen({run("a", "yesterday"), run("b", "1795423300")}), QString());
        QCOMPARE(chosen({run("a", "-5"), run("b", "0")}), QString());
        QCOMPARE(chosen({run("a", "1795423300"), run("b", "1795423300")}), QString());
    }

    void bothOfGitHubsSpellingsAreOneTime() {
        QVERIFY(receiver::parsePushedAt("1795423260") == receiver::parsePushedAt("2026-11-23T08:41:00Z"));
        QCOMPARE(chosen({run("a", "2026-11-23T08:41:00Z"), run("b", "1795423261")}), QString("a by b"));
        QVERIFY(!receiver::parsePushedAt(""));
        QVERIFY(!receiver::parsePushedAt("1795423260 "));
        QVERIFY(!receiver::parsePushedAt("99999999999999999999"));
    }

    void whatHasEndedOrIsEndingIsNotCancelledButStillCounts() {
        auto finished = run("b", "1795423300");
        finished.condition = tekton::ConditionStatus::True;
        finished.reason = "Succeeded";
        QCOMPARE(chosen({run("a", "1795423200"), finished}), QString("a by b"));
        auto ending = run("a", "1795423200");
        ending.specStatus = "CancelledRunFinally";
        QCOMPARE(chosen({ending, finished}), QString());
    }

    void aRebuildGivesWayToALaterPushAndMakesNoneGiveWay() {
        const auto push = run("push", "1795423260");
        QCOMPARE(chosen({push, rebuild("before", "2026-11-23T08:40:59.000Z")}), QString("before by push"));
        QCOMPARE(chosen({push, rebuild("after", "2026-11-23T08:41:30.000Z")}), QString());
        QCOMPARE(chosen({rebuild("one", "2026-11-23T08:41:00Z"), rebuild("two", "2026-11-23T08:42:00Z")}), QString());
    }

    void anotherRepositorysRunsDoNotCount() {
        auto other = run("other", "1795423900");
        other.meta.annotations.set(labels::kRepository, "somebody/else");
        QCOMPARE(chosen({run("a", "1795423200"), other}), QString());
    }
};

CEREBRAL_TEST(ChooseSupersededTest)
#include "choose_superseded_test.moc"
