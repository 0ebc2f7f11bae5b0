#include "core/analysis/fingerprint.h"

#include <QTest>

#include "tests/support/test_main.h"

using namespace cerebral::analysis;

class FingerprintTest : public QObject {
    Q_OBJECT
private slots:
    void normalised_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("normalised");
        const auto row = [](const char* line, const char* normalised) {
            QTest::newRow(line) << QByteArray(line) << QByteArray(normalised);
        };
        row("ERROR: No matching distribution found for pydantic==2.9.2",
            "ERROR: No matching distribution found for pydantic==#");
        row("2026-11-23T08:41:00.123Z ERROR app: broken", "ERROR app: broken");
        row("2026-11-23 08:41:00,123 [0104]  ERROR   app", "ERROR app");
        row("error at commit e03fa57b41d9", "error at commit …");
        row("image sha256:15c9186e0205be7f27e6b7a511dca54e2012ede47ebb1f09dcec2cd565e2a28f gone",
            "image sha#:… gone");
        row("pod 8fe4c580-23c0-4bca-a2fe-91d005ae42b8 lost", "pod … lost");
        row("dial tcp 10.34.0.202:5000: connect: connection refused", "dial tcp #: connect: connection refused");
        row("pods \"ai-services-7d9f8c6b5d-x7k2p\" not found", "pods \"ai-services-…-…\" not found");
        row("segfault at 0x7ffd2a3c0010", "segfault at …");
        row("main.c:12:5: error: expected ';'", "main.c:#: error: expected ';'");
        row("manifest unknown: cerebral/ai-base:cuda-12.4", "manifest unknown: cerebral/ai-base:cuda-#");
        row("ImportError: cannot import name 'root_validator' from 'pydantic'",
            "ImportError: cannot import name 'root_validator' from 'pydantic'");
        row("the decade and the facade", "the decade and the facade");
        row("", "");
    }
    void normalised() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, normalised);
        QCOMPARE(QByteArray::fromStdString(normaliseError(line.toStdString())), normalised);
    }

    void sameErrorSamePrint() {
        QCOMPARE(fingerprintOf("08:41:00 ERROR x took 3.2 s (e03fa57b)"),
                 fingerprintOf("09:00:17 ERROR x took 14 s (41d90c7)"));
        QVERIFY(fingerprintOf("ERROR x") != fingerprintOf("ERROR y"));
        QCOMPARE(fingerprintOf("x").size(), std::size_t{16});
    }

    void longLinesAreCutBetweenCharacters() {
        std::string line;
        for (int i = 0; i < 200; ++i)
            line +=
                "\xC3\xBC"
                "z";
        const std::string normalised = normaliseError(line);
        QVERIFY(normalised.size() <= 240);
        QVERIFY(line.starts_with(normalised));
    }
};

CEREBRAL_TEST(FingerprintTest)
#include "fingerprint_test.moc"
