#pragma once
/// @file RunFilterBar: the chips and the label selector above the table of runs.

#include <QWidget>
#include <vector>

#include "core/base/clock.h"
#include "ui/models/run_filter.h"
#include "ui/models/run_set.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_field.h"

namespace cerebral::ui {

class SelectorCompleter;

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
    /// A chip with a menu of values, of which any number may be chosen.
    struct Choice {
        QString what;
        QStringList RunFilter::*part;
        QString RunRow::*value;
        Chip* chip = nullptr;
    };
    void addChoice(const QString& what, QStringList RunFilter::*part, QString RunRow::*value);
    void openChoice(const Choice& choice);
    void setChosen(const Choice& choice, const QStringList& values);
    void fitSelector();
    void fitProblem();
    void applySelector(const QString& text);
    /// Why the selector is refused, in words beside it; empty: it is not.
    void setProblem(const QString& why);
    void toggleRecent(bool on);

    const Theme& theme_;
    const RunSet& runs_;
    const Clock& clock_;
    bool held_ = false;
    RunFilter filter_;
    std::vector<GroupChip> groups_;
    std::vector<Choice> choices_;
    Chip* recent_ = nullptr;
    IconField* selector_ = nullptr;
    SelectorCompleter* offers_ = nullptr;
    ElidedLabel* problem_ = nullptr;
};

}  // namespace cerebral::ui
