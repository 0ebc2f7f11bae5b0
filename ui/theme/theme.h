#pragma once
/// @file Theme: colours, type, sizes and icons, passed by reference to whoever paints.
///
/// One per application, made by main and injected. Widgets connect to `changed` and repaint; they
/// never keep a copy of a colour. GUI thread only.

#include <QObject>
#include <QPalette>
#include <cstdint>

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

namespace cerebral::ui {

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode : std::uint8_t { System, Light, Dark };

    explicit Theme(QObject* parent = nullptr);

    [[nodiscard]] const Colors& colors() const noexcept { return *colors_; }
    [[nodiscard]] const Fonts& fonts() const noexcept { return fonts_; }
    [[nodiscard]] const Icons& icons() const noexcept { return icons_; }
    /// A size token scaled with the user's font scale.
    [[nodiscard]] int px(double token) const noexcept { return qRound(token * fontScale_); }
    [[nodiscard]] double fontScale() const noexcept { return fontScale_; }
    [[nodiscard]] Mode mode() const noexcept { return mode_; }
    [[nodiscard]] QPalette palette() const;

    void setMode(Mode mode);
    /// What the desktop prefers; counts while the mode is System.
    void setDesktopPrefersDark(bool dark);
    /// 1.0 … 2.0
    void setFontScale(double scale);
    /// Until then fonts are taken by their names alone, which suffices where nothing is written.
    void useInstalledFonts();

signals:
    void changed();

private:
    void update();

    Mode mode_ = Mode::System;
    bool desktopDark_ = false;
    double fontScale_ = 1.0;
    const Colors* colors_;
    Fonts fonts_;
    Icons icons_;
};

}  // namespace cerebral::ui
