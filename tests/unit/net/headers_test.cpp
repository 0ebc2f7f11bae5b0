#include <QtTest/QtTest>

#include "core/net/http.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral::net;

class HeadersTest : public QObject {
    Q_OBJECT
private slots:
    void namesIgnoreCase() {
        Headers headers{{"Content-Type", "a"}, {"link", "1"}, {"LINK", "2"}};
        QVERIFY(headers.find("content-type") == "a");
        QVERIFY(headers.find("Link") == "1");
        QCOMPARE(headers.count("link"), std::size_t{2});
        QVERIFY(!headers.find("Lin"));
        headers.set("Link", "3");
        QCOMPARE(headers.count("link"), std::size_t{1});
        QVERIFY(headers.find("link") == "3");
    }

    void mediaTypes() {
        QCOMPARE(mediaType("Application/JSON; charset=utf-8"), std::string("application/json"));
        QCOMPARE(mediaType("  text/plain\t"), std::string("text/plain"));
        QCOMPARE(mediaType(" ; q=1"), std::string());
        QCOMPARE(mediaType(""), std::string());
    }

    void caseFoldingIsAsciiOnly() {
        QVERIFY(equalsIgnoreCase("ETag", "etag"));
        QVERIFY(!equalsIgnoreCase("a[", "a{"));
        QVERIFY(!equalsIgnoreCase("etag", "etags"));
    }
};

CEREBRAL_TEST(HeadersTest)
#include "headers_test.moc"
