#include <QtTest/QtTest>

#include "core/base/plain_text.h"
#include "tests/support/test_main.h"

using cerebral::firstLine;
using cerebral::plainLine;

class PlainTextTest : public QObject {
    Q_OBJECT
private slots:
    void lines_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& line) {
            QTest::newRow(name) << text << line;
        };
        row("plain", "fix: größe ✓ 次", "fix: größe ✓ 次");
        row("empty", "", "");
        row("line breaks", "a\nb\r\nc\td", "a b  c d");
        row("colour", "\x1b[1;31mred\x1b[0m", "red");
        row("title",
            "\x1b]0;owned\x07"
            "a",
            "a");
        row("title, string terminator", "\x1b]0;owned\x1b\\a", "a");
        row("clipboard, never ended", "a\x1b]52;c;cm0gLXJm\nb", "a b");
        row("clear and home", "\x1b[2J\x1b[Ha", "a");
        row("device control", "\x1bPq#0\x1b\\a", "a");
        row("charset", "\x1b(0a", "a");
        row("lone escape", "a\x1b", "a");
        row("unfinished sequence", "a\x1b[31", "a");
        row("C1 CSI in UTF-8",
            "a\xc2\x9b"
            "31mb",
            "a 31mb");
        row("delete and bell",
            "a\x7f\x07"
            "b",
            "a  b");
        row("NUL", QByteArray("a\0b", 3), "a b");
        row("right-to-left override",
            "a\xe2\x80\xae"
            "b\xe2\x81\xa6"
            "c",
            "abc");
        row("line separator",
            "a\xe2\x80\xa8"
            "b",
            "a b");
        row("bad byte",
            "a\xff"
            "b",
            "a\xef\xbf\xbd"
            "b");
        row("cut sequence", "a\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd");
        row("overlong slash", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd");
        row("surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
        row("beyond Unicode", "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    }
    void lines() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, line);
        QCOMPARE(QByteArray::fromStdString(plainLine(text.toStdString())), line);
    }

    void cutsBetweenCodePoints() {
        QCOMPARE(plainLine("größer", 6), std::string("größer"));
        QCOMPARE(plainLine("größer", 5), std::string("größ…"));
        QCOMPARE(plainLine("größer", 1), std::string("…"));
        QCOMPARE(plainLine("größer", 0), std::string());
        // What is dropped does not count.
        QCOMPARE(plainLine("\x1b[31mab\x1b[0m", 2), std::string("ab"));
    }

    void theFirstLine() {
        QCOMPARE(firstLine("a\nb"), std::string_view("a"));
        QCOMPARE(firstLine("a\r\nb"), std::string_view("a"));
        QCOMPARE(firstLine("a"), std::string_view("a"));
        QCOMPARE(firstLine(""), std::string_view(""));
    }
};

CEREBRAL_TEST(PlainTextTest)
#include "plain_text_test.moc"
