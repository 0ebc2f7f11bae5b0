#include "core/net/server/request_reader.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral::net;
using Step = RequestReader::Step;

namespace {

struct Outcome {
    Step step = Step::NeedMore;
    int status = 0;
    ServerRequest request;
    std::string rest;
};

/// Presents `bytes` in pieces of `piece`, keeping the unconsumed rest as a connection does.
Outcome run(std::string_view bytes, std::size_t piece, const ServerLimits& limits = {}) {
    RequestReader reader(limits);
    std::string buffer;
    Outcome outcome;
    bool more = true;
    while (more) {
        more = !bytes.empty();
        buffer += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        std::string_view input = buffer;
        do {
            outcome.step = reader.feed(input);
        } while (outcome.step == Step::Header);
        buffer.erase(0, buffer.size() - input.size());
        if (outcome.step != Step::NeedMore) break;
    }
    if (outcome.step == Step::Refused) outcome.status = reader.refusal().status;
    if (outcome.step == Step::Complete) outcome.request = reader.take();
    outcome.rest = buffer + std::string(bytes);
    return outcome;
}

}  // namespace

class RequestReaderTest : public QObject {
    Q_OBJECT

private slots:
    /// However many bytes arrive together: trailers and chunk extensions have the header's limit.
    void longTrailersAndExtensionsAreRefusedInPiecesOfAnySize_data() {
        QTest::addColumn<QByteArray>("chunks");
        QTest::addColumn<bool>("refused");
        QTest::newRow("short trailer") << QByteArray("3\r\nabc\r\n0\r\nX: y\r\n\r\n") << false;
        QTest::newRow("long trailer") << "3\r\nabc\r\n0\r\nX: " + QByteArray(600, 'y') + "\r\n\r\n" << true;
        QTest::newRow("many trailers") << "3\r\nabc\r\n0\r\n" + QByteArray("X: y\r\n").repeated(100) + "\r\n" << true;
        QTest::newRow("short extension") << QByteArray("3;a=b\r\nabc\r\n0\r\n\r\n") << false;
        QTest::newRow("long extension") << "3;a=" + QByteArray(600, 'b') + "\r\nabc\r\n0\r\n\r\n" << true;
        QTest::newRow("many short chunks") << QByteArray("3\r\nabc\r\n").repeated(400) + "0\r\n\r\n" << false;
    }
    void longTrailersAndExtensionsAreRefusedInPiecesOfAnySize() {
        QFETCH(QByteArray, chunks);
        QFETCH(bool, refused);
        ServerLimits limits;
        limits.maxHeaderBytes = 512;
        const std::string bytes =
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.toStdString();
        for (const std::size_t piece :
             {std::size_t(1), std::size_t(7), std::size_t(300), std::size_t(512), bytes.size()}) {
            const Outcome outcome = run(bytes, piece, limits);
            QVERIFY2(outcome.step == (refused ? Step::Refused : Step::Complete), std::to_string(piece).c_str());
        }
    }

