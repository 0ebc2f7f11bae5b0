#pragma once
/// @file Colours: every colour the interface may use, once for light and once for dark.
///
/// Rule of the whole interface: grey unless it means state. Accent marks only what can be pressed
/// next, what is checked, and where the focus is. Contrast: text at least 4.5 on its ground, glyphs
/// and bars at least 3 (WCAG 2); the test `colors_test.cpp` computes both.

#include <QColor>

namespace cerebral::ui {

/// solid: glyphs, bars, squares. text: words and figures. tint: pills, banners, the error line.
struct StateColors {
    QColor solid;
    QColor text;
    QColor tint;
};

struct Colors {
    bool dark = false;

    QColor bgChrome;  ///< rail, top bar
    QColor bgCanvas;  ///< pages, lists, panels
    QColor bgRaised;  ///< cards, buttons, dialogs, menus
    QColor bgInset;   ///< log, code, day separators
    QColor bgHover;
    QColor bgSelected;
    QColor bgTrack;  ///< bar tracks, pressed button, skeletons
    QColor bgGhost;  ///< median bars, stale hatch

    QColor lineSubtle;   ///< between rows
    QColor lineDefault;  ///< cards, headers, panels
    QColor lineControl;  ///< buttons, fields, dialogs
    QColor lineStrong;   ///< check boxes, queue outline, dashed expectation

    QColor text1;    ///< names, messages, values
    QColor text2;    ///< second lines, times
    QColor text3;    ///< labels, units, placeholders
    QColor textOff;  ///< refused controls only
    QColor textInverse;

    QColor accent;
    QColor accentText;
    QColor accentTint;
    QColor focus;
    QColor mark;
    QColor markNow;
    QColor dim;  ///< veil under dialogs

    StateColors run;
    StateColors ok;
    StateColors bad;
    StateColors stuck;
    StateColors off;
    StateColors pend;
    StateColors skip;
    QColor okQuiet;

    QColor ansiRed;
    QColor ansiGreen;
    QColor ansiYellow;
    QColor ansiBlue;
    QColor ansiMagenta;
    QColor ansiCyan;
};

[[nodiscard]] const Colors& lightColors();
[[nodiscard]] const Colors& darkColors();

}  // namespace cerebral::ui
