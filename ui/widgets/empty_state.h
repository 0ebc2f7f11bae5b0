#pragma once
/// @file EmptyState: what will be here, why it is empty now, at most three things to do.
/// Also says which right is missing where a list is refused. Scrolls where there is less room than it needs.

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

namespace cerebral::ui {

/// A command in a code box with a Copy button that turns into a check mark for 1.5 s.
class CommandBox : public QWidget {
    Q_OBJECT
public:
    CommandBox(const Theme& theme, const QString& command, QWidget* parent = nullptr);

private:
    Button* copy_;
};

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const Theme& theme, QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& text);
    /// What a machine said, below the text; until the next `setTexts`.
    void setRaw(const QString& words);
    /// What stands above the title, and is taken over; null: nothing.
    void setPicture(QWidget* picture);
    void clearSteps();
    void addCommand(const QString& title, const QString& text, const QString& command);
    Button* addAction(const QString& icon, const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addStepHead(QVBoxLayout& column, const QString& title, const QString& text);

    const Theme& theme_;
    QLabel* title_;
    QLabel* text_;
    QLabel* raw_;
    QVBoxLayout* steps_;
    QWidget* body_;
    QWidget* picture_ = nullptr;
};

/// A label whose text is never rich, in a role of the type scale that follows the theme.
QLabel* makeLabel(const Theme& theme, QFont Fonts::*font, QColor Colors::*color, const QString& text,
                  QWidget* parent);
/// The same role for a label of another class.
void followTheme(const Theme& theme, QLabel& label, QFont Fonts::*font, QColor Colors::*color);

}  // namespace cerebral::ui
