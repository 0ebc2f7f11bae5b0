#include "receiver/delivery/answer.h"

#include <QJsonDocument>
#include <QtTest/QtTest>

#include "receiver/delivery/pending_answer.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using receiver::DeliveryAnswer;
using receiver::PendingAnswer;
using receiver::RunAnswer;
using receiver::RunOutcome;

namespace {

std::vector<RunAnswer> queued(std::initializer_list<const char*> names) {
    std::vector<RunAnswer> runs;
    for (const char* name : names) runs.push_back({name, "s", RunOutcome::Queued, ""});
    return runs;
}

struct Asked {
    std::vector<DeliveryAnswer> answers;
    PendingAnswer pending;

    explicit Asked(std::initializer_list<const char*> names)
        : pending("d", "why", queued(names),
                  [this](DeliveryAnswer answer) { answers.push_back(std::move(answer)); }) {}
};

}  // namespace

class AnswerTest : public QObject {
    Q_OBJECT
private slots:
    /// Refused before queued before created before duplicate.
    void theWorstOfSeveralRunsIsTheStatus_data() {
        QTest::addColumn<QList<int>>("outcomes");
        QTest::addColumn<int>("httpStatus");
        QTest::addColumn<QString>("status");
        const int created = static_cast<int>(RunOutcome::Created);
        const int duplicate = static_cast<int>(RunOutcome::Duplicate);
        const int waiting = static_cast<int>(RunOutcome::Queued);
        const int refused = static_cast<int>(RunOutcome::Refused);
        QTest::newRow("one refused") << QList<int>{created, waiting, refused, duplicate} << 502 << "refused";
        QTest::newRow("one queued") << QList<int>{created, duplicate, waiting} << 202 << "queued";
        QTest::newRow("one created") << QList<int>{duplicate, created, duplicate} << 200 << "created";
        QTest::newRow("all duplicates") << QList<int>{duplicate, duplicate} << 200 << "duplicate";
    }
    void theWorstOfSeveralRunsIsTheStatus() {
        QFETCH(QList<int>, outcomes);
        std::vector<RunAnswer> runs;
        for (const int outcome : outcomes) runs.push_back({"n", "s", static_cast<RunOutcome>(outcome), ""});
        const auto answer = receiver::summarize("d", "r", runs);
        QTEST(answer.httpStatus, "httpStatus");
        QTEST(QString::fromStdString(answer.status), "status");
    }

    void theBodyIsOneJsonObjectWhateverIsInIt() {
        const DeliveryAnswer answer{
            502, "refused", "d\xff", "a \"reason\"\n", {{"n", "s", RunOutcome::Refused, "no"}}};
        const std::string body = receiver::answerJson(answer);
        QVERIFY(body.ends_with("}\n"));
        QJsonParseError error;
        const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromStdString(body), &error);
        QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
        QCOMPARE(json["reason"].toString(), QString("a \"reason\"\n"));
        QCOMPARE(json["pipelineRuns"][0]["outcome"].toString(), QString("refused"));
        QCOMPARE(json["pipelineRuns"][0]["reason"].toString(), QString("no"));
    }

    void itWaitsForEveryRunAndAnswersOnce() {
        Asked asked({"a", "b"});
        asked.pending.settle({"a", RunOutcome::Created, ""});
        asked.pending.settle({"a", RunOutcome::Created, ""});  // told twice
        asked.pending.settle({"of another delivery", RunOutcome::Created, ""});
        QVERIFY(asked.answers.empty());
        asked.pending.settle({"b", RunOutcome::Duplicate, ""});
        QCOMPARE(asked.answers.size(), std::size_t{1});
        QCOMPARE(asked.answers[0].status, std::string("created"));
        asked.pending.expire();
        asked.pending.failUnsafe("late");
        QCOMPARE(asked.answers.size(), std::size_t{1});
    }

    void whatIsNotKnownInTimeIsQueued() {
        Asked asked({"a", "b"});
        asked.pending.settle({"a", RunOutcome::Created, ""});
        asked.pending.expire();
        QCOMPARE(asked.answers.size(), std::size_t{1});
        QCOMPARE(asked.answers[0].httpStatus, 202);
        QCOMPARE(asked.answers[0].runs[0].outcome, RunOutcome::Created);
        QCOMPARE(asked.answers[0].runs[1].outcome, RunOutcome::Queued);
        asked.pending.settle({"b", RunOutcome::Created, ""});
        QCOMPARE(asked.answers.size(), std::size_t{1});
    }

    void whatCouldNotBeMadeSafeIsSaidSo() {
        Asked asked({"a"});
        asked.pending.failUnsafe("the disk is full");
        QCOMPARE(asked.answers.size(), std::size_t{1});
        QCOMPARE(asked.answers[0].httpStatus, 503);
        QCOMPARE(asked.answers[0].status, std::string("unsafe"));
        QCOMPARE(asked.answers[0].reason, std::string("the disk is full"));
        QVERIFY(asked.answers[0].runs.empty());
    }
};

CEREBRAL_TEST(AnswerTest)
#include "answer_test.moc"
