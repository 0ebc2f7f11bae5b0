#include "core/base/digest.h"

#include <QtTest/QtTest>

#include "core/base/encoding.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class DigestTest : public QObject {
    Q_OBJECT
private slots:
    void sha256OfKnownInputs() {
        // FIPS 180-4 examples.
        QCOMPARE(sha256Hex(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256Hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256Hex(std::string(1'000'000, 'a')),
                 std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    void hmacOfRfc4231() {
        const auto mac = [](std::string_view key, std::string_view data) { return toHex(hmacSha256(key, data)); };
        QCOMPARE(mac(std::string(20, '\x0b'), "Hi There"),
                 std::string("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
        QCOMPARE(mac("Jefe", "what do ya want for nothing?"),
                 std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        QCOMPARE(mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
                 std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }

    void hmacOfGitHubsExample() {
        // docs.github.com, "Validating webhook deliveries".
        QCOMPARE(toHex(hmacSha256("It's a Secret to Everybody", "Hello, World!")),
                 std::string("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
    }

    void emptyKeyIsNotTheKeyOfTheLastCall() {
        const Sha256 before = hmacSha256("", "x");
        static_cast<void>(hmacSha256("other", "y"));
        QVERIFY(hmacSha256("", "x") == before);
        QVERIFY(hmacSha256("other", "x") != before);
    }

    void aMacInPieces() {
        for (const std::string& key : {std::string(), std::string("k"), std::string(200, 'k')}) {
            const HmacSha256 keyed(key);
            HmacSha256 mac(keyed);
            QVERIFY(HmacSha256(mac).finish() == hmacSha256(key, ""));
            mac.add("Hello, ");
            mac.add("");
            HmacSha256 other = mac;
            mac.add("World!");
            QVERIFY(mac.finish() == hmacSha256(key, "Hello, World!"));
            QVERIFY(other.finish() == hmacSha256(key, "Hello, "));
            other = keyed;
            other.add(std::string(100'000, 'x'));
            QVERIFY(other.finish() == hmacSha256(key, std::string(100'000, 'x')));
        }
    }

    void comparison() {
        Sha256 left = sha256("a");
        const Sha256 right = left;
        QVERIFY(equalConstantTime(left, right));
        left.back() ^= 1U;
        QVERIFY(!equalConstantTime(left, right));
    }
};

CEREBRAL_TEST(DigestTest)
#include "digest_test.moc"
