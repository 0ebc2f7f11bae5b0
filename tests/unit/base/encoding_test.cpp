#include "core/base/encoding.h"

#include <QtTest/QtTest>
#include <array>
#include <random>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class EncodingTest : public QObject {
    Q_OBJECT
private slots:
    void hex() {
        const std::array<unsigned char, 4> bytes{0x00, 0x7F, 0xAB, 0xFF};
        QCOMPARE(toHex(bytes), std::string("007fabff"));
        const auto back = fromHex("007FabFf");
        QVERIFY(back.has_value());
        QVERIFY(std::equal(back->begin(), back->end(), bytes.begin(), bytes.end()));
        QVERIFY(fromHex("")->empty());
        for (const char* bad : {"0", "0g", " 00", "0x", "00 "}) QVERIFY2(!fromHex(bad), bad);
    }

    void base64OfRfc4648() {
        const std::array<std::pair<const char*, const char*>, 7> vectors{{{"", ""},
                                                                          {"f", "Zg=="},
                                                                          {"fo", "Zm8="},
                                                                          {"foo", "Zm9v"},
                                                                          {"foob", "Zm9vYg=="},
                                                                          {"fooba", "Zm9vYmE="},
                                                                          {"foobar", "Zm9vYmFy"}}};
        for (const auto& [plain, encoded] : vectors) {
            QCOMPARE(toBase64(plain), std::string(encoded));
            QVERIFY2(fromBase64(encoded) == std::string(plain), encoded);
        }
    }

    void base64RefusesWhatIsNotCanonical() {
        // Missing or surplus padding, data behind padding, URL-safe alphabet, set spare bits, blanks.
        for (const char* bad :
             {"Zg", "Zg=", "Zm9v=", "Zg==Zg==", "Z===", "=", "Zm9-", "Zm9_", "Zh==", "Zm9=", "Zm 9v"}) {
            QVERIFY2(!fromBase64(bad), bad);
        }
    }

    void base64IgnoresLineBreaks() { QVERIFY(fromBase64("Zm9v\r\nYmFy\n") == std::string("foobar")); }

    void roundTripOfAnyBytes() {
        std::mt19937 random(1);
        for (std::size_t size = 0; size < 300; ++size) {
            std::string bytes(size, '\0');
            for (char& c : bytes) c = static_cast<char>(random());
            QVERIFY(fromBase64(toBase64(bytes)) == bytes);
            const std::vector<unsigned char> raw(bytes.begin(), bytes.end());
            QVERIFY(fromHex(toHex(raw)) == raw);
        }
    }
};

CEREBRAL_TEST(EncodingTest)
#include "encoding_test.moc"
