#include "ui/theme/fonts.h"

#include <QGlyphRun>
#include <QRawFont>
#include <QTest>
#include <QTextLayout>

#include "tests/support/test_main.h"

using namespace cerebral;

class FontsTest : public QObject {
    Q_OBJECT

private slots:
    void signsOfCommandsAreNotJoined();
};

void FontsTest::signsOfCommandsAreNotJoined() {
    const ui::Fonts fonts = ui::makeFonts(1);
    const QString text = QStringLiteral("--a&&b://!=");
    for (const QFont& font : {fonts.mono, fonts.monoStrong, fonts.monoTiny}) {
        QTextLayout layout(text, font);
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        const QList<QGlyphRun> runs = layout.glyphRuns();
        QCOMPARE(runs.size(), 1);
        // As many signs as were written, each as it is alone.
        QCOMPARE(runs.front().glyphIndexes(), QRawFont::fromFont(font).glyphIndexesForString(text));
    }
}

CEREBRAL_TEST(FontsTest)
#include "fonts_test.moc"
