#include "core/net/server/deadline.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;

/// Time passes only as far as run() lets the io_context wait for its timers: what does not keep it at work is over.
class DeadlineTest : public QObject {
    Q_OBJECT

    struct Watched {
        explicit Watched(boost::asio::io_context& context) : deadline(context) {}
        net::Deadline deadline;
        std::vector<std::chrono::steady_clock::duration> passed;
    };

    boost::asio::io_context context_;
    std::shared_ptr<Watched> watched_;
    std::chrono::steady_clock::time_point from_;

private slots:
    void init() {
        context_.restart();
        watched_ = std::make_shared<Watched>(context_);
        from_ = std::chrono::steady_clock::now();
        watched_->deadline.setCallback(watched_, [this, watched = watched_.get()] {
            watched->passed.push_back(std::chrono::steady_clock::now() - from_);
        });
    }
    void passesOnceAndNotBefore() {
        watched_->deadline.arm(20ms);
        context_.run();
        QCOMPARE(watched_->passed.size(), std::size_t(1));
        QVERIFY(watched_->passed.front() >= 20ms);
    }
    void aLaterOneIsWaitedFor() {
        watched_->deadline.arm(10ms);
        watched_->deadline.arm(40ms);
        context_.run();
        QCOMPARE(watched_->passed.size(), std::size_t(1));
        QVERIFY(watched_->passed.front() >= 40ms);
    }
    void anEarlierOneDoesNotWaitForTheTimerUnderWay() {
        watched_->deadline.arm(1h);
        watched_->deadline.arm(10ms);
        context_.run();
        QCOMPARE(watched_->passed.size(), std::size_t(1));
        QVERIFY(watched_->passed.front() < 1min);
    }
    void disarmedItIsNotHeard() {
        watched_->deadline.arm(10ms);
        watched_->deadline.disarm();
        context_.run();
        QVERIFY(watched_->passed.empty());
        watched_->deadline.arm(10ms);
        context_.restart();
        context_.run();
        QCOMPARE(watched_->passed.size(), std::size_t(1));
    }
    void cancelledItKeepsNothingWaiting() {
        watched_->deadline.arm(1h);
        watched_->deadline.cancel();
        context_.run();
        QVERIFY(watched_->passed.empty());
        QVERIFY(std::chrono::steady_clock::now() - from_ < 1min);
    }
    void theOwnerMayGoFirst() {
        watched_->deadline.arm(10ms);
        watched_.reset();
        context_.run();
    }
};

CEREBRAL_TEST(DeadlineTest)
#include "deadline_test.moc"
