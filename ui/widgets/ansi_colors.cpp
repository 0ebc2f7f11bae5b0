#include "ui/widgets/ansi_colors.h"

#include <algorithm>
#include <cmath>

namespace cerebral::ui {
namespace {

using analysis::AnsiColor;

double luminance(const QColor& color) {
    const auto part = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

/// xterm's 6 × 6 × 6 cube and 24 greys.
QColor cube(int index) {
    if (index >= 232) {
        const int grey = 8 + (index - 232) * 10;
        return {grey, grey, grey};
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + step * 40; };
    const int at = index - 16;
    return {level(at / 36), level(at / 6 % 6), level(at % 6)};
}

QColor readable(QColor color, const Colors& c) {
    for (int step = 0; step < 20 && contrastRatio(color, c.bgInset) < 4.5; ++step) {
        color = c.dark ? color.lighter(112) : color.darker(112);
        // Black grows no lighter by factors.
        if (c.dark && color.value() < 40)
            color = QColor::fromHsv(std::max(0, color.hsvHue()), color.hsvSaturation(), 60);
    }
    return contrastRatio(color, c.bgInset) < 4.5 ? c.text1 : color;
}

QColor named(int index, const Colors& c) {
    switch (index % 8) {
        case 0:
            return index < 8 ? c.text1 : c.text3;
        case 1:
            return c.ansiRed;
        case 2:
            return c.ansiGreen;
        case 3:
            return c.ansiYellow;
        case 4:
            return c.ansiBlue;
        case 5:
            return c.ansiMagenta;
        case 6:
            return c.ansiCyan;
        default:
            return c.text1;
    }
}

QColor resolve(const AnsiColor& color, const Colors& c) {
    switch (color.kind) {
        case AnsiColor::Kind::Palette:
            return color.red < 16 ? named(color.red, c) : readable(cube(color.red), c);
        case AnsiColor::Kind::Rgb:
            return readable(QColor(color.red, color.green, color.blue), c);
        case AnsiColor::Kind::Default:
            break;
    }
    return c.text1;
}

}  // namespace

double contrastRatio(const QColor& a, const QColor& b) {
    const double bright = std::max(luminance(a), luminance(b));
    const double dim = std::min(luminance(a), luminance(b));
    return (bright + 0.05) / (dim + 0.05);
}

QColor ansiForeground(const analysis::AnsiStyle& style, const Colors& c) {
    if (style.foreground.kind == AnsiColor::Kind::Default) return style.dim ? c.text3 : c.text1;
    return resolve(style.foreground, c);
}

std::optional<QColor> ansiBackground(const analysis::AnsiStyle& style, const Colors& c) {
    const AnsiColor& wanted = style.inverse ? style.foreground : style.background;
    if (wanted.kind == AnsiColor::Kind::Default && !style.inverse) return std::nullopt;
    QColor tint = resolve(wanted, c);
    tint.setAlpha(c.dark ? 60 : 40);
    return tint;
}

}  // namespace cerebral::ui
