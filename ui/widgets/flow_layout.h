#pragma once
/// @file FlowLayout: widgets in a row that go on in the next line when the window is narrow or the text large.
///
/// Widgets keep their size hints; one that may grow and ends a line stands at the right and takes what is left.

#include <QLayout>
#include <vector>

namespace cerebral::ui {

class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget* parent = nullptr) : QLayout(parent) {}
    ~FlowLayout() override;

    /// Lines end at the right edge instead of beginning at the left one.
    void setRightAligned(bool right) { right_ = right; }

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(items_.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    /// The height that is used; places the items when `apply`.
    int flow(const QRect& rect, bool apply) const;

    std::vector<QLayoutItem*> items_;
    bool right_ = false;
};

}  // namespace cerebral::ui
