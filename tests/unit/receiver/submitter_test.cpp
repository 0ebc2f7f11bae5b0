#include "receiver/submit/submitter.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <atomic>
#include <future>

#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;
using receiver::RunOutcome;
using receiver::RunState;
using receiver::Settled;

namespace {

/// Answers each name's creates in turn, then with success; keeps what was asked.
class ScriptedCreator final : public receiver::RunCreator {
public:
    void answer(const std::string& manifest, ErrorKind kind) {
        const std::scoped_lock lock(mutex_);
        script_[manifest].push_back(kind);
    }
    Result<void> create(const std::string& manifest, std::stop_token stop) override {
        const std::scoped_lock lock(mutex_);
        asked_.push_back(manifest);
        if (away) return fail(ErrorKind::Unreachable, "connection refused");
        if (stop.stop_requested()) return fail(ErrorKind::Cancelled, "cancelled");
        auto& answers = script_[manifest];
        if (answers.empty()) return {};
        const ErrorKind kind = answers.front();
        answers.pop_front();
        return fail(kind, "scripted " + std::string(toString(kind)));
    }
    [[nodiscard]] std::size_t askedFor(const std::string& manifest) {
        const std::scoped_lock lock(mutex_);
        return static_cast<std::size_t>(std::count(asked_.begin(), asked_.end(), manifest));
    }
    [[nodiscard]] std::size_t asked() {
        const std::scoped_lock lock(mutex_);
        return asked_.size();
    }
    std::atomic<bool> away{false};

private:
    std::mutex mutex_;
    std::map<std::string, std::deque<ErrorKind>> script_;
    std::vector<std::string> asked_;
};

}  // namespace

