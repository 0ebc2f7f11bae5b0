#pragma once
/// @file Rail: the pages at the left edge. 168 px with labels, 64 px below 1360 with the label under
/// the icon. Counts say what is under way or needs someone; zero shows nothing.

#include <QAbstractButton>
#include <QVBoxLayout>
#include <QWidget>
#include <vector>

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class RailItem : public QAbstractButton {
    Q_OBJECT
public:
    RailItem(const Theme& theme, const QString& icon, const QString& text, QWidget* parent);
    void setNarrow(bool narrow);
    /// `stuck`: something needs someone, whatever goes on besides.
    void setCount(int count, Status status, bool stuck);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void refreshTip();
    [[nodiscard]] QString spoken() const;
    void paintWide(QPainter& p);
    void paintNarrow(QPainter& p);

    const Theme& theme_;
    QString icon_;
    int count_ = 0;
    Status status_ = Status::Running;
    bool stuck_ = false;
    bool narrow_ = false;
};

class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(const Theme& theme, QWidget* parent = nullptr);
    /// Of the rail, in pixels.
    [[nodiscard]] static int widthFor(const Theme& theme, bool narrow);
    /// Items stand in the order they are added; `atBottom` for Settings.
    int addItem(const QString& icon, const QString& text, bool atBottom = false);
    void setCurrent(int item);
    void setCount(int item, int count, Status status, bool stuck = false);
    void setNarrow(bool narrow);

signals:
    void chosen(int item);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    const Theme& theme_;
    std::vector<RailItem*> items_;
    QVBoxLayout* top_;
    QVBoxLayout* bottom_;
    bool narrow_ = false;
};

}  // namespace cerebral::ui
