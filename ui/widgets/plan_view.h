#pragma once
/// @file PlanView: the lines of "what will run", later of what was started, with the run's state.

#include <QWidget>
#include <vector>

#include "ui/models/rebuild_plan.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

struct PlanLine {
    std::optional<Status> status;  ///< of a run that was started
    QString title;
    QString right;  ///< "~3:04", "building, 0:12"
    QString from;   ///< commits, mono; empty: none
    QString to;
    QString note;
    bool loud = false;
};

class PlanView : public QWidget {
    Q_OBJECT
public:
    PlanView(const Theme& theme, QWidget* parent);
    void setLines(std::vector<PlanLine> lines, const QString& placeholder);
    [[nodiscard]] int lineCount() const noexcept { return static_cast<int>(lines_.size()); }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    std::vector<PlanLine> lines_;
    QString placeholder_;
};

}  // namespace cerebral::ui
