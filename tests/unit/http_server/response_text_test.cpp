#include "core/net/server/response_text.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral::net;

class ResponseTextTest : public QObject {
    Q_OBJECT

private slots:
    void framesByLength() {
        const ServerResponse response{200, {{"Content-Type", "text/plain"}, {"content-length", "99"}}, "abc"};
        QCOMPARE(responseHead(response, BodyFraming::ContentLength, true),
                 std::string("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n"));
        QVERIFY(responseHead(response, BodyFraming::Chunked, false)
                    .ends_with("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
    }
    void valuesCannotEndALine() {
        const ServerResponse response{200, {{"X", "a\r\nSet-Cookie: b"}}, ""};
        QVERIFY(responseHead(response, BodyFraming::ContentLength, true).find("X: a  Set-Cookie: b\r\n") !=
                std::string::npos);
    }
    void noContentHasNoLength() {
        QCOMPARE(responseHead(ServerResponse{204, {}, ""}, BodyFraming::ContentLength, true),
                 std::string("HTTP/1.1 204 No Content\r\n\r\n"));
    }
    void chunksAreHexadecimal() {
        QCOMPARE(chunk(std::string(26, 'x')), "1a\r\n" + std::string(26, 'x') + "\r\n");
        QVERIFY(chunk("").empty());
    }
    void refusalsAreJson() {
        QCOMPARE(refusalResponse(400, "a \"b\"\\\n").body,
                 std::string("{\"status\":\"refused\",\"reason\":\"a \\\"b\\\"\\\\\"}\n"));
    }
};

CEREBRAL_TEST(ResponseTextTest)
#include "response_text_test.moc"
