#include "ui/widgets/wrapped_text.h"

#include <QFontMetricsF>
#include <QTextLayout>
#include <cmath>

namespace cerebral::ui {

QTextOption wrapOption() {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

QString withWholeNames(QString text) {
    constexpr QChar kWordJoiner(0x2060);
    return text.replace(QLatin1Char('-'), QString(QLatin1Char('-')) + kWordJoiner);
}

WrappedText wrapText(const QFont& font, const QString& text, double width, int most) {
    WrappedText all{text};
    int last = 0;  ///< where the line before begins
    QTextLayout layout(text, font);
    layout.setTextOption(wrapOption());
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (all.lines == most) {
            // The dots must not need a line of their own.
            all.text = text.left(last) + QFontMetricsF(font).elidedText(text.mid(last), Qt::ElideRight, width);
            break;
        }
        last = line.textStart();
        ++all.lines;
        all.height += line.height();
    }
    layout.endLayout();
    all.height = std::ceil(all.height);
    return all;
}

}  // namespace cerebral::ui
