#include "ui/widgets/wrapped_text.h"

#include <QTextLayout>
#include <cmath>

namespace cerebral::ui {

QTextOption wrapOption() {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

WrappedText wrapText(const QFont& font, const QString& text, double width, int most) {
    WrappedText all{text};
    QTextLayout layout(text, font);
    layout.setTextOption(wrapOption());
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (all.lines == most) {
            // One character less: its place is the dots'.
            all.text = text.left(line.textStart() - 1).trimmed() + QStringLiteral("…");
            break;
        }
        ++all.lines;
        all.height += line.height();
    }
    layout.endLayout();
    all.height = std::ceil(all.height);
    return all;
}

}  // namespace cerebral::ui
