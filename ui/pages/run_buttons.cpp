#include "ui/pages/run_buttons.h"

#include <QMenu>
#include "ui/widgets/popup_below.h"

namespace cerebral::ui {

RunButtons::RunButtons(const Theme& theme, RunPage& page, RunSet& runs, const RunActions& rights,
                       DeskActions& actions)
    : QObject(&page),
      page_(page),
      runs_(runs),
      actions_(actions),
      rebuild_(new Button(theme, QStringLiteral("rebuild"), QStringLiteral("Rebuild"), Button::Kind::Default,
                          &page.header())),
      cancel_(new Button(theme, QStringLiteral("stop"), QStringLiteral("Cancel run"), Button::Kind::Default,
                         &page.header())),
      more_(new Button(theme, QStringLiteral("more"), {}, Button::Kind::Default, &page.header())) {
    rebuild_->setHint(QStringLiteral("Build this service again (R)"));
    cancel_->setHint(QStringLiteral("Stop this run, now or with finally (X)"));
    page.header().actions().addWidget(rebuild_);
    page.header().actions().addWidget(cancel_);
    connect(rebuild_, &QAbstractButton::clicked, this, [this] { perform(QStringLiteral("rebuild")); });
    connect(cancel_, &QAbstractButton::clicked, this, [this] { perform(QStringLiteral("cancel")); });
    more_->setHint(QStringLiteral("More that can be done with this run"));
    page.header().actions().addWidget(more_);
    connect(more_, &QAbstractButton::clicked, this, [this] {
        const RunRow* row = runs_.find(page_.uid());
        if (row == nullptr) return;
        popupBelowEnd(*actions_.menuFor(actions_.targetOf(*row), &page_), *more_);
    });
    connect(&rights, &RunActions::rightsChanged, this, &RunButtons::refresh);
    connect(&page, &RunPage::shown, this, &RunButtons::refresh);
    refresh();
}

void RunButtons::refresh() {
    const RunRow* row = runs_.find(page_.uid());
    cancel_->setText(row != nullptr && row->state == tekton::RunState::Cancelling ? QStringLiteral("Cancelling")
                                                                                  : QStringLiteral("Cancel run"));
    const QString gone = QStringLiteral("the run is no longer in the cluster");
    more_->setRefusal(row == nullptr ? gone : QString());
    rebuild_->setRefusal(gone);
    cancel_->setRefusal(gone);
    if (row != nullptr) {
        for (const DeskAction& action : actions_.actionsFor(actions_.targetOf(*row))) {
            if (action.id == QLatin1String("rebuild")) rebuild_->setRefusal(action.refusal);
            if (action.id == QLatin1String("cancel")) cancel_->setRefusal(action.refusal);
        }
    }
    // A run that is gone has nothing left to cancel.
    cancel_->setVisible(row != nullptr && !row->finished());
}

void RunButtons::perform(const QString& id) {
    if (const RunRow* row = runs_.find(page_.uid())) actions_.perform(id, actions_.targetOf(*row));
}

}  // namespace cerebral::ui
