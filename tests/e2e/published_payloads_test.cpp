// GitHub's published payloads, signed and sent to the real receiver process in front of the demo cluster.
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include "core/base/digest.h"
#include "core/base/encoding.h"
#include "core/net/curl_transport.h"
#include "tests/e2e/platform.h"
#include "tests/support/test_main.h"
#include "tests/support/tools.h"

using namespace cerebral;
using namespace cerebral::test;

namespace {

/// A service for README.md and no age limit: the published pushes are of 2019 and touch only that file.
constexpr const char* kConfig = R"(maxPushAge: 0
services:
  - name: readme-service
    paths: [README.md]
)";

QString examplesFile() {
    return QStringLiteral(CEREBRAL_WEBHOOK_EXAMPLES "/package/api.github.com/index.json");
}

}  // namespace

class PublishedPayloadsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyAnswerIsRight();
    void refusals_data();
    void refusals();
    void nothingSecretIsLogged();

private:
    net::HttpResponse post(const QByteArray& body, const net::Headers& headers);
    QList<QJsonObject> examplesOf(const QString& event);

    std::unique_ptr<PlatformUnderTest> platform_;
};

void PublishedPayloadsTest::initTestCase() {
    if (!QFile::exists(examplesFile())) {
        if (toolsAreRequired()) QFAIL("the published payloads are missing: ./dev test fetches them with npm");
        QSKIP("SKIP-ALL: the package of published payloads was not fetched (it needs npm)");
    }
    PlatformOptions options;
    options.config = kConfig;
    platform_ = std::make_unique<PlatformUnderTest>(options);
    QVERIFY2(platform_->problem().isEmpty(), qPrintable(platform_->problem()));
}

QList<QJsonObject> PublishedPayloadsTest::examplesOf(const QString& event) {
    QFile file(examplesFile());
    if (!file.open(QIODevice::ReadOnly)) return {};
    QList<QJsonObject> found;
    for (const QJsonValue entry : QJsonDocument::fromJson(file.readAll()).array()) {
        if (entry["name"] != event) continue;
        for (const QJsonValue example : entry["examples"].toArray()) found << example.toObject();
    }
    return found;
}

void PublishedPayloadsTest::everyAnswerIsRight() {
    QMap<QString, int> statuses;
    int sent = 0;
    for (const QString event : {"push", "ping"}) {
        for (const QJsonObject& example : examplesOf(event)) {
            const QString path = platform_->folder() + QStringLiteral("/payload-%1.json").arg(++sent);
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QJsonDocument(example).toJson());
            file.close();

            const auto answer = platform_->send(path, {"--event", event});
            QVERIFY2(answer.exitCode == 0, answer.error.constData());
            const QString status = answer.json["status"].toString();
            ++statuses[status];
            if (event == "ping") {
                QCOMPARE(status, QString("pong"));
            } else if (example["ref"].toString().startsWith("refs/tags/") || example["deleted"].toBool()) {
                QCOMPARE(status, QString("ignored"));
                QVERIFY2(!answer.json["reason"].toString().isEmpty(), "an ignored push must say why");
            } else {
                QVERIFY2(status == "created" || status == "duplicate", answer.error.constData());
                QCOMPARE(answer.json["pipelineRuns"].toArray().size(), 1);
                QCOMPARE(answer.json["pipelineRuns"][0]["service"].toString(), QString("readme-service"));
            }
        }
    }
    // The two pushes to refs/heads/master carry the same signed content.
    QCOMPARE(statuses["created"], 1);
    QCOMPARE(statuses["duplicate"], 1);
    QVERIFY(statuses["pong"] >= 3);
    QVERIFY(statuses["ignored"] >= 4);

    // By the cluster's own account there is exactly one run.
    int created = 0;
    for (const QJsonValue entry : platform_->createRecord()) {
        if (entry["name"].toString().startsWith("readme-service-6113728f-") && entry["outcome"] == "created")
            ++created;
    }
    QCOMPARE(created, 1);
}

net::HttpResponse PublishedPayloadsTest::post(const QByteArray& body, const net::Headers& headers) {
    net::CurlTransport transport;
    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = platform_->receiverUrl().toStdString();
    request.body = body.toStdString();
    request.headers = headers;
    request.headers.add("Content-Type", "application/json");
    request.headers.add("X-GitHub-Event", "push");
    request.headers.add("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");
    auto answer = transport.send(request, {});
    return answer ? *answer : net::HttpResponse{};
}

void PublishedPayloadsTest::refusals_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("withSignature");
    QTest::addColumn<bool>("rightSignature");
    const QByteArray push = QJsonDocument(examplesOf("push").last()).toJson();
    QTest::newRow("wrong signature") << push << true << false;
    QTest::newRow("no signature") << push << false << false;
    QTest::newRow("malformed JSON, right signature") << QByteArray("{\"ref\": ") << true << true;
}

void PublishedPayloadsTest::refusals() {
    QFETCH(const QByteArray, body);
    QFETCH(const bool, withSignature);
    QFETCH(const bool, rightSignature);
    const auto before = platform_->createRecord().size();
    net::Headers headers;
    if (withSignature) {
        const QByteArray key = rightSignature ? PlatformUnderTest::secret() : QByteArray("another secret");
        headers.add("X-Hub-Signature-256", "sha256=" + toHex(hmacSha256(key.toStdString(), body.toStdString())));
    }
    QCOMPARE(post(body, headers).status, 400);
    QCOMPARE(platform_->createRecord().size(), before);
}

void PublishedPayloadsTest::nothingSecretIsLogged() {
    const QByteArray push = QJsonDocument(examplesOf("push").last()).toJson();
    const std::string mac = toHex(hmacSha256(PlatformUnderTest::secret().toStdString(), push.toStdString()));
    // The right MAC of the body arrives too, beside a wrong one, so that it would be there to be logged.
    QCOMPARE(post(push, {{"X-Hub-Signature-256", "sha256=" + std::string(64, 'a')}, {"X-Debug", mac}}).status, 400);
    const auto refused = platform_->receiver().waitForJson(
        [](const QJsonObject& line) { return line["event"] == "delivery" && line["httpStatus"] == 400; });
    QVERIFY2(refused, platform_->receiver().standardOutput().constData());
    const QByteArray log = platform_->receiver().standardOutput() + platform_->receiver().standardError();
    QVERIFY(!log.contains(PlatformUnderTest::secret()));
    QVERIFY(!log.contains(mac.c_str()));
    QVERIFY(!log.contains(std::string(64, 'a').c_str()));
    QVERIFY(!log.contains("sha256="));
}

CEREBRAL_TEST(PublishedPayloadsTest)
#include "published_payloads_test.moc"
