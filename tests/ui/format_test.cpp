#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "ui/models/format.h"

using namespace cerebral;
using namespace cerebral::ui;
using namespace std::chrono_literals;

class FormatTest : public QObject {
    Q_OBJECT

private slots:
    void durations() {
        QCOMPARE(formatDuration(41ms), QStringLiteral("41 ms"));
        QCOMPARE(formatDuration(18s), QStringLiteral("18 s"));
        // Between two stamps of the same second.
        QCOMPARE(formatDuration(0ms), QStringLiteral("<1 s"));
        QCOMPARE(formatDuration(133s), QStringLiteral("2:13"));
        QCOMPARE(formatDuration(64min), QStringLiteral("1 h 04"));
        QCOMPARE(formatTicking(44s), QStringLiteral("0:44"));
        QCOMPARE(formatTicking(60min), QStringLiteral("60:00"));
        QCOMPARE(formatTicking(-3s), QStringLiteral("0:00"));
    }
    void ages() {
        QCOMPARE(formatAge(20s), QStringLiteral("now"));
        QCOMPARE(formatAge(2min), QStringLiteral("2 min"));
        QCOMPARE(formatAge(3h), QStringLiteral("3 h"));
        QCOMPARE(formatAge(23h), QStringLiteral("23 h"));
        QCOMPARE(formatAge(34h), QStringLiteral("1 d"));
        QCOMPARE(formatAge(24h * 12), QStringLiteral("12 d"));
        QCOMPARE(formatProofAge(400ms), QStringLiteral("0.4 s"));
        QCOMPARE(formatProofAge(42s), QStringLiteral("42 s"));
        QCOMPARE(formatProofAge(74s), QStringLiteral("1 min"));
    }
    void days() {
        const WallTime now = std::chrono::system_clock::now();
        QVERIFY(formatDay(now, now).startsWith(QStringLiteral("Today, ")));
        QVERIFY(formatDay(now - 24h, now).startsWith(QStringLiteral("Yesterday, ")));
    }
    void textFromOutsideMovesNoCursor() {
        QCOMPARE(fromUtf8("a\nb\x1b[31m\x7f"), QStringLiteral("a b [31m "));
        QCOMPARE(fromUtf8("\xff"), QString(QChar(QChar::ReplacementCharacter)));
    }
};

CEREBRAL_TEST(FormatTest)
#include "format_test.moc"
