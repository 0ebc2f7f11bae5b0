#include <QtTest/QtTest>

#include "core/registry/auth_challenge.h"
#include "core/registry/link_header.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using registry::nextLink;
using registry::parseChallenges;

class HeadersTest : public QObject {
    Q_OBJECT
private slots:
    void links_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("next");
        const auto row = [](const char* name, const char* header, const char* next) {
            QTest::newRow(name) << QByteArray(header) << QByteArray(next);
        };
        row("distribution", R"(</v2/_catalog?last=a%2Fb&n=2>; rel="next")", "/v2/_catalog?last=a%2Fb&n=2");
        row("unquoted", "</next>;rel=next", "/next");
        row("upper case", R"(</next>; REL="NEXT")", "/next");
        row("among others", R"(</p>; rel="prev", </n>; title="a, \"b\" > c"; rel="next")", "/n");
        row("several relations", R"(</n>; rel="last next")", "/n");
        row("comma in the target", R"(</a,b;c>; rel="next")", "/a,b;c");
        row("no value", R"(</a>; crossorigin; rel="next")", "/a");
        row("only prev", R"(</p>; rel="prev")", "");
        row("nearly", R"(</p>; rel="nextish")", "");
        row("nothing", "", "");
        row("no target", R"(; rel="next")", "");
        row("target without end", R"(</a; rel="next")", "");
        row("quote without end", R"(</a>; rel="next)", "");
        row("rubbish behind", R"(</a>; rel="prev" rubbish </b>; rel="next")", "");
    }
    void links() {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, next);
        QCOMPARE(nextLink(header.toStdString()).value_or(""), next.toStdString());
    }

    void theRecordedLink() {
        const std::string headers = test::readCapture("registry/catalog.headers");
        const auto at = headers.find("Link: ") + 6;
        QCOMPARE(nextLink(headers.substr(at, headers.find('\r', at) - at)).value_or(""),
                 std::string("/v2/_catalog?last=cerebral%2Fai-services&n=2"));
    }

    void challenges() {
        auto found = parseChallenges(
            "Bearer "
            "realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:a/"
            "b:pull,push\"");
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].scheme, std::string("bearer"));
        QCOMPARE(found[0].parameter("realm"), std::string("https://auth.docker.io/token"));
        QCOMPARE(found[0].parameter("scope"), std::string("repository:a/b:pull,push"));
        QCOMPARE(found[0].parameter("none"), std::string());

        found = parseChallenges("Basic realm=\"Registry \\\"Realm\\\"\", bearer Realm=https://x/t , Service = y");
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0].parameter("realm"), std::string("Registry \"Realm\""));
        QCOMPARE(found[1].scheme, std::string("bearer"));
        QCOMPARE(found[1].parameter("realm"), std::string("https://x/t"));
        QCOMPARE(found[1].parameter("service"), std::string("y"));

        QCOMPARE(parseChallenges("Negotiate, Basic").size(), std::size_t{2});
    }

    void challengesThatAreNone() {
        for (const char* rubbish : {"", ",", " , ,", "\"", "=", "=\"x\"", "\x01\x02"}) {
            QVERIFY2(parseChallenges(rubbish).empty(), rubbish);
        }
        // A quoted string without end gives no parameter.
        QCOMPARE(parseChallenges("Bearer realm=\"http://x").front().parameters.size(), std::size_t{0});
    }
};

CEREBRAL_TEST(HeadersTest)
#include "headers_test.moc"
