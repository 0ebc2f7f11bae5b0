#include <QtTest/QtTest>
#include <chrono>
#include <functional>
#include <semaphore>
#include <stdexcept>

#include "core/net/curl_transport.h"
#include "core/net/line_splitter.h"
#include "tests/support/print.h"
#include "tests/support/raw_server.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::net;
using namespace std::chrono_literals;
using test::RawConnection;
using test::RawServer;

namespace {

constexpr auto kDeadline = 20s;

class Handler final : public StreamHandler {
public:
    bool onHead(const HttpHead& head) override {
        heads.push_back(head);
        return !onHeadHook || onHeadHook();
    }
    bool onData(std::string_view chunk) override {
        data.append(chunk);
        return !onDataHook || onDataHook(chunk);
    }
    std::vector<HttpHead> heads;
    std::string data;
    std::function<bool()> onHeadHook;
    std::function<bool(std::string_view)> onDataHook;
};

std::string chunk(const std::string& bytes) {
    std::array<char, 16> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return size.data() + bytes + "\r\n";
}

constexpr const char* kChunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

}  // namespace

class CurlStreamTest : public QObject {
    Q_OBJECT

    CurlTransport transport_;

    static HttpRequest watch(const RawServer& server) {
        HttpRequest request;
        request.url = server.url("/watch");
        request.timeout = 0ms;
        return request;
    }

private slots:
    void chunksArriveBeforeTheEnd() {
        // The server sends each part only after the client has shown that it got the one before.
        std::counting_semaphore<> seen(0);
        const RawServer server([&](RawConnection& connection) {
            connection.readRequest();
            connection.write(kChunkedHead);
            for (const char* part : {"one\n", "tw", "o\nthree\n"}) {
                if (!seen.try_acquire_for(kDeadline)) return;
                connection.write(chunk(part));
            }
            connection.write("0\r\n\r\n");
        });
        Handler handler;
        LineSplitter splitter;
        std::vector<std::string> lines;
        handler.onHeadHook = [&] {
            seen.release();
            return true;
        };
        handler.onDataHook = [&](std::string_view bytes) {
            seen.release();
            return splitter
                .feed(bytes,
                      [&](std::string_view line) {
                          lines.emplace_back(line);
                          return true;
                      })
                .has_value();
        };
        const auto end = transport_.stream(watch(server), handler, {});
        VERIFY_OK(end);
        QVERIFY(*end == StreamEnd::Complete);
        QVERIFY((lines == std::vector<std::string>{"one", "two", "three"}));
        QCOMPARE(handler.heads.size(), std::size_t{1});
    }

    void handlerStopsTheStream() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.write(kChunkedHead);
            while (connection.write(chunk("event\n"))) {
            }
        });
        Handler onData;
        onData.onDataHook = [&](std::string_view) { return onData.data.size() < 100; };
        const auto end = transport_.stream(watch(server), onData, {});
        VERIFY_OK(end);
        QVERIFY(*end == StreamEnd::StoppedByHandler);

        Handler onHead;
        onHead.onHeadHook = [] { return false; };
        const auto headEnd = transport_.stream(watch(server), onHead, {});
        VERIFY_OK(headEnd);
        QVERIFY(*headEnd == StreamEnd::StoppedByHandler);
        QVERIFY(onHead.data.empty());
    }

    void exceptionsReachTheCaller() {
        const RawServer server([](RawConnection& connection) {
            while (!connection.readRequest().empty() && connection.answer("x")) {
            }
        });
        Handler handler;
        handler.onDataHook = [](std::string_view) -> bool { throw std::runtime_error("from the handler"); };
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(transport_.stream(watch(server), handler, {})),
                                 std::runtime_error);
        Handler fine;
        VERIFY_OK(transport_.stream(watch(server), fine, {}));
    }

    void dropsAreConnectionLost() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.write(kChunkedHead + chunk("{\"type\":\"ADDED\"") + "400\r\nhalf an ev");
            if (connection.index() == 1) connection.reset();
        });
        Handler closed;
        COMPARE_ERROR(transport_.stream(watch(server), closed, {}), ErrorKind::ConnectionLost);
        QCOMPARE(closed.data, std::string("{\"type\":\"ADDED\"half an ev"));
        Handler reset;
        COMPARE_ERROR(transport_.stream(watch(server), reset, {}), ErrorKind::ConnectionLost);
    }

    void serverThatHalfClosesIsConnectionLost() {
        const RawServer server([](RawConnection& connection) {
            connection.readRequest();
            connection.write(std::string(kChunkedHead) + chunk("a"));
            connection.halfClose();
            connection.waitForPeer();
        });
        Handler handler;
        COMPARE_ERROR(transport_.stream(watch(server), handler, {}), ErrorKind::ConnectionLost);
    }

    void silenceEndsTheStreamAndADripDoesNot() {
        // The drip beats for longer than the silence allowed, so it passes only if each byte counts.
        std::counting_semaphore<> stopDrip(0);
        const RawServer server([&](RawConnection& connection) {
            const bool drips = connection.readRequest().starts_with("GET /drip");
            connection.write(std::string(kChunkedHead) + chunk("a"));
            if (!drips) {
                connection.waitForPeer();
                return;
            }
            for (int i = 0; i < 15; ++i) {
                static_cast<void>(stopDrip.try_acquire_for(100ms));  // never released: a pulse, not a wait for work
                if (!connection.write(chunk("b"))) return;
            }
            connection.write("0\r\n\r\n");
        });
        HttpRequest silent = watch(server);
        silent.silenceTimeout = 1s;
        HttpRequest drip = silent;
        drip.url = server.url("/drip");

        Handler dripHandler;
        Result<StreamEnd> dripEnd;
        std::jthread other([&] { dripEnd = transport_.stream(drip, dripHandler, {}); });
        Handler handler;
        const auto begin = std::chrono::steady_clock::now();
        const auto end = transport_.stream(silent, handler, {});
        const auto took = std::chrono::steady_clock::now() - begin;
        other.join();

        COMPARE_ERROR(end, ErrorKind::Timeout);
        QCOMPARE(handler.data, std::string("a"));
        QVERIFY(took >= 1s && took < kDeadline);
        VERIFY_OK(dripEnd);
        QCOMPARE(dripHandler.data.size(), std::size_t{16});
    }
};

CEREBRAL_TEST(CurlStreamTest)
#include "curl_stream_test.moc"
