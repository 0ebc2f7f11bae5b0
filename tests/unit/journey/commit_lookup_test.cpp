// "Is my commit live?" over long histories: what is found, and that a short beginning is not answered with
// everything.

#include <QtTest/QtTest>

#include "core/journey/verdict.h"
#include "core/tekton/run_labels.h"
#include "tests/support/test_main.h"
#include "tests/unit/journey/many_pushes.h"

using namespace cerebral;
using journey::Answer;
using journey::PushBook;
using journey::Verdict;
using test::ManyPushes;

namespace {

constexpr std::size_t kServices = 3;

struct Filled {
    ManyPushes pushes;
    PushBook book;

    Filled(std::size_t count, std::size_t commonDigits) : pushes(count, kServices, commonDigits) {
        pushes.fill(book);
        (void)book.update();
    }
};

Answer onlyAnswer(const PushBook& book, const std::string& commit) {
    const auto answers = journey::isLive(book, commit);
    return answers.size() == 1 ? answers.front() : Answer{};
}

}  // namespace

class CommitLookupTest : public QObject {
    Q_OBJECT
private slots:
    void everyBeginningFindsItsCommit() {
        const Filled world(300, 0);
        for (std::size_t i = 0; i < 300; ++i) {
            const std::string commit = world.pushes.commit(i);
            for (const std::size_t digits : {8U, 20U, 40U}) {
                const auto found = world.book.findCommit(commit.substr(0, digits));
                QCOMPARE(found.size(), std::size_t{1});
                QCOMPARE(found.front()->commit, commit);
            }
        }
        QVERIFY(world.book.findCommit("").empty());
        QVERIFY(world.book.findCommit("ffffffff").empty());
        QCOMPARE(onlyAnswer(world.book, "ffffffff").verdict, Verdict::Unknown);
    }

    void aLaterPushThatIsLiveIncludesTheOldest() {
        const Filled world(2'000, 0);
        QCOMPARE(onlyAnswer(world.book, world.pushes.commit(1'999)).verdict, Verdict::Live);
        const Answer oldest = onlyAnswer(world.book, world.pushes.commit(0));
        QCOMPARE(oldest.verdict, Verdict::Included);
        // 1,998 is the last push that built service-0.
        QCOMPARE(oldest.byCommit, world.pushes.commit(1'998));
        QCOMPARE(oldest.ready, 1);
    }

    void manyCommitsWithOneBeginningAreNotAnsweredEach() {
        const Filled few(journey::kMostCommits, 12);
        QVERIFY(!journey::isAmbiguous(few.book, "cccc"));
        QCOMPARE(journey::isLive(few.book, "cccc").size(), journey::kMostCommits);

        Filled many(journey::kMostCommits + 1, 12);
        QVERIFY(journey::isAmbiguous(many.book, "cccc"));
        const Answer answer = onlyAnswer(many.book, "cccc");
        QCOMPARE(answer.verdict, Verdict::Ambiguous);
        QCOMPARE(answer.commit, std::string("cccc"));
        QVERIFY(answer.pushKey.empty() && answer.service.empty());
        QCOMPARE(journey::sentence(answer, {}),
                 std::string("is ambiguous: more than 8 commits begin so; give more characters"));
        QCOMPARE(onlyAnswer(many.book, many.pushes.commit(0)).commit, many.pushes.commit(0));

        // One goes, and the rest can be answered again.
        kube::Changes<tekton::PipelineRun> gone;
        gone.removed.push_back(many.pushes.run(4));
        many.book.apply(gone);
        (void)many.book.update();
        QVERIFY(!journey::isAmbiguous(many.book, "cccc"));
        QVERIFY(many.book.findCommit(many.pushes.commit(4)).empty());
    }

    void rebuildsOfOneCommitAreOneCommit() {
        PushBook book;
        const ManyPushes pushes(1, 1);
        for (int i = 0; i < 30; ++i) {
            tekton::PipelineRun rebuild = *pushes.run(0);
            rebuild.meta.name += "-" + std::to_string(i);
            rebuild.meta.uid += "-" + std::to_string(i);
            rebuild.meta.annotations.set(tekton::labels::kRequestId, std::to_string(i));
            book.applyAll<tekton::PipelineRun>({std::make_shared<const tekton::PipelineRun>(rebuild)});
        }
        (void)book.update();
        QCOMPARE(book.findCommit(pushes.commit(0).substr(0, 4)).size(), std::size_t{30});
        QVERIFY(!journey::isAmbiguous(book, pushes.commit(0).substr(0, 4)));
    }

    /// Every poll of the receiver brings all deliveries; only what differs may cost anything.
    void deliveriesThatSayTheSameChangeNothing() {
        Filled world(50, 0);
        std::vector<journey::DeliveryRecord> records;
        for (std::size_t i = 0; i < 50; ++i) {
            journey::DeliveryRecord record;
            record.delivery = world.pushes.delivery(i);
            record.after = world.pushes.commit(i);
            record.status = "created";
            record.answeredAt = world.book.findCommit(record.after).front()->begunAt + std::chrono::milliseconds(20);
            records.push_back(record);
        }
        world.book.setDeliveries(records);
        QCOMPARE(world.book.update().changed.size(), std::size_t{50});
        world.book.setDeliveries(records);
        QVERIFY(world.book.update().empty());
        records[7].answeredAt = *records[7].answeredAt + std::chrono::milliseconds(5);
        world.book.setDeliveries(records);
        const auto changes = world.book.update();
        QCOMPARE(changes.changed.size(), std::size_t{1});
        QCOMPARE(changes.changed.front()->delivery, records[7].delivery);
        world.book.setDeliveries({});
        QCOMPARE(world.book.update().changed.size(), std::size_t{50});
    }
};

CEREBRAL_TEST(CommitLookupTest)
#include "commit_lookup_test.moc"
