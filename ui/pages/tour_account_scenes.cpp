#include "ui/pages/tour_account_scenes.h"

#include <algorithm>
#include <utility>

#include "ui/pages/main_window.h"
#include "ui/pages/rebuild_dialog.h"
#include "ui/pages/run_page.h"

namespace cerebral::ui {
namespace {

bool canSwitchTo(MainWindow& window, const QString& context) {
    const auto commands = window.windowCommands();
    return std::any_of(commands.begin(), commands.end(), [&](const PaletteEntry& command) {
        return command.text == QStringLiteral("Switch to context ") + context;
    });
}

QString newestFailed(const MainWindow& window) {
    return newestRun(window.runs(), {tekton::RunState::Failed});
}

class AccountScenes {
public:
    using Ready = std::function<bool(MainWindow&)>;
    AccountScenes(std::vector<TourScene>& scenes, MainWindow& window)
        : scenes_(scenes), window_(window), home_(window.topBar().contextButton().text()) {}

    /// `ready` is asked again and again once the runs can be seen, and may do what is still to be done.
    void add(const char* name, const QString& context, const Ready& ready, const std::function<void()>& undo = {}) {
        if (!canSwitchTo(window_, context)) return;
        TourScene scene;
        scene.name = QString::fromLatin1(name);
        scene.mostWaitMs = kMostWaitMs;
        scene.show = [&window = window_, context] {
            window.bringUp(&window.runsPage());
            window.switchContext(context);
        };
        scene.ready = [&window = window_, context, ready] {
            if (window.topBar().contextButton().text() != context || newestFailed(window).isEmpty() ||
                window.pushesPage().view().pushModel().total() == 0)
                return false;
            window.actions().notice().hide();
            return ready(window);
        };
        scene.leave = [&window = window_, home = home_, undo] {
            if (undo) undo();
            window.bringUp(&window.runsPage());
            window.switchContext(home);
        };
        scenes_.push_back(std::move(scene));
    }

private:
    std::vector<TourScene>& scenes_;
    MainWindow& window_;
    QString home_;
};

/// This run on this tab.
bool showRun(MainWindow& window, const QString& uid, RunPage::Tab tab) {
    RunPage* page = window.runPage();
    if (page == nullptr) return false;
    if (!page->uid().isEmpty()) return true;
    if (window.openRun(uid)) page->showTab(tab);
    return false;
}

bool showFailed(MainWindow& window, RunPage::Tab tab) {
    return showRun(window, newestFailed(window), tab);
}

RebuildDialog* openRebuild(MainWindow& window) {
    for (auto* dialog : window.findChildren<RebuildDialog*>()) {
        if (dialog->isVisible()) return dialog;
    }
    return nullptr;
}

}  // namespace

void addAccountScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    const QString receiver = QStringLiteral("demo-receiver");
    const QString auditor = QStringLiteral("demo-auditor");
    AccountScenes add(scenes, window);
    add.add("run-forbidden", receiver, [](MainWindow& shown) { return showFailed(shown, RunPage::TimelineTab); });
    // What the history has kept of its log is shown, though its steps are not.
    add.add("run-forbidden-logs", receiver, [](MainWindow& shown) {
        if (!showFailed(shown, RunPage::LogsTab)) return false;
        const auto& card = shown.runPage()->failure().card();
        return card && (card->step.empty() || shown.runPage()->logArea().filled());
    });
    // The history keeps the log of what failed; of what went well there is only the cluster's.
    add.add("run-logs-forbidden", auditor, [](MainWindow& shown) {
        const QString green = newestRun(shown.runs(), {tekton::RunState::Succeeded, tekton::RunState::Completed});
        return showRun(shown, green, RunPage::LogsTab) && shown.runPage()->logArea().filled();
    });
    add.add(
        "rebuild-dialog-refused", auditor,
        [](MainWindow& shown) {
            RebuildDialog* dialog = openRebuild(shown);
            if (dialog != nullptr) return dialog->sendButton().refused();
            const RunRow* run = shown.runs().find(newestFailed(shown));
            shown.actions().openRebuild(shown.actions().targetOf(*run));
            return false;
        },
        [&window] {
            if (RebuildDialog* dialog = openRebuild(window)) dialog->close();
        });
}

}  // namespace cerebral::ui
