#pragma once
/// @file SidePanel: what is chosen in a list, in brief, beside it; a title with a cross, a body that scrolls, a
/// footer. PanelSplitter: a page's list with such a panel at its right, as wide as somebody made it.

#include <QHBoxLayout>
#include <QSplitter>
#include <QWidget>

#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/scroll_body.h"

namespace cerebral::ui {

class SidePanel : public QWidget {
    Q_OBJECT
public:
    /// `name`: for screen readers.
    SidePanel(const Theme& theme, const QString& name, QWidget* parent = nullptr);

    /// Left of the cross.
    [[nodiscard]] QHBoxLayout& head() noexcept { return *head_; }
    [[nodiscard]] QHBoxLayout& footer() noexcept { return *footer_; }
    /// The panel takes it over.
    void setBody(QWidget* body);
    [[nodiscard]] ScrollBody& scroll() noexcept { return *scroll_; }
    [[nodiscard]] Button& closeButton() noexcept { return *close_; }

signals:
    void closeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QWidget* headBox_;
    QWidget* footerBox_;
    QHBoxLayout* head_;
    QHBoxLayout* footer_;
    ScrollBody* scroll_;
    Button* close_;
};

class PanelSplitter : public QSplitter {
    Q_OBJECT
public:
    static constexpr int kUsualWidth = 336;
    static constexpr int kLeastWidth = 280;
    static constexpr int kMostWidth = 560;

    /// Takes over `main`.
    PanelSplitter(const Theme& theme, QWidget* main, QWidget* parent = nullptr);
    /// Takes over the panel, which stands at the right of `main`.
    void setPanel(QWidget* panel);
    /// Of the panel where there is room for it: at normal size of text, within the limits.
    [[nodiscard]] int panelWidth() const noexcept { return width_; }
    void setPanelWidth(int width);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    const Theme& theme_;
    QWidget* panel_ = nullptr;
    int width_ = kUsualWidth;
};

}  // namespace cerebral::ui
