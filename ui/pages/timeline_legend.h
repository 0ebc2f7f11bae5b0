#pragma once
/// @file What the timeline's bars mean, and which keys switch tabs: two painted hints.

#include <QWidget>
#include <array>

#include "ui/models/timeline.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class TimelineLegend : public QWidget {
    Q_OBJECT
public:
    explicit TimelineLegend(const Theme& theme, QWidget* parent = nullptr);
    /// What is not drawn is not explained; "run" has the colour of the bar where the run is, else of the last.
    void setDrawn(const Timeline& timeline);
    [[nodiscard]] Status runShown() const noexcept { return run_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void resizeToText();
    const Theme& theme_;
    Status run_ = Status::Running;
    std::array<bool, 5> drawn_{true, true, true, true, true};  ///< as the words
};

class TabKeys : public QWidget {
    Q_OBJECT
public:
    explicit TabKeys(const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace cerebral::ui
