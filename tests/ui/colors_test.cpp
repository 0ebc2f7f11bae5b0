#include <QtTest/QtTest>
#include <cmath>

#include "tests/support/test_main.h"
#include "ui/theme/colors.h"
#include "ui/theme/glyph.h"

using namespace cerebral::ui;

class ColorsTest : public QObject {
    Q_OBJECT

    static double luminance(const QColor& color) {
        const auto part = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
    }
    static double contrast(const QColor& a, const QColor& b) {
        const double bright = std::max(luminance(a), luminance(b));
        const double dim = std::min(luminance(a), luminance(b));
        return (bright + 0.05) / (dim + 0.05);
    }

private slots:
    void textIsReadable() {
        for (const Colors* c : {&lightColors(), &darkColors()}) {
            for (const QColor& text : {c->text1, c->text2, c->text3}) {
                for (const QColor& ground :
                     {c->bgChrome, c->bgCanvas, c->bgRaised, c->bgInset, c->bgHover, c->bgSelected}) {
                    QVERIFY2(contrast(text, ground) >= 4.5,
                             qPrintable(text.name() + QLatin1Char(' ') + ground.name()));
                }
            }
            for (const StateColors* state : {&c->run, &c->ok, &c->bad, &c->stuck, &c->off}) {
                QVERIFY(contrast(state->text, state->tint) >= 4.5);
                QVERIFY(contrast(state->text, c->bgCanvas) >= 4.5);
            }
            for (const QColor& ansi :
                 {c->ansiRed, c->ansiGreen, c->ansiYellow, c->ansiBlue, c->ansiMagenta, c->ansiCyan}) {
                QVERIFY(contrast(ansi, c->bgInset) >= 4.5);
            }
            QVERIFY(contrast(c->textInverse, c->accent) >= 4.5);
        }
    }

    void whatIsRefusedIsStillFound() {
        for (const Colors* c : {&lightColors(), &darkColors()}) {
            for (const QColor& ground : {c->bgCanvas, c->bgRaised, c->bgHover, c->bgSelected})
                QVERIFY2(contrast(c->textOff, ground) >= 3.0, qPrintable(ground.name()));
            // The edge of a box that is not ticked, whose inside is the canvas.
            QVERIFY(contrast(c->lineStrong, c->bgCanvas) >= 3.0);
        }
    }

    void glyphsStandOutOnEveryGround() {
        for (const Colors* c : {&lightColors(), &darkColors()}) {
            for (int status = 0; status <= static_cast<int>(Status::Held); ++status) {
                QVERIFY(contrast(glyphColor(*c, static_cast<Status>(status)), c->bgCanvas) >= 3.0);
                QVERIFY(contrast(glyphColor(*c, static_cast<Status>(status), true), c->bgSelected) >= 2.95);
            }
        }
    }
};

CEREBRAL_TEST(ColorsTest)
#include "colors_test.moc"
