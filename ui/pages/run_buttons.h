#pragma once
/// @file RunButtons: Rebuild, Cancel and a menu of the rest in the header of a run; what may not be done is greyed
/// and names the right.

#include <QObject>

#include "ui/pages/desk_actions.h"
#include "ui/pages/run_page.h"

namespace cerebral::ui {

class RunButtons : public QObject {
    Q_OBJECT
public:
    /// All must outlive the buttons; they belong to the page.
    RunButtons(const Theme& theme, RunPage& page, RunSet& runs, const RunActions& rights, DeskActions& actions);

    [[nodiscard]] Button& rebuild() noexcept { return *rebuild_; }
    [[nodiscard]] Button& cancel() noexcept { return *cancel_; }
    /// Opens a menu of all that can be done with the run.
    [[nodiscard]] Button& more() noexcept { return *more_; }

private:
    void refresh();
    void perform(const QString& id);

    RunPage& page_;
    RunSet& runs_;
    DeskActions& actions_;
    Button* rebuild_;
    Button* cancel_;
    Button* more_;
};

}  // namespace cerebral::ui
