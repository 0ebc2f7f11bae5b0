#pragma once
/// @file IconField: a line edit with an icon at the left and, while empty, a key cap at the right.
/// Esc clears; with nothing to clear it is passed on.

#include <QLineEdit>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class IconField : public QLineEdit {
    Q_OBJECT
public:
    IconField(const Theme& theme, const QString& icon, const QString& placeholder, const QString& keyCap = {},
              QWidget* parent = nullptr);
    void setMono(bool mono);
    /// A text at the right while something is typed ("4 of 18"); empty: none.
    void setNote(const QString& note);
    /// Empty: fine. Otherwise the edge turns red and the tip says why.
    void setProblem(const QString& why);
    [[nodiscard]] bool hasProblem() const { return property("bad").toBool(); }
    void setFieldHeight(double token);

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void refresh();
    [[nodiscard]] QRect clearRect() const;

    const Theme& theme_;
    QString icon_;
    QString keyCap_;
    QString note_;
    double height_ = 28;
    bool mono_ = false;
};

}  // namespace cerebral::ui
