#include "core/analysis/ansi.h"

#include <QTest>
#include <random>

#include "core/analysis/utf8.h"
#include "tests/support/test_main.h"

using namespace cerebral::analysis;

namespace {

AnsiLine parse(std::string_view line) {
    AnsiStyle style;
    return parseAnsiLine(line, style);
}

AnsiStyle coloured(AnsiColor colour) {
    AnsiStyle style;
    style.foreground = colour;
    return style;
}

}  // namespace

class AnsiTest : public QObject {
    Q_OBJECT
private slots:
    void textWithoutEscapesIsLeftAlone() {
        const AnsiLine line = parse("plain \xC3\xBC \xF0\x9F\x9A\x80\ttext");
        QCOMPARE(line.text, std::string("plain \xC3\xBC \xF0\x9F\x9A\x80\ttext"));
        QVERIFY(line.spans.empty());
    }

    void coloursBecomeSpans() {
        const AnsiLine line =
            parse("\x1b[31mred\x1b[0m \x1b[1;32mbold green\x1b[0m \x1b[38;5;208m256\x1b[0m \x1b[38;2;10;20;200mtrue");
        QCOMPARE(line.text, std::string("red bold green 256 true"));
        AnsiStyle boldGreen = coloured(AnsiColor::palette(2));
        boldGreen.bold = true;
        const std::vector<StyleSpan> expected = {{0, 3, coloured(AnsiColor::palette(1))},
                                                 {4, 14, boldGreen},
                                                 {15, 18, coloured(AnsiColor::palette(208))},
                                                 {19, 23, coloured(AnsiColor::rgb(10, 20, 200))}};
        QVERIFY(line.spans == expected);
    }

    void colonsWithAndWithoutColourSpace_data() {
        QTest::addColumn<QByteArray>("parameters");
        QTest::newRow("with colour space") << QByteArray("38:2::10:20:200");
        QTest::newRow("without") << QByteArray("38:2:10:20:200");
        QTest::newRow("then another") << QByteArray("38:2:10:20:200;24");
    }
    void colonsWithAndWithoutColourSpace() {
        QFETCH(QByteArray, parameters);
        const AnsiLine line = parse(("\x1b[" + parameters + "mx").toStdString());
        QCOMPARE(line.spans.size(), std::size_t{1});
        QVERIFY(line.spans[0].style == coloured(AnsiColor::rgb(10, 20, 200)));
    }

    void attributesGoOnAndOff() {
        AnsiStyle style;
        QCOMPARE(parseAnsiLine("\x1b[1;2;3;4;7;9;91;104mx", style).text, std::string("x"));
        QVERIFY(style.bold && style.dim && style.italic && style.underline && style.inverse && style.strike);
        QVERIFY(style.foreground == AnsiColor::palette(9));
        QVERIFY(style.background == AnsiColor::palette(12));
        (void)parseAnsiLine("\x1b[22;23;24;27;29;39;49m", style);
        QVERIFY(style.isPlain());
        (void)parseAnsiLine("\x1b[4:3m", style);
        QVERIFY(style.underline);
        (void)parseAnsiLine("\x1b[4:0m", style);
        QVERIFY(style.isPlain());
    }

    void styleIsCarriedToTheNextLine() {
        AnsiStyle style;
        (void)parseAnsiLine("a \x1b[33mb", style);
        const AnsiLine next = parseAnsiLine("still yellow", style);
        QCOMPARE(next.spans.size(), std::size_t{1});
        QVERIFY(next.spans[0].style == coloured(AnsiColor::palette(3)));
        (void)parseAnsiLine("\x1b[m", style);
        QVERIFY(style.isPlain());
    }

