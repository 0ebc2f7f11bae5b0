#include "core/analysis/run_differences.h"

#include <QTest>

#include "tests/support/test_main.h"

using namespace cerebral::analysis;

namespace {

const std::string kGreenCommit = "7f02d9c000000000000000000000000000000001";
const std::string kFailedCommit = "e03fa57b41d90c77ae0000000000000000000002";

RunFacts green() {
    RunFacts facts;
    facts.name = "data-services-7f02d9c0-1";
    facts.service = "data-services";
    facts.commit = kGreenCommit;
    facts.compareUrl = "https://github.com/baerautotech/cerebral/compare/aaaaaaa...7f02d9c";
    facts.baseImage = "r:5000/cerebral/ai-base:cuda";
    facts.baseDigest = "sha256:41c0aa7";
    facts.pipeline = "cerebral-microservice-pipeline";
    facts.serviceAccount = "cerebral-pipeline";
    facts.params = {{"revision", kGreenCommit}, {"branch", "main"}, {"old", "x"}, {"deploy", "true"}};
    return facts;
}

RunFacts failed() {
    RunFacts facts = green();
    facts.name = "data-services-e03fa57b-2";
    facts.commit = kFailedCommit;
    facts.compareUrl = "https://github.com/baerautotech/cerebral/compare/bbbbbbb...e03fa57";
    facts.baseDigest = "sha256:8d31f06";
    facts.params = {{"new", "y"}, {"revision", kFailedCommit}, {"branch", "main"}, {"deploy", "false"}};
    return facts;
}

}  // namespace

class RunDifferencesTest : public QObject {
    Q_OBJECT
private slots:
    void whatChangedAndWhatDidNot() {
        const RunDifferences d = differencesOf(green(), failed());
        QCOMPARE(d.greenRun, std::string("data-services-7f02d9c0-1"));
        QVERIFY(d.commit.sameness == Sameness::Changed);
        QCOMPARE(d.commit.before, kGreenCommit);
        QCOMPARE(d.commit.after, kFailedCommit);
        QCOMPARE(d.compareUrl,
                 "https://github.com/baerautotech/cerebral/compare/" + kGreenCommit + "..." + kFailedCommit);
        QVERIFY(d.baseImage.sameness == Sameness::Same);
        QVERIFY(d.baseDigest.sameness == Sameness::Changed);
        QVERIFY(d.pipeline.sameness == Sameness::Same);
        QVERIFY(d.serviceAccount.sameness == Sameness::Same);
        const std::vector<ParamChange> expected = {
            {"deploy", "true", "false"}, {"new", std::nullopt, "y"}, {"old", "x", std::nullopt}};
        QVERIFY(d.params == expected);
    }

    void anotherBranchIsNamed() {
        RunFacts older = green();
        RunFacts newer = failed();
        older.branch = newer.branch = "feature/retry";
        QVERIFY(differencesOf(older, newer).greenBranch.empty());
        older.branch = "main";
        QCOMPARE(differencesOf(older, newer).greenBranch, std::string("main"));
    }

    void unknownIsNotTheSame() {
        RunFacts older = green();
        older.baseDigest.clear();
        older.serviceAccount.clear();
        RunFacts newer = failed();
        newer.pipeline.clear();
        const RunDifferences d = differencesOf(older, newer);
        QVERIFY(d.baseDigest.sameness == Sameness::Unknown);
        QVERIFY(d.serviceAccount.sameness == Sameness::Unknown);
        QVERIFY(d.pipeline.sameness == Sameness::Unknown);
    }

    void compareUrlOnlyWhenItLeadsSomewhere() {
        RunFacts newer = failed();
        newer.compareUrl.clear();
        QVERIFY(differencesOf(green(), newer).compareUrl.ends_with("..." + kFailedCommit));
        RunFacts older = green();
        older.compareUrl = "javascript:alert(1)/compare/";
        QVERIFY(differencesOf(older, newer).compareUrl.empty());
        older.compareUrl = "https://x/> [y](z)/compare/a...b";
        QVERIFY(differencesOf(older, newer).compareUrl.empty());
        newer.compareUrl = failed().compareUrl;
        newer.commit = "main) [x](evil";
        QVERIFY(differencesOf(green(), newer).compareUrl.empty());
        newer.commit = kGreenCommit;
        QVERIFY(differencesOf(green(), newer).compareUrl.empty());
        QVERIFY(differencesOf(green(), newer).commit.sameness == Sameness::Same);
    }

    /// Without commits a param that differs is a param that differs.
    void paramsOfRunsWithoutCommit() {
        RunFacts older = green();
        older.commit.clear();
        RunFacts newer = failed();
        newer.commit.clear();
        QCOMPARE(differencesOf(older, newer).params.size(), std::size_t{4});
    }
};

CEREBRAL_TEST(RunDifferencesTest)
#include "run_differences_test.moc"
