#pragma once
/// @file StuckBar: a line that says what keeps the run from going on: hatched edge, glyph, words.

#include <QWidget>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class StuckBar : public QWidget {
    Q_OBJECT
public:
    explicit StuckBar(const Theme& theme, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text);
    /// Whether it still is so is not known: grey instead of amber.
    void setHeld(bool held);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QString text() const { return title_ + QStringLiteral(": ") + text_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    [[nodiscard]] QRect textBox() const;
    const Theme& theme_;
    QString title_;
    QString text_;
    bool held_ = false;
};

}  // namespace cerebral::ui
