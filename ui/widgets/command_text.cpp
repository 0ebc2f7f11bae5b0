#include "ui/widgets/command_text.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr int kSide = 12;
constexpr double kLine = 20;
constexpr double kLeastHeight = 28;
const QString kSetIn = QStringLiteral("  ");

/// Split at blanks outside of quotes.
QStringList wordsOf(const QString& command) {
    QStringList words;
    QString word;
    QChar quote;
    for (const QChar c : command) {
        if (c == QLatin1Char(' ') && quote.isNull()) {
            if (!word.isEmpty()) words << std::exchange(word, {});
            continue;
        }
        if (c == quote) {
            quote = {};
        } else if (quote.isNull() && (c == QLatin1Char('"') || c == QLatin1Char('\''))) {
            quote = c;
        }
        word += c;
    }
    if (!word.isEmpty()) words << word;
    return words;
}

/// A flag stays beside its value: "-n tekton-pipelines".
QStringList argumentsOf(const QString& command) {
    QStringList arguments;
    const auto wantsValue = [](const QString& word) {
        return word.startsWith(QLatin1Char('-')) && !word.contains(QLatin1Char('=')) &&
               !word.contains(QLatin1Char(' '));
    };
    for (const QString& word : wordsOf(command)) {
        if (!arguments.isEmpty() && wantsValue(arguments.constLast()) && !word.startsWith(QLatin1Char('-'))) {
            arguments.last() += QLatin1Char(' ') + word;
        } else {
            arguments << word;
        }
    }
    return arguments;
}

/// What is longer than a line goes on behind one of its marks, else anywhere.
QStringList piecesOf(QString word, const QFont& font, double width) {
    QStringList pieces;
    while (textWidth(font, word) > width && word.size() > 1) {
        qsizetype fits = 1;
        while (fits < word.size() && textWidth(font, word.left(fits + 1)) <= width) ++fits;
        qsizetype end = fits;
        while (end > 1 && !QStringLiteral("=:/,").contains(word[end - 1])) --end;
        if (end <= 1) end = fits;
        pieces << word.left(end);
        word.remove(0, end);
    }
    return pieces << word;
}

}  // namespace

QStringList commandLines(const QString& command, const QFont& font, double width) {
    QStringList lines;
    const double inner = width - textWidth(font, kSetIn);
    QStringList words;
    for (const QString& argument : argumentsOf(command)) {
        const bool fits = textWidth(font, argument) <= inner;
        for (const QString& word : fits ? QStringList{argument} : wordsOf(argument)) {
            const QStringList pieces = piecesOf(word, font, inner);
            words << pieces.constFirst();
            // The rest of a word has lines of its own.
            for (const QString& piece : pieces.mid(1)) words << kSetIn + piece;
        }
    }
    for (const QString& word : words) {
        if (word.startsWith(kSetIn)) {
            lines << word;
            continue;
        }
        const QString longer = lines.isEmpty() ? QString() : lines.constLast() + QLatin1Char(' ') + word;
        if (!lines.isEmpty() && textWidth(font, longer) <= width) {
            lines.last() = longer;
        } else {
            lines << (lines.isEmpty() ? word : kSetIn + word);
        }
    }
    return lines;
}

CommandText::CommandText(const Theme& theme, const QString& command, QWidget* parent)
    : QWidget(parent), theme_(theme), command_(command) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(command);
    setToolTip(plainTip(command));
    keepScaled(theme_, this, [this] {
        updateGeometry();
        update();
    });
}

QStringList CommandText::linesAt(int width) const {
    return commandLines(command_, theme_.fonts().mono, width - 2.0 * kSide);
}

int CommandText::heightForWidth(int width) const {
    const auto lines = static_cast<double>(linesAt(width).size());
    return theme_.px(std::max(kLeastHeight, kLine * lines + (kLeastHeight - kLine)));
}

QSize CommandText::sizeHint() const {
    const int whole = static_cast<int>(textWidth(theme_.fonts().mono, command_)) + 2 * kSide + 1;
    return {whole, heightForWidth(whole)};
}

QSize CommandText::minimumSizeHint() const {
    return {theme_.px(120), theme_.px(kLeastHeight)};
}

void CommandText::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    drawBox(p, rect(), 4, c.bgInset, c.lineDefault);
    const QStringList all = lines();
    const double line = theme_.px(kLine);
    double y = (height() - line * static_cast<double>(all.size())) / 2;
    for (const QString& words : all) {
        drawText(p, QRectF(kSide, y, width() - 2.0 * kSide, line), theme_.fonts().mono, c.text1, words, Qt::AlignLeft,
                 Qt::ElideMiddle);
        y += line;
    }
}

}  // namespace cerebral::ui
