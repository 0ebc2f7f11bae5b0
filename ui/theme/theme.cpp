#include "ui/theme/theme.h"

#include <algorithm>

#include "ui/theme/expected_fonts.h"

namespace cerebral::ui {

Theme::Theme(QObject* parent) : QObject(parent), colors_(&lightColors()), fonts_(expectedFonts(1.0)) {}

void Theme::setMode(Mode mode) {
    mode_ = mode;
    update();
}

void Theme::setDesktopPrefersDark(bool dark) {
    desktopDark_ = dark;
    update();
}

void Theme::setFontScale(double scale) {
    fontScale_ = std::clamp(scale, 1.0, 2.0);
    useInstalledFonts();
}

void Theme::useInstalledFonts() {
    fonts_ = makeFonts(fontScale_);
    emit changed();
}

void Theme::update() {
    const bool dark = mode_ == Mode::Dark || (mode_ == Mode::System && desktopDark_);
    const Colors* next = dark ? &darkColors() : &lightColors();
    if (next == colors_) return;
    colors_ = next;
    emit changed();
}

QPalette Theme::palette() const {
    const Colors& c = *colors_;
    QPalette p;
    p.setColor(QPalette::Window, c.bgCanvas);
    p.setColor(QPalette::WindowText, c.text1);
    p.setColor(QPalette::Base, c.bgCanvas);
    p.setColor(QPalette::AlternateBase, c.bgInset);
    p.setColor(QPalette::Text, c.text1);
    p.setColor(QPalette::PlaceholderText, c.text3);
    p.setColor(QPalette::Button, c.bgRaised);
    p.setColor(QPalette::ButtonText, c.text1);
    p.setColor(QPalette::BrightText, c.textInverse);
    p.setColor(QPalette::ToolTipBase, c.bgRaised);
    p.setColor(QPalette::ToolTipText, c.text1);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.textInverse);
    p.setColor(QPalette::Link, c.accentText);
    p.setColor(QPalette::LinkVisited, c.accentText);
    p.setColor(QPalette::Light, c.lineSubtle);
    p.setColor(QPalette::Midlight, c.lineSubtle);
    p.setColor(QPalette::Mid, c.lineDefault);
    p.setColor(QPalette::Dark, c.lineControl);
    p.setColor(QPalette::Shadow, c.lineDefault);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText}) {
        p.setColor(QPalette::Disabled, role, c.textOff);
    }
    return p;
}

}  // namespace cerebral::ui
