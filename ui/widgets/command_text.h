#pragma once
/// @file CommandText: a command to be read and run, whole: it goes on in the next line between two arguments, a flag
/// beside its value, and lines that go on are set in.

#include <QWidget>

#include "ui/theme/theme.h"

namespace cerebral::ui {

/// Arguments stay together, with what is quoted in them and the flag before them; but a word that is longer than
/// `width` goes on in a next line too.
[[nodiscard]] QStringList commandLines(const QString& command, const QFont& font, double width);

class CommandText : public QWidget {
    Q_OBJECT
public:
    CommandText(const Theme& theme, const QString& command, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const { return command_; }
    [[nodiscard]] QStringList lines() const { return linesAt(width()); }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QStringList linesAt(int width) const;

    const Theme& theme_;
    QString command_;
};

}  // namespace cerebral::ui