/// The spool, the dead letters and the workers are real; only the API server is scripted.
class SubmitterTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    SystemClock clock_;
    receiver::Failpoints none_;
    std::unique_ptr<receiver::Metrics> metrics_;
    std::unique_ptr<receiver::Spool> spool_;
    std::unique_ptr<receiver::DeadLetters> letters_;
    std::unique_ptr<ScriptedCreator> creator_;
    std::unique_ptr<receiver::Submitter> submitter_;
    std::atomic<int> existing_{0};

    void spool(const std::string& name) {
        receiver::SpooledRun run;
        run.name = name;
        run.delivery = "d-" + name;
        run.manifest = "\"" + name + "\"";
        std::promise<void> added;
        spool_->add({run}, [&](const auto&) { added.set_value(); });
        added.get_future().wait();
    }
    std::future<Settled> submit(const std::string& name, const std::string& manifest) {
        auto promise = std::make_shared<std::promise<Settled>>();
        submitter_->submit(name, manifest, [promise](const Settled& settled) { promise->set_value(settled); });
        return promise->get_future();
    }
    std::future<Settled> spoolAndSubmit(const std::string& name) {
        spool(name);
        return submit(name, "\"" + name + "\"");
    }
    RunState stateOf(const std::string& name) {
        spool_->flush();
        return (*spool_->find(name))->state;
    }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        metrics_ = std::make_unique<receiver::Metrics>();
        spool_ = std::move(*receiver::Spool::open(folder_->path().toStdString(), clock_, *log_, none_));
        letters_ =
            std::make_unique<receiver::DeadLetters>(*receiver::DeadLetters::open(folder_->path().toStdString()));
        creator_ = std::make_unique<ScriptedCreator>();
        existing_ = 0;
        submitter_ = std::make_unique<receiver::Submitter>(
            receiver::Submitter::Parts{*creator_, *spool_, *letters_, *metrics_, clock_, *log_, none_}, 3,
            [this](const std::string&) { ++existing_; });
    }
    void cleanup() {
        submitter_.reset();
        spool_.reset();
    }

    void aRefusalIsADeadLetterAndIsNotTriedAgain() {
        creator_->answer("\"a\"", ErrorKind::Forbidden);
        const Settled settled = spoolAndSubmit("a").get();
        QCOMPARE(settled.outcome, RunOutcome::Refused);
        QCOMPARE(settled.reason, std::string("scripted forbidden"));
        QVERIFY(submitter_->waitUntilIdle(20s));
        QCOMPARE(stateOf("a"), RunState::Dead);
        QCOMPARE(letters_->count(), std::size_t{1});
        QCOMPARE(existing_.load(), 0);
        QCOMPARE(creator_->asked(), std::size_t{1});
        // Asked again, by a redelivery, it may go through: then the letter goes.
        QCOMPARE(spoolAndSubmit("a").get().outcome, RunOutcome::Created);
        QCOMPARE(letters_->count(), std::size_t{0});
        QCOMPARE(stateOf("a"), RunState::Created);
    }

    void whatExistsAlreadyIsADuplicate() {
        creator_->answer("\"a\"", ErrorKind::AlreadyExists);
        QCOMPARE(spoolAndSubmit("a").get().outcome, RunOutcome::Duplicate);
        QCOMPARE(stateOf("a"), RunState::Created);
        QCOMPARE(existing_.load(), 1);
    }

    /// The first try broke off and had been carried out: that it exists now is our own doing.
    void afterAnUnknownOutcomeTheSameNameIsTriedAndOurs() {
        creator_->answer("\"a\"", ErrorKind::ConnectionLost);
        creator_->answer("\"a\"", ErrorKind::AlreadyExists);
        spool("a");
        // Whoever waits is told at once that it will take longer, and not twice.
        const Settled settled = submit("a", "\"a\"").get();
        QCOMPARE(settled.outcome, RunOutcome::Queued);
        QCOMPARE(settled.reason, std::string("scripted connection-lost"));
        QVERIFY(submitter_->waitUntilIdle(20s));
        QCOMPARE(creator_->askedFor("\"a\""), std::size_t{2});
        QCOMPARE(stateOf("a"), RunState::Created);
        QVERIFY(metrics_->text().find("pipelineruns_total{outcome=\"created\"} 1") != std::string::npos);
        QVERIFY(metrics_->text().find("api_errors_total{kind=\"connection-lost\"} 1") != std::string::npos);
    }

    void whoAsksForWhatIsBeingRetriedIsToldSo() {
        creator_->answer("\"a\"", ErrorKind::QuotaExceeded);
        QCOMPARE(spoolAndSubmit("a").get().outcome, RunOutcome::Queued);
        const Settled second = submit("a", "\"a\"").get();
        QCOMPARE(second.outcome, RunOutcome::Queued);
        QCOMPARE(second.reason, std::string("scripted quota-exceeded"));
        QCOMPARE(submitter_->depth(), std::size_t{1});
        QCOMPARE(creator_->asked(), std::size_t{1});
    }

    void whileTheServerIsAwayOneProbesAndThenAllGo() {
        creator_->away = true;
        QCOMPARE(spoolAndSubmit("first").get().outcome, RunOutcome::Queued);
        std::vector<std::future<Settled>> waiting;
        for (int i = 0; i < 30; ++i) waiting.push_back(spoolAndSubmit("run-" + std::to_string(i)));
        for (auto& one : waiting) {
            const Settled settled = one.get();
            QCOMPARE(settled.outcome, RunOutcome::Queued);
            QCOMPARE(settled.reason, std::string("the API server cannot be reached"));
        }
        QVERIFY(creator_->asked() < 10);  // probes, not thirty tries
        creator_->away = false;
        QVERIFY(submitter_->waitUntilIdle(30s));
        QCOMPARE(existing_.load(), 31);
        spool_->flush();
        const auto unfinished = spool_->unfinished();
        QCOMPARE(unfinished->size(), std::size_t{31});
        for (const auto& run : *unfinished) QCOMPARE(run.state, RunState::Created);
    }

    /// After a restart only names are known; manifests are read when their turn comes.
    void aManifestIsReadFromTheSpool() {
        spool("a");
        QCOMPARE(submit("a", "").get().outcome, RunOutcome::Created);
        QCOMPARE(creator_->askedFor("\"a\""), std::size_t{1});
        const Settled gone = submit("never spooled", "").get();
        QCOMPARE(gone.outcome, RunOutcome::Queued);
        QCOMPARE(gone.reason, std::string("the spool no longer holds it"));
        QVERIFY(submitter_->waitUntilIdle(20s));
    }

    void theEndLeavesInTheSpoolWhatIsNotSettled() {
        creator_->answer("\"a\"", ErrorKind::ServerError);
        QCOMPARE(spoolAndSubmit("a").get().outcome, RunOutcome::Queued);
        creator_->away = true;
        submitter_->stop();
        QCOMPARE(stateOf("a"), RunState::Pending);
        QCOMPARE(spool_->unfinished()->size(), std::size_t{1});
    }
};

CEREBRAL_TEST(SubmitterTest)
#include "submitter_test.moc"
