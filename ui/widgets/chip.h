#pragma once
/// @file Chip: a filter that is on or off, with a count, a choice or a cross.

#include <QAbstractButton>
#include <optional>

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class Chip : public QAbstractButton {
    Q_OBJECT
public:
    enum class Tail : std::uint8_t { None, Choice, Cross };

    Chip(const Theme& theme, const QString& text, QWidget* parent = nullptr);

    /// A count in the colour of a state; zero is not shown.
    void setCount(int count, Status status);
    void setTail(Tail tail);
    void setIconName(const QString& icon);
    void setChipText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] const QFont& textFont() const;

    const Theme& theme_;
    QString icon_;
    int count_ = 0;
    Status status_ = Status::Running;
    Tail tail_ = Tail::None;
};

}  // namespace cerebral::ui
