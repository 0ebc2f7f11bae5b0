#pragma once
/// @file PaletteList: the rows of the palette under the names of their groups.

#include <QWidget>
#include <vector>

#include "ui/theme/theme.h"

namespace cerebral::ui {

struct PaletteEntry;

class PaletteList : public QWidget {
    Q_OBJECT
public:
    PaletteList(const Theme& theme, QWidget* parent);
    /// `entries` must outlive what is shown. `asked`: whether the current one is really meant.
    void show(const std::vector<PaletteEntry>& entries, int current, bool asked = false);
    [[nodiscard]] int contentHeight() const;
    /// At most `room`; where not all fits, half a row at the edge says that there is more.
    [[nodiscard]] int heightWithin(int room) const;
    /// The chosen entry is in sight.
    [[nodiscard]] bool showsCurrent() const { return isWhole(topOf(current_)); }

signals:
    void hovered(int entry);
    void clicked(int entry);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void follow();
    [[nodiscard]] int entryAt(double y) const;
    /// Of its row in the whole list; `entry` may be one past the last.
    [[nodiscard]] double topOf(int entry) const;
    [[nodiscard]] bool beginsGroup(int entry) const;
    /// The row at `y` of the whole list is in sight as a whole.
    [[nodiscard]] bool isWhole(double y) const;
    void paintEntry(QPainter& p, const QRectF& row, const PaletteEntry& entry, bool current) const;

    const Theme& theme_;
    const std::vector<PaletteEntry>* entries_ = nullptr;
    int current_ = 0;
    bool asked_ = false;
    double scrolled_ = 0;
};

}  // namespace cerebral::ui