    void readsTheSameInPiecesOfAnySize() {
        std::string bytes("POST /hook?a=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nX-Y:  v \r\n\r\n");
        bytes += std::string("hello\0world", 11) + "GET / HTTP/1.1\r\n";
        for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
            const Outcome outcome = run(bytes, piece);
            QVERIFY(outcome.step == Step::Complete);
            QVERIFY(outcome.request.method == Method::Post);
            QCOMPARE(outcome.request.path, std::string("/hook"));
            QCOMPARE(outcome.request.query, std::string("a=1"));
            QCOMPARE(std::string(*outcome.request.headers.find("x-y")), std::string("v"));
            QCOMPARE(outcome.request.body, std::string("hello\0world", 11));
            QCOMPARE(outcome.rest, std::string("GET / HTTP/1.1\r\n"));
        }
    }
    void readsChunksInPiecesOfAnySize() {
        const std::string bytes =
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            "5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\nREST";
        for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
            const Outcome outcome = run(bytes, piece);
            QVERIFY(outcome.step == Step::Complete);
            QCOMPARE(outcome.request.body, std::string("hello world"));
            QVERIFY(!outcome.request.headers.find("Trailer"));
            QCOMPARE(outcome.rest, std::string("REST"));
        }
    }
    /// Beast asserts of a last chunk that is the first one too that five bytes of it come at once.
    void readsNoChunksInPiecesOfAnySize() {
        const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (const std::string end : {"0\r\n\r\n", "0\r\nTrailer: t\r\n\r\n"}) {
            for (std::size_t piece = 1; piece <= head.size() + end.size(); ++piece) {
                const Outcome outcome = run(head + end + "REST", piece);
                QVERIFY(outcome.step == Step::Complete);
                QVERIFY(outcome.request.body.empty());
                QCOMPARE(outcome.rest, std::string("REST"));
            }
        }
    }
    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const QByteArray& bytes, int status) {
            QTest::newRow(name) << bytes << status;
        };
        const QByteArray post("POST / HTTP/1.1\r\nHost: x\r\n");
        row("CL and TE", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
        row("TE and CL", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400);
        row("two CL", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
        row("same CL twice", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400);
        row("CL list", post + "Content-Length: 3, 3\r\n\r\nabc", 400);
        row("CL +3", post + "Content-Length: +3\r\n\r\nabc", 400);
        row("CL huge", post + "Content-Length: 99999999999999999999999\r\n\r\n", 400);
        row("CL over the limit", post + "Content-Length: 99999999\r\n\r\n", 413);
        row("bare LF", "POST / HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc", 400);
        row("NUL in header", post + QByteArray("X: a\0b\r\n", 8) + "Content-Length: 3\r\n\r\nabc", 400);
        row("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 501);
        row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("two Host", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
        row("absolute target", "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400);
        row("space before colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400);
        row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 400);
        row("HTTP/1.0 chunked", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
        row("no length", post + "\r\n", 411);
        row("bad chunk", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400);
        row("unknown Expect", post + "Content-Length: 3\r\nExpect: magic\r\n\r\n", 417);
        row("TLS hello", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + QByteArray(64, '\1'), 400);
    }
    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        ServerLimits limits;
        limits.maxBodyBytes = 1024;
        for (const std::size_t piece : {std::size_t(1), std::size_t(7), std::size_t(1000)}) {
            const Outcome outcome = run(bytes.toStdString(), piece, limits);
            QVERIFY(outcome.step == Step::Refused);
            QCOMPARE(outcome.status, status);
        }
    }
    void boundsTheHeaderAsAWhole() {
        // Many small complete fields: no single one is over any limit.
        std::string bytes = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 90; ++i) bytes += "X-" + std::to_string(i) + ": " + std::string(300, 'a') + "\r\n";
        for (const std::size_t piece : {std::size_t(1), std::size_t(50), std::size_t(100'000)}) {
            QCOMPARE(run(bytes, piece).status, 431);
        }
        QCOMPARE(run("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'a'), 4096).status, 431);
        std::string fields = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 101; ++i) fields += "A: b\r\n";
        QCOMPARE(run(fields + "\r\n", 100).status, 431);
    }
    void boundsChunkExtensionsAndTrailers() {
        const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        QCOMPARE(run(head + "5;" + std::string(300'000, 'e'), 8192).status, 400);
        QCOMPARE(run(head + "0\r\nT: " + std::string(300'000, 't'), 8192).status, 400);
    }
    void boundsChunkedBodies() {
        ServerLimits limits;
        limits.maxBodyBytes = 100;
        std::string bytes = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 11; ++i) bytes += "a\r\n0123456789\r\n";
        QCOMPARE(run(bytes, 10, limits).status, 413);
    }
};

CEREBRAL_TEST(RequestReaderTest)
#include "request_reader_test.moc"