    void nothingElseActs_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, QByteArray line, QByteArray text) {
            QTest::newRow(name) << line << text;
        };
        row("title, BEL", "\x1b]0;title\aafter", "after");
        row("clipboard, ST", "a\x1b]52;c;cm0gLXJm\x1b\\b", "ab");
        row("hyperlink", "\x1b]8;;https://x.example/\aname\x1b]8;;\a", "name");
        row("clipboard, C1",
            "a\xC2\x9D"
            "52;c;eA==\xC2\x9C"
            "b",
            "ab");
        row("string that does not end", "a\x1b]52;c;cm0gLXJm", "a");
        row("string ended by another sequence", "a\x1b]0;t\x1b[31mb", "ab");
        row("string cancelled",
            "a\x1bPq123\x18"
            "b",
            "ab");
        row("cursor movement", "a\x1b[2Jb\x1b[5;5Hc\x1b[3Ad", "abcd");
        row("C1 control sequence",
            "a\xC2\x9B"
            "31mb",
            "ab");
        row("private modes", "\x1b[?25lhidden cursor\x1b[?25h", "hidden cursor");
        row("not a colour: >4;1m", "\x1b[>4;1mx", "x");
        row("character set", "\x1b(Bx\x1b)0y", "xy");
        row("answerback",
            "a\x05"
            "b",
            "ab");
        row("bell, null, delete",
            QByteArray("a\a\0b\x7f"
                       "c",
                       6),
            "abc");
        row("cut escape", "a\x1b", "a");
        row("cut sequence", "a\x1b[38;5", "a");
        row("sequence broken by a letter from beyond ASCII", "a\x1b[3\xC3\xBC", "a\xC3\xBC");
        row("conceal hides nothing", "\x1b[8msecret", "secret");
        row("device report", "\x1b[6nx\x1b[cy", "xy");
    }
    void nothingElseActs() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, text);
        const AnsiLine parsed = parse(line.toStdString());
        QCOMPARE(QByteArray::fromStdString(parsed.text), text);
    }

    void carriageReturnOverwrites_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* line, const char* text) {
            QTest::newRow(name) << QByteArray(line) << QByteArray(text);
        };
        row("progress", "progress 10%\rprogress 20%\rprogress 50%", "progress 50%");
        row("shorter leaves the rest", "abcdef\rxy", "xycdef");
        row("at the end it changes nothing", "windows line\r", "windows line");
        row("erase to the end", "abcdef\rxy\x1b[K", "xy");
        row("erase all, then write", "abcdef\x1b[2K\rxy", "xy");
        row("erase all without return keeps the column", "ab\x1b[2Kc", "  c");
        row("erase to the cursor", "abcdef\r\x1b[1K", " bcdef");
        row("backspace", "abc\b\bX", "aXc");
        row("backspace stops at the beginning", "a\b\b\bb", "b");
        row("code points, not bytes", "\xC3\xBC\xC3\xBC\rx", "x\xC3\xBC");
    }
    void carriageReturnOverwrites() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(parse(line.toStdString()).text), text);
    }

    void overwrittenColourIsGone() {
        const AnsiLine line = parse("\x1b[31mred\x1b[0m\rok");
        QCOMPARE(line.text, std::string("okd"));
        QVERIFY(line.spans == (std::vector<StyleSpan>{{2, 3, coloured(AnsiColor::palette(1))}}));
    }

    void brokenUtf8IsReplaced_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* line, const char* text) {
            QTest::newRow(name) << QByteArray(line) << QByteArray(text);
        };
        row("lone continuation", "a\x80z", "a\uFFFDz");
        row("overlong", "\xC0\xAF", "\uFFFD\uFFFD");
        row("surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD");
        row("beyond the last", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD");
        row("cut short", "\xE2\x82", "\uFFFD");
        row("cut short, then text", "\xF0\x9F\x9Aok", "\uFFFDok");
    }
    void brokenUtf8IsReplaced() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(parse(line.toStdString()).text), text);
    }

    /// Whatever comes in: valid UTF-8, no control characters, spans in order and inside the text.
    void anyBytesGiveDrawableText() {
        std::mt19937 random(20261123);
        static constexpr char kAlphabet[] = "\x1b[];m\rK\b\a\\31?8 ax\xC3\xBC\xC2\x9B\x9D\x9C\xF0\x9F\x80P(2JH:";
        const std::string_view alphabet(kAlphabet, sizeof kAlphabet - 1);
        for (int round = 0; round < 20'000; ++round) {
            std::string line(random() % 40, ' ');
            for (char& c : line) c = alphabet[random() % alphabet.size()];
            AnsiStyle style;
            const AnsiLine parsed = parseAnsiLine(line, style);
            for (std::size_t at = 0; at < parsed.text.size();) {
                const CodePoint point = decodeUtf8(parsed.text, at);
                QVERIFY(point.valid);
                QVERIFY(point.value >= 0x20 && !(point.value >= 0x7F && point.value <= 0x9F));
                at += point.bytes;
            }
            std::size_t end = 0;
            for (const StyleSpan& span : parsed.spans) {
                QVERIFY(span.begin >= end && span.begin < span.end && span.end <= parsed.text.size());
                QVERIFY(!span.style.isPlain());
                end = span.end;
            }
        }
    }
};

CEREBRAL_TEST(AnsiTest)
#include "ansi_test.moc"
