#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "core/net/stream_buffer.h"
#include "tests/support/test_main.h"

using namespace cerebral::net;

namespace {

constexpr std::size_t kMiB = 1024U * 1024U;

/// Keeps what it is handed, and may be told to refuse it or to throw.
class Reader final : public StreamHandler {
public:
    bool onHead(const HttpHead& head) override {
        status = head.status;
        return true;
    }
    bool onData(std::string_view chunk) override {
        if (fails) throw std::runtime_error("reader");
        ++pieces;
        text += chunk;
        return !refuses;
    }

    int status = 0;
    int pieces = 0;
    std::string text;
    bool refuses = false;
    bool fails = false;
};

HttpHead headOf(int status) {
    HttpHead head;
    head.status = status;
    return head;
}

}  // namespace

class StreamBufferTest : public QObject {
    Q_OBJECT
private slots:
    void handsOnTheHeadAndAllThatCame() {
        StreamBuffer buffer;
        QVERIFY(buffer.onHead(headOf(200)));
        QVERIFY(buffer.onData("one "));
        QVERIFY(buffer.onData("two"));
        buffer.close();

        Reader reader;
        QVERIFY(buffer.drain(reader));
        QCOMPARE(reader.status, 200);
        QCOMPARE(reader.text, std::string("one two"));
        QCOMPARE(reader.pieces, 1);
    }

    /// Each handing on of little is milliseconds after the one before.
    void whatComesInSmallPartsIsGathered() {
        StreamBuffer buffer;
        Reader reader;
        QElapsedTimer watch;
        watch.start();
        std::jthread writer([&] {
            for (int i = 0; i < 2'000; ++i) {
                buffer.onData("part ");
                std::this_thread::yield();
            }
            buffer.close();
        });
        QVERIFY(buffer.drain(reader));
        QCOMPARE(reader.text.size(), std::size_t{10'000});
        QVERIFY2(reader.pieces <= watch.elapsed() / 5 + 2, qPrintable(QString::number(reader.pieces)));
    }

    void anEmptyAnswerEnds() {
        StreamBuffer buffer;
        buffer.close();
        Reader reader;
        QVERIFY(buffer.drain(reader));
        QCOMPARE(reader.pieces, 0);
    }

    /// The writer gets no further than the bound and a chunk ahead of a reader that does not read.
    void whatWaitsIsBounded() {
        StreamBuffer buffer;
        const std::string chunk(kMiB / 4, 'x');
        constexpr std::size_t kChunks = 64;
        std::atomic<std::size_t> taken = 0;
        std::promise<void> full;
        std::jthread writer([&] {
            for (std::size_t i = 0; i < kChunks; ++i) {
                if (i == 4) full.set_value();
                if (!buffer.onData(chunk)) return;
                ++taken;
            }
            buffer.close();
        });
        full.get_future().wait();
        QCOMPARE(taken.load(), std::size_t{4});

        /// Takes nothing until it is known how much waits for it.
        class Slow final : public StreamHandler {
        public:
            bool onHead(const HttpHead&) override { return true; }
            bool onData(std::string_view piece) override {
                most = std::max(most, piece.size());
                all += piece.size();
                return true;
            }
            std::size_t most = 0;
            std::size_t all = 0;
        } slow;
        QVERIFY(buffer.drain(slow));
        QCOMPARE(slow.all, kChunks * chunk.size());
        QVERIFY2(slow.most <= kMiB + chunk.size(), std::to_string(slow.most).c_str());
    }

    void aRefusingReaderStopsTheWriter() {
        StreamBuffer buffer;
        QVERIFY(buffer.onData("more than it wants"));
        Reader reader;
        reader.refuses = true;
        QVERIFY(!buffer.drain(reader));
        QVERIFY(!buffer.onData("and more"));
        QVERIFY(!buffer.onHead(headOf(200)));
        QCOMPARE(reader.pieces, 1);
    }

    /// A writer that waits for room must not wait for ever for a reader that has gone.
    void aRefusalWakesAWriterThatWaits() {
        StreamBuffer buffer;
        const std::string chunk(kMiB, 'x');
        std::atomic<int> taken = 0;
        QVERIFY(buffer.onData(chunk));
        auto writer = std::async(std::launch::async, [&] {
            while (buffer.onData(chunk)) ++taken;
            return true;
        });
        /// Refuses once the writer has filled the room that taking the first piece made.
        class Leaving final : public StreamHandler {
        public:
            explicit Leaving(std::atomic<int>& taken) : taken_(taken) {}
            bool onHead(const HttpHead&) override { return true; }
            bool onData(std::string_view) override {
                while (taken_ == 0) std::this_thread::yield();
                return false;
            }

        private:
            std::atomic<int>& taken_;
        } leaving(taken);
        QVERIFY(!buffer.drain(leaving));
        QVERIFY(writer.get());
    }

    void anExceptionPassesAndStopsTheWriter() {
        StreamBuffer buffer;
        QVERIFY(buffer.onData("bad"));
        Reader reader;
        reader.fails = true;
        QVERIFY_EXCEPTION_THROWN(buffer.drain(reader), std::runtime_error);
        QVERIFY(!buffer.onData("and more"));
    }
};

CEREBRAL_TEST(StreamBufferTest)
#include "stream_buffer_test.moc"
