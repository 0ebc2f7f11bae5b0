#include "core/net/server/framing_rules.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral::net;

class FramingRulesTest : public QObject {
    Q_OBJECT

private:
    static int verdict(const Headers& headers, std::string_view method = "POST", std::string_view target = "/",
                       int version = 11) {
        const auto refusal = checkFraming({version, method, target, headers}, 100);
        return refusal ? refusal->status : 0;
    }

private slots:
    void acceptsOrdinaryRequests() {
        QCOMPARE(verdict({{"Host", "a"}, {"Content-Length", "3"}}), 0);
        QCOMPARE(verdict({{"host", "a"}, {"transfer-encoding", "Chunked"}}), 0);
        QCOMPARE(verdict({{"Host", "a"}}, "GET"), 0);
        QCOMPARE(verdict({}, "GET", "/", 10), 0);
    }
    void transferEncodingMustBeExactlyChunked() {
        QCOMPARE(verdict({{"Host", "a"}, {"Transfer-Encoding", "xchunked"}}), 501);
        QCOMPARE(verdict({{"Host", "a"}, {"Transfer-Encoding", "gzip, chunked"}}), 501);
        QCOMPARE(verdict({{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), 400);
        QCOMPARE(verdict({{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Content-Length", "3"}}), 400);
        QCOMPARE(verdict({{"Host", "a"}, {"Transfer-Encoding", "chunked"}}, "POST", "/", 10), 400);
    }
    void hostIsRequiredOnce() {
        QCOMPARE(verdict({{"Content-Length", "3"}}), 400);
        QCOMPARE(verdict({{"Host", "a"}, {"HOST", "b"}, {"Content-Length", "3"}}), 400);
        QCOMPARE(verdict({{"Host", "a"}, {"HOST", "b"}}, "GET", "/", 10), 400);
    }
    void bodiesNeedALength() {
        QCOMPARE(verdict({{"Host", "a"}}), 411);
        QCOMPARE(verdict({{"Host", "a"}}, "PATCH"), 411);
        QCOMPARE(verdict({{"Host", "a"}}, "DELETE"), 0);
    }
    void contentLengthIsOneNumber() {
        for (const char* bad : {"3, 3", "+3", "-3", "0x3", "3 ", ""}) {
            QCOMPARE(verdict({{"Host", "a"}, {"Content-Length", bad}}), 400);
        }
        QCOMPARE(verdict({{"Host", "a"}, {"Content-Length", "3"}, {"Content-Length", "3"}}), 400);
    }
    void targetIsAPath() {
        for (const char* bad : {"http://a/", "*", "a:443", ""}) {
            QCOMPARE(verdict({{"Host", "a"}}, "GET", bad), 400);
        }
    }
    void fieldsAreCounted() {
        Headers headers{{"Host", "a"}, {"Content-Length", "0"}};
        for (int i = 0; i < 98; ++i) headers.add("X-" + std::to_string(i), "1");
        QCOMPARE(verdict(headers), 0);
        headers.add("X-one-too-many", "1");
        QCOMPARE(verdict(headers), 431);
    }
};

CEREBRAL_TEST(FramingRulesTest)
#include "framing_rules_test.moc"
