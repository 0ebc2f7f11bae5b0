#pragma once
/// @file What the timeline's bars mean, and which keys switch tabs: two painted hints.

#include <QWidget>
#include <array>

#include "ui/models/timeline.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class TimelineLegend : public QWidget {
    Q_OBJECT
public:
    explicit TimelineLegend(const Theme& theme, QWidget* parent = nullptr);
    /// What runs is drawn as it was when it was seen last.
    void setHeld(bool held);
    /// What is not drawn is not explained.
    void setDrawn(const Timeline& timeline);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void resizeToText();
    const Theme& theme_;
    bool held_ = false;
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
