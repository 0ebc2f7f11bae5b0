#pragma once
/// @file Type scale: the roles text may play. Inter and JetBrains Mono where installed (Debian's
/// fonts-inter, fonts-jetbrains-mono), otherwise the system's sans and fixed fonts.

#include <QFont>

namespace cerebral::ui {

struct Fonts {
    QFont figure;       ///< 24/600, tiles of Trends
    QFont runTitle;     ///< 18/600, run header, empty state
    QFont pageTitle;    ///< 16/600
    QFont answer;       ///< 15/400, commit box
    QFont answerBold;   ///< 15/600, the verdict, dialog titles
    QFont section;      ///< 13/600, panel and card titles
    QFont strong;       ///< 13/500, message, service, task, button, rail
    QFont body;         ///< 13/400
    QFont small;        ///< 12/400, second lines, times, reasons, chips
    QFont smallStrong;  ///< 12/500, state words, column headers
    QFont tiny;         ///< 11/500, tags, key caps, thin strips
    QFont tinyPlain;    ///< 11/400, axis labels
    QFont initials;     ///< 10/600, avatars
    QFont mono;         ///< 12/400
    QFont monoStrong;   ///< 12/500, the error line
    QFont monoTiny;     ///< 11/400, digests in strips
};

/// `scale` 1.0 … 2.0: the user's font scale. Sizes are pixels × scale.
[[nodiscard]] Fonts makeFonts(double scale);

}  // namespace cerebral::ui
