// The recorded refusals of a real API server, and what proxies and limiters say instead of a Status.

#include "core/kube/status.h"

#include <QtTest/QtTest>

#include "tests/support/captures.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class StatusTest : public QObject {
    Q_OBJECT

    static void row(const char* file, int status, ErrorKind kind, const char* ending) {
        QTest::newRow(file) << QByteArray(file) << status << static_cast<int>(kind) << QByteArray(ending);
    }

private slots:
    void recordedAnswers_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("ending");
        row("400-tekton-mutation.http", 400, ErrorKind::Invalid, "values of type string");
        row("400-tekton-validation.http", 400, ErrorKind::Invalid, "spec.pipelineRef, spec.pipelineSpec");
        row("401-bad-token.http", 401, ErrorKind::Unauthorized, "test: Unauthorized");
        row("401-wrong-audience.http", 401, ErrorKind::Unauthorized, "test: Unauthorized");
        row("403-anonymous.http", 403, ErrorKind::Forbidden, "at the cluster scope");
        row("403-quota.http", 403, ErrorKind::QuotaExceeded, "limited: count/pipelineruns.tekton.dev=1");
        row("404-pipelinerun.http", 404, ErrorKind::NotFound, "\"none\" not found");
        row("409-already-exists.http", 409, ErrorKind::AlreadyExists, "already exists");
        row("422-invalid-name.http", 422, ErrorKind::Invalid, "*')");
        row("504-future-rv.http", 504, ErrorKind::Gone, "current: 2614");
    }
    void recordedAnswers() {
        QFETCH(QByteArray, file);
        QFETCH(int, status);
        QFETCH(int, kind);
        QFETCH(QByteArray, ending);
        const std::string body = test::captureBody("errors/" + file.toStdString());
        QVERIFY(!body.empty());
        const Error error = kube::errorFromResponse({status, {}, body}, "test");
        QCOMPARE(error.kind, static_cast<ErrorKind>(kind));
        QCOMPARE(error.httpStatus, status);
        QVERIFY2(QByteArray::fromStdString(error.message).startsWith("test: "), error.message.c_str());
        QVERIFY2(QByteArray::fromStdString(error.message).endsWith(ending), error.message.c_str());
    }

    void retryAfterComesFromTheHeaderOrTheDetails() {
        const std::string body = test::captureBody("errors/504-future-rv.http");
        QVERIFY(kube::errorFromResponse({504, {}, body}, "x").retryAfter == std::chrono::seconds(1));
        QVERIFY(kube::errorFromResponse({504, {{"retry-after", "7"}}, body}, "x").retryAfter ==
                std::chrono::seconds(7));
        QVERIFY(!kube::errorFromResponse({429, {{"Retry-After", "soon"}}, "busy"}, "x").retryAfter);
    }

    void whatIsNoStatusIsQuotedAsOneCleanLine() {
        const Error limiter = kube::errorFromResponse(
            {429, {{"Retry-After", "1"}}, "Too many requests, please try again later.\n"}, "x");
        QCOMPARE(limiter.kind, ErrorKind::TooManyRequests);
        QCOMPARE(limiter.message,
                 std::string("x: the server answered 429: Too many requests, please try again later."));
        const Error proxy = kube::errorFromResponse({502, {}, "<html>\x1b[31m\n" + std::string(9'000, 'a')}, "x");
        QCOMPARE(proxy.kind, ErrorKind::ServerError);
        QVERIFY(proxy.message.size() < 400);
        QVERIFY(proxy.message.find('\x1b') == std::string::npos);
        QCOMPARE(kube::errorFromResponse({503, {}, ""}, "x").message, std::string("x: the server answered 503"));
        QCOMPARE(kube::errorFromResponse({404, {}, "[1]"}, "x").kind, ErrorKind::NotFound);
    }

    void errorEventsAreToldByReason() {
        const auto kindOf = [](const char* json) { return kube::errorFromStatusJson(json, "watch").kind; };
        QCOMPARE(kindOf(R"({"code":410,"reason":"Expired","message":"too old"})"), ErrorKind::Gone);
        QCOMPARE(kindOf(R"({"code":410,"reason":"Gone"})"), ErrorKind::Gone);
        QCOMPARE(kindOf(R"({"code":500,"reason":"InternalError"})"), ErrorKind::ServerError);
        QCOMPARE(kindOf(R"({"code":403,"reason":"Forbidden"})"), ErrorKind::Forbidden);
        QCOMPARE(kindOf("rubbish"), ErrorKind::Malformed);
    }
};

CEREBRAL_TEST(StatusTest)
#include "status_test.moc"
