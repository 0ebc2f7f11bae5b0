#include "core/analysis/failure_card.h"

#include <QFile>
#include <QTest>

#include "core/analysis/explain.h"
#include "core/analysis/markdown.h"
#include "core/base/time_format.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::analysis;

namespace {

std::string recorded(const QString& path) {
    QFile file(QStringLiteral(CEREBRAL_TEST_DATA "/captures/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

WallTime at(std::string_view text) {
    return parseRfc3339(text).value();
}

/// The recorded failure of broken-services, beside a green run made for it.
FailureCard recordedCard() {
    const auto error = analyseStepLog(
        recorded("logs/broken-services-main-sm9gg-kaniko-build-task-pod.step-build.log"), Timestamps::Present);
    RunFacts green;
    green.name = "broken-services-main-x1";
    green.service = "broken-services";
    green.commit = "735a525e5960df2fe834a78ea3a1bb5062584a05";
    green.compareUrl = "https://github.com/baerautotech/cerebral/compare/000000000000...735a525e5960";
    green.baseImage = "127.0.0.1:5000/cerebral/ai-base:cpu";
    green.pipeline = "cerebral-microservice-pipeline";
    green.serviceAccount = "cerebral-pipeline";
    green.params = {{"context", "microservices/broken"}, {"dockerfile", "Dockerfile"}};
    green.created = at("2026-11-22T17:48:00Z");
    RunFacts failed = green;
    failed.commit = "8fe4c580c23009cba72fe91d005ae42b8e73bdf6";
    failed.baseDigest = "sha256:8d31f06";
    failed.params = {{"context", "microservices/broken-services"}, {"deployment", "broken-services"}};

    FailureCard card;
    card.service = "broken-services";
    card.branch = "main";
    card.commit = failed.commit;
    card.commitMessage = "feat: data, bmad and a broken service";
    card.run = "broken-services-main-sm9gg";
    card.task = "kaniko-build-task";
    card.step = "build";
    card.explanation = explainStepEnd({1, "Error", "", ""});
    card.after = std::chrono::seconds(112);
    card.seen = Seen{3, 90, at("2026-11-02T10:00:00Z"), "knowledge-services"};
    card.excerpt = error->excerpt;
    card.byLevel = error->byLevel;
    card.differences = differencesOf(green, failed);
    card.pod = "broken-services-main-sm9gg-kaniko-build-task-pod";
    card.events = {{at("2026-11-23T07:03:06Z"), false, "Scheduled", "Successfully assigned to node1", 1},
                   {at("2026-11-23T07:03:07Z"), false, "Pulled", "Container image already present on machine", 3},
                   {at("2026-11-23T07:03:08Z"), true, "Failed", "\"step-build\" exited with code 1: Error", 1}};
    card.link = "cerebral://run/tekton-pipelines/broken-services-main-sm9gg";
    return card;
}

/// A run that failed before any pod was there, with names that try to break out.
FailureCard hostileCard() {
    FailureCard card;
    card.service = "`@everyone`";
    card.branch = "main` <script>";
    card.commit = "c0ffee0";
    card.commitMessage = "``` \n# not a heading";
    card.run = "r";
    card.explanation = "the pipeline could not be found";
    Excerpt excerpt;
    excerpt.firstNumber = 99;
    excerpt.errorNumber = 100;
    excerpt.totalLines = 100;
    excerpt.lines = {"```", "````` [x](javascript:1)"};
    card.excerpt = excerpt;
    card.seen = Seen{1, 90, {}, ""};
    card.firstRun = true;
    return card;
}

}  // namespace

class FailureCardTest : public QObject {
    Q_OBJECT
private slots:
    /// What could not be read is not said to be empty.
    void saysWhatCouldNotBeRead() {
        FailureCard card = recordedCard();
        card.excerpt.reset();
        card.events.clear();
        QVERIFY(toMarkdown(card).find("The step left no log.") != std::string::npos);
        card.logProblem = "account auditor may not get pods/log in tekton-pipelines";
        card.eventsProblem = "account auditor may not list events in tekton-pipelines";
        const std::string text = toMarkdown(card);
        QVERIFY(text.find("left no log") == std::string::npos);
        QVERIFY(text.find("The log is not available: `account auditor may not get pods/log") != std::string::npos);
        QVERIFY(text.find("Pod events are not available: `account auditor may not list") != std::string::npos);
    }

    void aGreenRunOfAnotherBranchIsNamed() {
        FailureCard card = recordedCard();
        card.differences->greenBranch = "main";
        QVERIFY(toMarkdown(card).find("the last green run** `broken-services-main-x1` on `main`, 2026-11-22T") !=
                std::string::npos);
    }

    void markdown_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("recorded") << QByteArray::fromStdString(toMarkdown(recordedCard()));
        QTest::newRow("hostile") << QByteArray::fromStdString(toMarkdown(hostileCard()));
        QTest::newRow("empty") << QByteArray::fromStdString(toMarkdown({}));
    }
    void markdown() {
        QFETCH(QByteArray, text);
        QFile golden(QStringLiteral(CEREBRAL_TEST_DATA "/failure/%1.md").arg(QTest::currentDataTag()));
        if (!golden.exists() && golden.open(QIODevice::WriteOnly)) {
            golden.write(text);
            QFAIL("the golden file was missing and is written now: read it");
        }
        QVERIFY(golden.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(text), QString::fromUtf8(golden.readAll()));
    }

    void headlines() {
        QCOMPARE(headline(recordedCard()), std::string("kaniko-build-task, step build: exit code 1"));
        QCOMPARE(headline(hostileCard()), std::string("the pipeline could not be found"));
        FailureCard card;
        card.task = "t";
        QCOMPARE(headline(card), std::string("t"));
    }

    void manyEventsAreCutToTheLast() {
        FailureCard card = recordedCard();
        for (int i = 0; i < 30; ++i) card.events.push_back(card.events.back());
        const QString text = QString::fromStdString(toMarkdown(card));
        QVERIFY(text.contains("- 13 earlier ones left out\n"));
        QVERIFY(!text.contains("Scheduled"));
        QCOMPARE(text.count("**`Failed`**"), 20);
    }

    void codeCannotBeLeft_data() {
        QTest::addColumn<QString>("code");
        QTest::newRow("plain") << "`plain`";
        QTest::newRow("a`b") << "``a`b``";
        QTest::newRow("`a") << "`` `a ``";
        QTest::newRow("``") << "``` `` ```";
        QTest::newRow("a\nb") << "`a b`";
        QTest::newRow(" a ") << "`  a  `";
    }
    void codeCannotBeLeft() {
        QFETCH(QString, code);
        QCOMPARE(QString::fromStdString(analysis::markdown::code(QTest::currentDataTag())), code);
    }
};

CEREBRAL_TEST(FailureCardTest)
#include "failure_card_test.moc"
