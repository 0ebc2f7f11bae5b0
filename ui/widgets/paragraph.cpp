#include "ui/widgets/paragraph.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/wrapped_text.h"

namespace cerebral::ui {
namespace {

void breakLines(QTextLayout& layout, double width, double pitch) {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y + (pitch - line.height()) / 2});
        y += pitch;
    }
    layout.endLayout();
}

/// A line ends where the text says so, too: layouts know lines by another sign than texts.
QString withLines(QString text) {
    return withWholeNames(text.replace(QLatin1Char('\n'), QChar(QChar::LineSeparator)));
}

}  // namespace

Paragraph::Paragraph(const Theme& theme, QFont Fonts::*font, QColor Colors::*color, double pitch, QWidget* parent)
    : QLabel(parent), theme_(theme), pitch_(pitch) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    followTheme(theme, *this, font, color);
}

int Paragraph::heightForWidth(int width) const {
    QTextLayout layout(withLines(text()), font());
    breakLines(layout, std::max(1, width), theme_.px(pitch_));
    return std::max(1, layout.lineCount()) * theme_.px(pitch_);
}

QSize Paragraph::sizeHint() const {
    const int width = QLabel::sizeHint().width();
    return {width, heightForWidth(width)};
}

QSize Paragraph::minimumSizeHint() const {
    return {QLabel::minimumSizeHint().width(), theme_.px(pitch_)};
}

void Paragraph::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.setPen(palette().color(QPalette::WindowText));
    QTextLayout layout(withLines(text()), font());
    breakLines(layout, width(), theme_.px(pitch_));
    layout.draw(&p, {0, 0});
}

}  // namespace cerebral::ui
