#include "ui/theme/colors.h"

namespace cerebral::ui {
namespace {

constexpr QColor rgb(unsigned value) {
    return QColor(static_cast<int>(value >> 16U), static_cast<int>((value >> 8U) & 0xFFU),
                  static_cast<int>(value & 0xFFU));
}

Colors makeLight() {
    Colors c;
    c.bgChrome = rgb(0xF3F4F6);
    c.bgCanvas = rgb(0xFFFFFF);
    c.bgRaised = rgb(0xFFFFFF);
    c.bgInset = rgb(0xF8F9FA);
    c.bgHover = rgb(0xF2F4F6);
    c.bgSelected = rgb(0xE6EEF8);
    c.bgTrack = rgb(0xE3E7EB);
    c.bgGhost = rgb(0xC5CCD4);
    c.lineSubtle = rgb(0xE7E9EC);
    c.lineDefault = rgb(0xD6DADF);
    c.lineControl = rgb(0xC2C8D0);
    c.lineStrong = rgb(0x848C97);
    c.text1 = rgb(0x17191C);
    c.text2 = rgb(0x474E58);
    c.text3 = rgb(0x626A75);
    c.textOff = rgb(0x808893);
    c.textInverse = rgb(0xFFFFFF);
    c.accent = rgb(0x4B50C6);
    c.accentText = rgb(0x4247B8);
    c.accentTint = rgb(0xEEEFFB);
    c.focus = rgb(0x4B50C6);
    c.mark = rgb(0xFFE28A);
    c.markNow = rgb(0xFFB84D);
    c.dim = QColor(23, 25, 28, 92);
    c.run = {rgb(0x1A6FC4), rgb(0x135CA6), rgb(0xE8F1FB)};
    c.ok = {rgb(0x0E9A72), rgb(0x0A6A4F), rgb(0xE4F4EE)};
    c.bad = {rgb(0xBC1F28), rgb(0xB01E27), rgb(0xFCEBEB)};
    c.stuck = {rgb(0xC97800), rgb(0x875000), rgb(0xFDF2DF)};
    c.off = {rgb(0x626A75), rgb(0x474E58), rgb(0xEEF0F2)};
    c.pend = {rgb(0x848C97), rgb(0x626A75), rgb(0xEEF0F2)};
    c.skip = c.pend;
    c.okQuiet = rgb(0x5B9882);
    c.ansiRed = rgb(0xB01E27);
    c.ansiGreen = rgb(0x0A6A4F);
    c.ansiYellow = rgb(0x875000);
    c.ansiBlue = rgb(0x135CA6);
    c.ansiMagenta = rgb(0x8B3A9E);
    c.ansiCyan = rgb(0x0B6A78);
    return c;
}

Colors makeDark() {
    Colors c;
    c.dark = true;
    c.bgChrome = rgb(0x0F1113);
    c.bgCanvas = rgb(0x15171A);
    c.bgRaised = rgb(0x1A1D21);
    c.bgInset = rgb(0x101214);
    c.bgHover = rgb(0x1D2125);
    c.bgSelected = rgb(0x1B2838);
    c.bgTrack = rgb(0x2A2F36);
    c.bgGhost = rgb(0x474F59);
    c.lineSubtle = rgb(0x23272C);
    c.lineDefault = rgb(0x2F353C);
    c.lineControl = rgb(0x3D444D);
    c.lineStrong = rgb(0x6C7580);
    c.text1 = rgb(0xE6E8EB);
    c.text2 = rgb(0xA8AFB9);
    c.text3 = rgb(0x8B939E);
    c.textOff = rgb(0x6C7580);
    c.textInverse = rgb(0xFFFFFF);
    c.accent = rgb(0x5E63DB);
    c.accentText = rgb(0xA6AAFF);
    c.accentTint = rgb(0x20223C);
    c.focus = rgb(0x8A8FF7);
    c.mark = rgb(0x5A4A12);
    c.markNow = rgb(0x7A580C);
    c.dim = QColor(0, 0, 0, 140);
    c.run = {rgb(0x3E96EE), rgb(0x70B5F7), rgb(0x13263A)};
    c.ok = {rgb(0x36C28F), rgb(0x58CBA0), rgb(0x10291F)};
    c.bad = {rgb(0xE5484D), rgb(0xFF888C), rgb(0x351A1C)};
    c.stuck = {rgb(0xEAA221), rgb(0xF2B84B), rgb(0x322610)};
    c.off = {rgb(0x7F8893), rgb(0xA8AFB9), rgb(0x23272C)};
    c.pend = {rgb(0x6C7580), rgb(0x8B939E), rgb(0x23272C)};
    c.skip = c.pend;
    c.okQuiet = rgb(0x397A62);
    c.ansiRed = rgb(0xFF888C);
    c.ansiGreen = rgb(0x58CBA0);
    c.ansiYellow = rgb(0xF2B84B);
    c.ansiBlue = rgb(0x70B5F7);
    c.ansiMagenta = rgb(0xD59BE6);
    c.ansiCyan = rgb(0x5CC4D1);
    return c;
}

}  // namespace

const Colors& lightColors() {
    static const Colors colors = makeLight();
    return colors;
}

const Colors& darkColors() {
    static const Colors colors = makeDark();
    return colors;
}

}  // namespace cerebral::ui
