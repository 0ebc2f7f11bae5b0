#pragma once
/// @file ConnectionPill: how fresh the window is, in one glance; a click lists each kind.

#include <QAbstractButton>

#include "ui/models/connection.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class ConnectionPill : public QAbstractButton {
    Q_OBJECT
public:
    explicit ConnectionPill(const Theme& theme, QWidget* parent = nullptr);
    void setSummary(const ConnectionSummary& summary);
    [[nodiscard]] const ConnectionSummary& summary() const noexcept { return summary_; }
    [[nodiscard]] QString label() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    /// It shows another summary, or the same of a later time.
    void summaryChanged();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool amber() const;
    [[nodiscard]] QString causes() const;

    const Theme& theme_;
    ConnectionSummary summary_;
};

}  // namespace cerebral::ui
