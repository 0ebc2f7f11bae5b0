#include "core/net/url.h"

#include <QtTest/QtTest>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::net;

class UrlTest : public QObject {
    Q_OBJECT
private slots:
    void parses() {
        const auto url = Url::parse("HTTPS://Host.test:6443/api/v1?a=b&c");
        VERIFY_OK(url);
        QCOMPARE(url->scheme, std::string("https"));
        QCOMPARE(url->host, std::string("Host.test"));
        QCOMPARE(url->port, 6443);
        QCOMPARE(url->path, std::string("/api/v1"));
        QCOMPARE(url->query, std::string("a=b&c"));
        QCOMPARE(url->text(), std::string("https://Host.test:6443/api/v1?a=b&c"));
    }

    void fillsInPorts() {
        QCOMPARE(Url::parse("http://h")->port, 80);
        QCOMPARE(Url::parse("https://h?x")->port, 443);
        QCOMPARE(Url::parse("http://h:80")->text(), std::string("http://h"));
        QCOMPARE(Url::parse("http://h:443/")->text(), std::string("http://h:443/"));
        QCOMPARE(Url::parse("https://h")->authority(), std::string("h:443"));
    }

    void ipv6() {
        const auto url = Url::parse("https://[fd00::1]:6443/x");
        VERIFY_OK(url);
        QCOMPARE(url->host, std::string("fd00::1"));
        QCOMPARE(url->authority(), std::string("[fd00::1]:6443"));
        QCOMPARE(url->text(), std::string("https://[fd00::1]:6443/x"));
        QCOMPARE(Url::parse("http://[::1]")->port, 80);
    }

    void refuses() {
        for (const char* bad : {"",
                                "host",
                                "ftp://h",
                                "http:/h",
                                "http://",
                                "http://:80",
                                "http://h:0",
                                "http://h:65536",
                                "http://h:",
                                "http://h:8x",
                                "http://user:secret@h",
                                "http://h/#f",
                                "http://h/a b",
                                "http://h/\n",
                                "http://h/\xC3\xA4",
                                "http://[::1",
                                "http://[::1]x",
                                "http://[gg::]",
                                "http://h<>",
                                "http://h\\x"}) {
            const auto url = Url::parse(bad);
            QVERIFY2(!url, bad);
            QVERIFY2(url.error().message.find("secret") == std::string::npos, url.error().message.c_str());
        }
    }

    void percentEncoding() {
        QCOMPARE(percentEncode("a b/ä~"), std::string("a%20b%2F%C3%A4~"));
        QCOMPARE(percentDecode("a%20b%2f%C3%A4~+"), std::string("a b/ä~+"));
        QCOMPARE(percentDecode("%"), std::string("%"));
        QCOMPARE(percentDecode("%4"), std::string("%4"));
        QCOMPARE(percentDecode("%zz%41"), std::string("%zzA"));
    }

    void queries() {
        QCOMPARE(buildQuery({{"labelSelector", "a=b,c"}, {"watch", "1"}, {"empty", ""}}),
                 std::string("labelSelector=a%3Db%2Cc&watch=1&empty="));
        const auto pairs = parseQuery("a=b%3Dc&&flag&x=1+2");
        QCOMPARE(pairs.size(), std::size_t{3});
        QCOMPARE(pairs[0].second, std::string("b=c"));
        QCOMPARE(pairs[1].first, std::string("flag"));
        QCOMPARE(pairs[1].second, std::string());
        QCOMPARE(pairs[2].second, std::string("1+2"));
    }

    void resolvesReferences() {
        const Url base = Url::parse("https://h.test:5000/v2/_catalog?n=2").value();
        const auto resolved = [&](std::string_view reference) {
            const auto url = base.resolve(reference);
            return url ? url->text() : url.error().message;
        };
        QCOMPARE(resolved("/v2/_catalog?last=b&n=2"), std::string("https://h.test:5000/v2/_catalog?last=b&n=2"));
        QCOMPARE(resolved("https://other.test/x"), std::string("https://other.test/x"));
        QCOMPARE(resolved("//other.test/x"), std::string("https://other.test/x"));
        QCOMPARE(resolved("?n=3"), std::string("https://h.test:5000/v2/_catalog?n=3"));
        QCOMPARE(resolved("tags/list"), std::string("https://h.test:5000/v2/tags/list"));
        QCOMPARE(resolved("../x/./y"), std::string("https://h.test:5000/x/y"));
        QCOMPARE(resolved("/../../x/.."), std::string("https://h.test:5000/"));
        QCOMPARE(resolved(""), std::string("https://h.test:5000/v2/_catalog?n=2"));
        QCOMPARE(Url::parse("http://h")->resolve("x").value().text(), std::string("http://h/x"));
        QVERIFY(!base.resolve("/a b"));
        QVERIFY(!base.resolve("javascript:alert"));
    }

    /// RFC 3986 section 5.4, those without a fragment or parameters of their own.
    void resolvesTheExamplesOfTheRfc() {
        const Url base = Url::parse("http://a/b/c/d;p?q").value();
        const std::initializer_list<std::pair<const char*, const char*>> examples{
            {"g", "http://a/b/c/g"},
            {"./g", "http://a/b/c/g"},
            {"g/", "http://a/b/c/g/"},
            {"/g", "http://a/g"},
            {"//g", "http://g"},
            {"?y", "http://a/b/c/d;p?y"},
            {"g?y", "http://a/b/c/g?y"},
            {"", "http://a/b/c/d;p?q"},
            {".", "http://a/b/c/"},
            {"./", "http://a/b/c/"},
            {"..", "http://a/b/"},
            {"../", "http://a/b/"},
            {"../g", "http://a/b/g"},
            {"../..", "http://a/"},
            {"../../../g", "http://a/g"},
            {"/./g", "http://a/g"},
            {"/../g", "http://a/g"},
            {"g.", "http://a/b/c/g."},
            {"..g", "http://a/b/c/..g"},
            {"./../g", "http://a/b/g"},
            {"g/./h", "http://a/b/c/g/h"},
            {"g/../h", "http://a/b/c/h"},
            {"g?y/../x", "http://a/b/c/g?y/../x"}};
        for (const auto& [reference, expected] : examples) {
            QCOMPARE(base.resolve(reference).value().text(), std::string(expected));
        }
    }
};

CEREBRAL_TEST(UrlTest)
#include "url_test.moc"
