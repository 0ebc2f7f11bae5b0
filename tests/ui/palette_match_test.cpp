#include "ui/models/palette_match.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "ui/models/rebuild_plan.h"

using namespace cerebral;
using namespace cerebral::ui;

class PaletteMatchTest : public QObject {
    Q_OBJECT
private slots:
    void findsPiecesThenInitials() {
        const QString text = QStringLiteral("Rebuild data-services…");
        QVERIFY(paletteMatch(QStringLiteral("data"), text));
        QVERIFY(paletteMatch(QStringLiteral("rds"), text));
        QVERIFY(paletteMatch(QStringLiteral("serv reb"), text));
        QVERIFY(!paletteMatch(QStringLiteral("delete"), text));
        QVERIFY(paletteMatch(QStringLiteral("reb"), text)->score < paletteMatch(QStringLiteral("data"), text)->score);
        QVERIFY(paletteMatch(QStringLiteral("data"), text)->score < paletteMatch(QStringLiteral("rds"), text)->score);
        QVERIFY(paletteMatch({}, text));
        const auto spans = paletteMatch(QStringLiteral("DATA"), text)->spans;
        QCOMPARE(spans.size(), std::size_t{1});
        QCOMPARE(text.mid(spans[0].first, spans[0].second), QStringLiteral("data"));
    }

    void wordsAreFoundWhereTheyStand() {
        const QString text = QStringLiteral("live on main, ai-services");
        const PaletteSpans expected{{8, 4}, {14, 2}};
        QCOMPARE(wordsIn({QStringLiteral("AI"), QStringLiteral("main"), QStringLiteral("nowhere")}, text), expected);
        QVERIFY(wordsIn({QStringLiteral("lom")}, text).empty());
    }

    void wordsStayOneWordForAShell() {
        QCOMPARE(shellQuoted(QStringLiteral("feature/x")), QStringLiteral("feature/x"));
        QCOMPARE(shellQuoted(QStringLiteral("a b")), QStringLiteral("'a b'"));
        QCOMPARE(shellQuoted(QStringLiteral("$(rm -rf ~)")), QStringLiteral("'$(rm -rf ~)'"));
        QCOMPARE(shellQuoted(QStringLiteral("it's")), QStringLiteral("'it'\\''s'"));
        QCOMPARE(shellQuoted(QString()), QStringLiteral("''"));
    }
};

CEREBRAL_TEST(PaletteMatchTest)
#include "palette_match_test.moc"
