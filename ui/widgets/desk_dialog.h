#pragma once
/// @file DeskDialog: the frame of every dialog: title with a cross, content, footer; the window behind it
/// is veiled while it is open. Content that is higher than the window scrolls between title and footer. Esc closes
/// it, Ctrl+Enter does its main action.

#include <QDialog>
#include <QHBoxLayout>
#include <QPointer>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/veil.h"

namespace cerebral::ui {

class DeskDialog : public QDialog {
    Q_OBJECT
public:
    DeskDialog(const Theme& theme, const QString& title, double width, QWidget& window);
    ~DeskDialog() override;

    [[nodiscard]] const Theme& theme() const noexcept { return theme_; }
    [[nodiscard]] QVBoxLayout& content() noexcept { return *content_; }
    /// Between content and footer; never scrolls.
    [[nodiscard]] QVBoxLayout& pinned() noexcept { return *pinned_; }
    [[nodiscard]] QHBoxLayout& footer() noexcept { return *footer_; }
    /// `name`: behind the title, as code.
    void setTitle(const QString& title, const QString& name = {});
    /// What Ctrl+Enter presses.
    void setMain(Button* main) { main_ = main; }
    /// Opens window-modal in the upper half of the window; deletes itself when closed.
    void begin();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Body;
    void place();

    const Theme& theme_;
    QWidget& window_;
    double width_;
    QLabel* title_;
    ElidedLabel* name_;
    QVBoxLayout* content_;
    QVBoxLayout* pinned_;
    QHBoxLayout* footer_;
    QWidget* foot_;
    Body* body_;
    QPointer<Button> main_;
    QPointer<Veil> veil_;
};

}  // namespace cerebral::ui
