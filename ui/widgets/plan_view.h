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
    bool isRun = false;  ///< the title is the name of a run: mono, both ends tell
};

/// Below the lines: a glyph and a sentence.
struct PlanRemark {
    Status status = Status::Stuck;
    QString text;
};

class PlanView : public QWidget {
    Q_OBJECT
public:
    PlanView(const Theme& theme, QWidget* parent);
    void setLines(std::vector<PlanLine> lines, const QString& placeholder, std::vector<PlanRemark> remarks = {});
    [[nodiscard]] int lineCount() const noexcept { return static_cast<int>(lines_.size()); }
    [[nodiscard]] QSize sizeHint() const override;
    /// As many lines as there is room for; the rest is counted.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintLine(QPainter& p, const PlanLine& line, double y) const;
    void paintRemarks(QPainter& p, double y) const;
    [[nodiscard]] double remarksHeight() const;
    const Theme& theme_;
    std::vector<PlanLine> lines_;
    std::vector<PlanRemark> remarks_;
    QString placeholder_;
};

}  // namespace cerebral::ui
