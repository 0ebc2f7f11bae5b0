#include <QtTest/QtTest>
#include <atomic>
#include <future>
#include <semaphore>

#include "receiver/threads/deadline_queue.h"
#include "receiver/threads/task_pool.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;
using receiver::DeadlineQueue;
using receiver::TaskPool;

class ThreadsTest : public QObject {
    Q_OBJECT
private slots:
    void deadlinesRunInTheirOrderNotInThatOfTheirArrival() {
        std::mutex mutex;
        std::vector<int> order;
        std::promise<void> done;
        {
            DeadlineQueue queue;
            const auto now = std::chrono::steady_clock::now();
            const auto note = [&](int number) {
                const std::scoped_lock lock(mutex);
                order.push_back(number);
                if (order.size() == 4) done.set_value();
            };
            queue.at(now + 1h, [&] { note(5); });
            queue.at(now + 60ms, [&] { note(3); });
            queue.at(now + 30ms, [&] { note(2); });  // earlier than those being waited for
            queue.at(now - 1s, [&] { note(1); });
            queue.at(now + 60ms, [&] { note(4); });
            QVERIFY(done.get_future().wait_for(20s) == std::future_status::ready);
            QVERIFY(std::chrono::steady_clock::now() >= now + 60ms);
        }
        QVERIFY((order == std::vector{1, 2, 3, 4}));
    }

    /// While the thread sleeps until a later one; in some of the rounds it does.
    void anEarlierDeadlineIsNotSleptThrough() {
        DeadlineQueue queue;
        queue.at(std::chrono::steady_clock::now() + 1h, [] {});
        for (int round = 0; round < 200; ++round) {
            std::promise<void> done;
            queue.at(std::chrono::steady_clock::now(), [&] { done.set_value(); });
            QVERIFY(done.get_future().wait_for(20s) == std::future_status::ready);
        }
    }

    void whatIsNotDueAtTheEndIsDropped() {
        std::atomic<int> ran = 0;
        const auto held = std::make_shared<int>(0);
        {
            DeadlineQueue queue;
            queue.at(std::chrono::steady_clock::now() + 1h, [&ran, held] { ++ran; });
        }
        QCOMPARE(ran.load(), 0);
        QCOMPARE(held.use_count(), 1L);
    }

    void aDeadlineMaySetAnother() {
        std::promise<void> done;
        DeadlineQueue queue;
        queue.at(SteadyTime{}, [&] { queue.at(SteadyTime{}, [&] { done.set_value(); }); });
        QVERIFY(done.get_future().wait_for(20s) == std::future_status::ready);
    }

    void aPoolRefusesWhatItCannotHold() {
        std::promise<void> begun;
        std::binary_semaphore goOn(0);
        std::atomic<int> ran = 0;
        TaskPool pool(1, 2);
        QVERIFY(pool.run([&](const std::stop_token&) {
            begun.set_value();
            goOn.acquire();
            ++ran;
        }));
        QVERIFY(begun.get_future().wait_for(20s) == std::future_status::ready);
        QVERIFY(pool.run([&](const std::stop_token&) { ++ran; }));
        QVERIFY(pool.run([&](const std::stop_token&) { ++ran; }));
        QVERIFY(!pool.run([&](const std::stop_token&) { ++ran; }));
        goOn.release();
        QTRY_COMPARE(ran.load(), 3);
        QVERIFY(pool.run([&](const std::stop_token&) { ++ran; }));
        QTRY_COMPARE(ran.load(), 4);
    }

    void aPoolsEndStopsWhatRunsAndDropsWhatWaits() {
        std::promise<void> begun;
        std::atomic<int> ran = 0;
        {
            TaskPool pool(1, 10);
            QVERIFY(pool.run([&](const std::stop_token& stop) {
                std::binary_semaphore stopped(0);
                const std::stop_callback wake(stop, [&] { stopped.release(); });
                begun.set_value();
                stopped.acquire();
                ++ran;
            }));
            QVERIFY(begun.get_future().wait_for(20s) == std::future_status::ready);
            QVERIFY(pool.run([&](const std::stop_token&) { ran += 100; }));
        }
        QCOMPARE(ran.load(), 1);
    }
};

CEREBRAL_TEST(ThreadsTest)
#include "threads_test.moc"
