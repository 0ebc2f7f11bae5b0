#pragma once
/// @file CheckRow: a box, a name and a note at the right, 32 px high, for lists one ticks.

#include <QAbstractButton>

#include "ui/models/rebuild_plan.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class CheckRow : public QAbstractButton {
    Q_OBJECT
public:
    CheckRow(const Theme& theme, const QString& name, QWidget* parent = nullptr);
    void setNote(const ServiceNote& note);
    /// The last of a list ends without a line.
    void setLast(bool last) { last_ = last; }
    [[nodiscard]] QSize sizeHint() const override { return {200, theme_.px(32)}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    const Theme& theme_;
    ServiceNote note_;
    bool last_ = false;
};

}  // namespace cerebral::ui
