#pragma once
/// @file WrappedText: a text in as many lines as it needs, or as many as it may have. Pure.

#include <QFont>
#include <QString>
#include <QTextOption>
#include <limits>

namespace cerebral::ui {

struct WrappedText {
    QString text;  ///< what goes into the lines
    int lines = 0;
    double height = 0;
};

/// Between words, and within one that is too long for a line.
[[nodiscard]] QTextOption wrapOption();
/// With lines that do not end within a name of several parts, "ai-services": on the screen only, it is another text.
[[nodiscard]] QString withWholeNames(QString text);
/// In at most `most` lines; of what is left out "…" tells.
[[nodiscard]] WrappedText wrapText(const QFont& font, const QString& text, double width,
                                   int most = std::numeric_limits<int>::max());

}  // namespace cerebral::ui
