#pragma once
/// @file RunFilterBar: the chips and the label selector above the table of runs.

#include <QWidget>
#include <vector>

#include "core/base/clock.h"
#include "ui/models/run_filter.h"
#include "ui/models/run_set.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icon_field.h"

namespace cerebral::ui {

class RunFilterBar : public QWidget {
    Q_OBJECT
public:
    RunFilterBar(const Theme& theme, const RunSet& runs, const Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] const RunFilter& filter() const noexcept { return filter_; }
    void setWords(const QStringList& words);
    void clear();
    /// Counts of the chips, under the other filters.
    void refreshCounts();
    [[nodiscard]] IconField& selector() noexcept { return *selector_; }
    /// The connection is lost: what ran may run no longer.
    void setHeld(bool held);

signals:
    void filterChanged();

private:
    struct GroupChip {
        StateGroup group;
        Chip* chip;
    };
    void addGroup(StateGroup group, const QString& text);
    Chip* addChoice(const QString& what, QString RunFilter::*part, QString RunRow::*value);
    void openChoice(Chip* chip, const QString& what, QString RunFilter::*part, QString RunRow::*value);
    void setChoice(Chip* chip, const QString& what, QString RunFilter::*part, const QString& value);
    void applySelector(const QString& text);
    void toggleRecent(bool on);

    const Theme& theme_;
    const RunSet& runs_;
    const Clock& clock_;
    bool held_ = false;
    RunFilter filter_;
    std::vector<GroupChip> groups_;
    Chip* service_ = nullptr;
    Chip* branch_ = nullptr;
    Chip* trigger_ = nullptr;
    Chip* recent_ = nullptr;
    IconField* selector_ = nullptr;
};

}  // namespace cerebral::ui
