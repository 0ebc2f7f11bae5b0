#include "receiver/rebuild/rebuild_request.h"

#include <QtTest/QtTest>

#include "receiver/rebuild/token_review.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

/// Double quotes for single ones.
QByteArray json(QByteArray text) {
    return text.replace('\'', '"');
}

}  // namespace

class RebuildRequestTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsRefusedAndWhy_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char* name, const QByteArray& body, const char* why) {
            QTest::newRow(name) << body << QByteArray(why);
        };
        row("no JSON", "services=a", "not a JSON object");
        row("an array", "[]", "not a JSON object");
        row("too deep", QByteArray(100'000, '['), "not a JSON object");
        row("no services", json("{'branch':'main','requestId':'1'}"), "1 to 64 names");
        row("empty services", json("{'services':[],'branch':'main','requestId':'1'}"), "1 to 64 names");
        row("too many",
            json("{'services':[") + QByteArray("\"a\",").repeated(64) + json("'a'],'branch':'b','requestId':'1'}"),
            "1 to 64 names");
        row("a path", json("{'services':['../../etc'],'branch':'main','requestId':'1'}"),
            "cannot be a service's name");
        row("a number", json("{'services':[7],'branch':'main','requestId':'1'}"), "cannot be a service's name");
        row("no branch", json("{'services':['a'],'requestId':'1'}"), "branch is required");
        row("empty branch", json("{'services':['a'],'branch':'','requestId':'1'}"), "branch is empty");
        row("Tekton's variables", json("{'services':['a'],'branch':'$(params.x)','requestId':'1'}"),
            "branch cannot be");
        row("an option", json("{'services':['a'],'branch':'--upload-pack=x','requestId':'1'}"), "branch cannot be");
        row("a line break", json("{'services':['a'],'branch':'a\\nb','requestId':'1'}"), "branch cannot be");
        row("dots", json("{'services':['a'],'branch':'a..b','requestId':'1'}"), "branch cannot be");
        row("short commit", json("{'services':['a'],'branch':'b','commit':'abc','requestId':'1'}"), "40 lower-case");
        row("no id", json("{'services':['a'],'branch':'b'}"), "requestId is required");
        row("long id", json("{'services':['a'],'branch':'b','requestId':'") + QByteArray(65, 'x') + "\"}",
            "longer than 64");
        row("reason", json("{'services':['a'],'branch':'b','requestId':'1','reason':{}}"), "reason must be a string");
    }
    void whatIsRefusedAndWhy() {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, why);
        const auto request = receiver::parseRebuildRequest(body.toStdString());
        QVERIFY(!request);
        QCOMPARE(request.error().kind, ErrorKind::Invalid);
        QVERIFY2(QByteArray::fromStdString(request.error().message).contains(why), request.error().message.c_str());
    }

    void whatIsTaken() {
        const QByteArray body =
            json("{'services':['b','a','b'],'branch':'feature/x','commit':null,'requestId':'r1',") +
            json("'reason':'two\\nlines','requestedBy':'") + QByteArray(500, 'x') + json("'}");
        const auto request = receiver::parseRebuildRequest(body.toStdString());
        QVERIFY2(request.has_value(), request ? "" : request.error().message.c_str());
        QVERIFY((request->services == std::vector<std::string>{"b", "a"}));
        QVERIFY(request->commit.empty());
        QVERIFY(request->reason.find('\n') == std::string::npos);
        QVERIFY(request->requestedBy.size() <= 104);
    }

    void whoseTokenIsLetIn_data() {
        QTest::addColumn<QByteArray>("review");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char* name, const QByteArray& status, ErrorKind kind) {
            QTest::newRow(name) << (json("{'kind':'TokenReview','status':") + status + "}") << kind;
        };
        QTest::newRow("no JSON") << QByteArray("<html>") << ErrorKind::Malformed;
        QTest::newRow("no status") << QByteArray("{}") << ErrorKind::Malformed;
        row("not valid", json("{'authenticated':false}"), ErrorKind::Unauthorized);
        row("valid in words only", json("{'authenticated':'true'}"), ErrorKind::Unauthorized);
        row("audiences unknown to the server",
            json("{'authenticated':true,'user':{'username':'system:serviceaccount:ns:rebuild-trigger'}}"),
            ErrorKind::Unauthorized);
        row("for the API server",
            json("{'authenticated':true,'audiences':['https://kubernetes.default.svc'],"
                 "'user':{'username':'system:serviceaccount:ns:rebuild-trigger'}}"),
            ErrorKind::Unauthorized);
        row("of another namespace",
            json("{'authenticated':true,'audiences':['github-webhook-receiver'],"
                 "'user':{'username':'system:serviceaccount:other:rebuild-trigger'}}"),
            ErrorKind::Forbidden);
        row("of an administrator",
            json("{'authenticated':true,'audiences':['github-webhook-receiver'],"
                 "'user':{'username':'kubernetes-admin'}}"),
            ErrorKind::Forbidden);
        row("of nobody", json("{'authenticated':true,'audiences':['github-webhook-receiver']}"),
            ErrorKind::Forbidden);
    }
    void whoseTokenIsLetIn() {
        QFETCH(QByteArray, review);
        QFETCH(ErrorKind, kind);
        const auto judged = receiver::judgeReview(review.toStdString(), "ns");
        QVERIFY(!judged);
        QCOMPARE(judged.error().kind, kind);
    }

    void theTriggersOwnTokenIsLetIn() {
        const QByteArray review =
            json("{'status':{'authenticated':true,'audiences':['a','github-webhook-receiver'],") +
            json("'user':{'username':'system:serviceaccount:ns:rebuild-trigger'}}}");
        QVERIFY(receiver::judgeReview(review.toStdString(), "ns").has_value());
    }

    void whereTheTokenStands() {
        const auto token = [](net::Headers headers) { return std::string(receiver::tokenOf(headers).reveal()); };
        QCOMPARE(token({{"Authorization", "bearer abc"}}), std::string("abc"));
        QCOMPARE(token({{"X-Cerebral-Token", "xyz"}}), std::string("xyz"));
        QCOMPARE(token({{"Authorization", "Basic abc"}, {"X-Cerebral-Token", "xyz"}}), std::string("xyz"));
        QCOMPARE(token({{"Authorization", "Bearer "}}), std::string());
        QCOMPARE(token({{"Authorization", "Bearer " + std::string(8193, 'a')}}), std::string());
        QCOMPARE(token({}), std::string());
    }
};

CEREBRAL_TEST(RebuildRequestTest)
#include "rebuild_request_test.moc"
