#include "receiver/spool/spool.h"

#include <sys/resource.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <atomic>
#include <csignal>
#include <future>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;
using receiver::Added;
using receiver::RunState;
using receiver::Spool;
using receiver::SpooledRun;

namespace {

SpooledRun run(const std::string& name) {
    SpooledRun run;
    run.name = name;
    run.delivery = "d";
    run.manifest = std::string(2'000, 'm');
    return run;
}

/// No file of this process may grow, as on a full disk.
class FullDisk {
public:
    FullDisk() {
        getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        rlimit none{0, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

}  // namespace

class SpoolTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    test::FakeClock clock_;
    receiver::Failpoints none_;

    std::unique_ptr<Spool> open() {
        return std::move(*Spool::open(folder_->path().toStdString(), clock_, *log_, none_));
    }
    static Result<std::vector<Added>> add(Spool& spool, std::vector<SpooledRun> runs) {
        std::promise<Result<std::vector<Added>>> added;
        spool.add(std::move(runs), [&](Result<std::vector<Added>> result) { added.set_value(std::move(result)); });
        return added.get_future().get();
    }

private slots:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void whatCannotBeWrittenIsSaidAndNotHalfKept() {
        const auto spool = open();
        QVERIFY(add(*spool, {run("before")}).has_value());
        {
            const FullDisk full;
            const auto added = add(*spool, {run("a"), run("b")});
            QVERIFY(!added);
            QCOMPARE(added.error().kind, ErrorKind::Io);
            QVERIFY(!spool->healthy());
            spool->mark("before", RunState::Done, "");
            spool->flush();  // does not hang
        }
        // The disk has room again; nobody has to start anew.
        const auto again = add(*spool, {run("a"), run("b")});
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QVERIFY((*again == std::vector{Added::New, Added::New}));
        QVERIFY(spool->healthy());
        QCOMPARE((*spool->find("before"))->state, RunState::Pending);
    }

    void theCallerHearsWhenItIsOnDiskAndItIs() {
        {
            const auto spool = open();
            const auto added = add(*spool, {run("a"), run("a"), run("b")});
            QVERIFY((added.value() == std::vector{Added::New, Added::AlreadyPending, Added::New}));
            spool->mark("a", RunState::Done, "");
            spool->record(
                {"d", clock_.now(), "push", "r", "refs/heads/main", "", "created", "", 200, 1.5, {"a", "b"}});
        }
        const auto spool = open();
        QCOMPARE(spool->unfinished()->size(), std::size_t{1});
        QCOMPARE(spool->unfinished()->front().name, std::string("b"));
        QCOMPARE(spool->deliveries(10)->size(), std::size_t{1});
    }

    void manyAtOnceAreEachAnsweredAndKept() {
        const auto spool = open();
        constexpr int kThreads = 8;
        constexpr int kEach = 200;
        std::atomic<int> added = 0;
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < kEach; ++i) {
                    spool->add({run(std::to_string(t) + "-" + std::to_string(i))},
                               [&](const Result<std::vector<Added>>& result) {
                                   if (result && *result == std::vector{Added::New}) ++added;
                               });
                }
            });
        }
        threads.clear();
        spool->flush();
        QCOMPARE(added.load(), kThreads * kEach);
        QCOMPARE(spool->unfinished()->size(), static_cast<std::size_t>(kThreads * kEach));
    }

    void theEndWritesWhatIsQueued() {
        std::atomic<int> added = 0;
        {
            const auto spool = open();
            for (int i = 0; i < 1'000; ++i) {
                spool->add({run(std::to_string(i))}, [&](const Result<std::vector<Added>>& result) {
                    if (result) ++added;
                });
            }
            spool->stop();
            spool->stop();
        }
        QCOMPARE(added.load(), 1'000);
        QCOMPARE(open()->unfinished()->size(), std::size_t{1'000});
    }

    void oldThingsGoWhileItRuns() {
        const auto spool = open();
        QVERIFY(add(*spool, {run("old")}).has_value());
        spool->mark("old", RunState::Done, "");
        spool->flush();
        clock_.advance(24h * 9);
        QVERIFY(add(*spool, {run("new")}).has_value());
        QVERIFY(!spool->find("old")->has_value());
        QVERIFY(spool->find("new")->has_value());
    }
};

CEREBRAL_TEST(SpoolTest)
#include "spool_test.moc"
