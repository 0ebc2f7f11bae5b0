#include <QtTest/QtTest>
#include <array>

#include "core/webhook/signature.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::webhook;

class SignatureTest : public QObject {
    Q_OBJECT

    static SignatureVerdict verdict(const std::string& header, const std::string& body, const std::string& secret) {
        const std::array secrets{Secret(secret)};
        return verifySignature(header, body, secrets);
    }

private slots:
    /// GitHub's documentation, octokit/webhooks-methods, adnanh/webhook, octokit/webhooks.js.
    void publishedVectors_data() {
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("GitHub documentation")
            << QByteArray("It's a Secret to Everybody") << QByteArray("Hello, World!")
            << QByteArray("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        QTest::newRow("webhooks-methods")
            << QByteArray("mysecret") << QByteArray(R"({"foo":"bar"})")
            << QByteArray("sha256=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3");
        QTest::newRow("adnanh/webhook")
            << QByteArray("secret") << QByteArray(R"({"a": "z"})")
            << QByteArray("sha256=f417af3a21bd70379b5796d5f013915e7029f62c580fb0f500f59a35a6f04c89");
        QTest::newRow("escapes and raw UTF-8")
            << QByteArray("development")
            << QByteArray("{\"foo\":\"Foo\\n\\u001B[34mbar: ♥♥♥♥♥♥♥♥\\nthis-is-lost\\u001B[0m\\u001B[2K\"}")
            << QByteArray("sha256=afecc3caa27548bb90d51a50384cb2868b9a3327b4ad6a01c9bd4ed0f8b0b12c");
    }
    void publishedVectors() {
        QFETCH(QByteArray, secret);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, header);
        QCOMPARE(verdict(header.toStdString(), body.toStdString(), secret.toStdString()), SignatureVerdict::Valid);
        QCOMPARE(signBody(body.toStdString(), Secret(secret.toStdString())), header.toStdString());
        QCOMPARE(verdict(header.toStdString(), body.toStdString() + " ", secret.toStdString()),
                 SignatureVerdict::Wrong);
        QCOMPARE(verdict(header.toStdString(), body.toStdString(), secret.toStdString() + "x"),
                 SignatureVerdict::Wrong);
    }

    void everySecretIsTried() {
        const std::string header = signBody("body", Secret("old"));
        const std::array rotated{Secret("new"), Secret("old")};
        QCOMPARE(verifySignature(header, "body", rotated), SignatureVerdict::Valid);
        const std::array both{Secret("old"), Secret("new")};
        QCOMPARE(verifySignature(header, "body", both), SignatureVerdict::Valid);
        const std::array gone{Secret("new"), Secret("newer")};
        QCOMPARE(verifySignature(header, "body", gone), SignatureVerdict::Wrong);
        QCOMPARE(verifySignature(header, "body", {}), SignatureVerdict::Wrong);
    }

    void anEmptySecretSignsNothing() {
        const std::string header = signBody("body", Secret());
        QCOMPARE(verdict(header, "body", ""), SignatureVerdict::Wrong);
    }

    void malformedHeaders() {
        const std::string hex = signBody("b", Secret("s")).substr(7);
        QCOMPARE(verdict("", "b", "s"), SignatureVerdict::Missing);
        QCOMPARE(verdict("sha1=" + hex.substr(0, 40), "b", "s"), SignatureVerdict::Malformed);
        QCOMPARE(verdict(hex, "b", "s"), SignatureVerdict::Malformed);
        QCOMPARE(verdict("sha256=" + hex.substr(1), "b", "s"), SignatureVerdict::Malformed);
        QCOMPARE(verdict("sha256=" + hex + "00", "b", "s"), SignatureVerdict::Malformed);
        QCOMPARE(verdict("sha256=" + hex.substr(0, 62) + "zz", "b", "s"), SignatureVerdict::Malformed);
        QCOMPARE(verdict("sha256= " + hex, "b", "s"), SignatureVerdict::Malformed);
        QCOMPARE(verdict("sha256=" + hex, "b", "s"), SignatureVerdict::Valid);
    }
};

CEREBRAL_TEST(SignatureTest)
#include "signature_test.moc"
