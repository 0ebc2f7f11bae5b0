#pragma once
/// @file Button: the product's push button.
///
/// A refused button stays focusable and says the missing right in its tip; clicking it does nothing.

#include <QAbstractButton>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class Button : public QAbstractButton {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Default, Primary, Danger, Ghost };
    enum class Size : std::uint8_t { Normal, Small };

    Button(const Theme& theme, const QString& icon, const QString& text, Kind kind = Kind::Default,
           QWidget* parent = nullptr);

    void setSize(Size size);
    void setIconName(const QString& icon);
    /// Empty: allowed. Otherwise greyed, with this sentence as tip.
    void setRefusal(const QString& why);
    [[nodiscard]] bool refused() const noexcept { return !refusal_.isEmpty(); }
    /// The tip of the allowed button.
    void setHint(const QString& hint);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool hitButton(const QPoint& pos) const override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const Theme& theme_;
    QString icon_;
    QString refusal_;
    QString hint_;
    Kind kind_;
    Size size_ = Size::Normal;
};

}  // namespace cerebral::ui
