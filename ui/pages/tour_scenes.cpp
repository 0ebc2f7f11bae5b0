#include "ui/pages/tour_scenes.h"

#include <QApplication>

#include "ui/pages/cheat_sheet.h"
#include "ui/pages/main_window.h"
#include "ui/pages/tour_run_scenes.h"

namespace cerebral::ui {
namespace {

/// The newest push in this state; null when there is none.
journey::PushPtr newestIn(const PushModel& pushes, journey::PushState state) {
    for (int row = 0; row < pushes.rowCount(); ++row) {
        auto push = pushes.pushAt(pushes.index(row, 0));
        if (push->state() == state) return push;
    }
    return nullptr;
}

void addPushScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    PushesPage& page = window.pushesPage();
    const PushModel& pushes = page.view().pushModel();
    const auto answered = [&page] { return !page.commitBox().answer().lines.empty(); };
    const auto clear = [&page] { page.commitBox().field().clear(); };
    scenes.push_back({QStringLiteral("pushes"),
                      [&window, &page] { window.bringUp(&page); },
                      [&page] { return page.filled(); },
                      {}});
    for (const auto& [state, name] : {std::pair(journey::PushState::Live, "pushes-commit-live"),
                                      std::pair(journey::PushState::Failed, "pushes-commit-failed"),
                                      std::pair(journey::PushState::Underway, "pushes-commit-underway")}) {
        const journey::PushPtr push = newestIn(pushes, state);
        if (!push || push->commit.empty()) continue;
        scenes.push_back({QString::fromLatin1(name),
                          [&window, &page, push] {
                              window.bringUp(&page);
                              page.commitBox().field().setText(QString::fromStdString(push->commit));
                              page.showPush(QString::fromStdString(push->key));
                          },
                          answered, clear});
    }
    scenes.push_back({QStringLiteral("pushes-failed-or-stuck"),
                      [&window, &page] {
                          window.bringUp(&page);
                          page.filters().setNeedsSomeone(true);
                      },
                      [&page] { return page.filled(); }, [&page] { page.filters().clear(); }});
    scenes.push_back({QStringLiteral("pushes-no-match"),
                      [&window, &page] {
                          window.bringUp(&page);
                          page.filters().setWords({QStringLiteral("nobody pushes this")});
                      },
                      [&page] { return page.filled() || page.filters().filter().active(); },
                      [&page] { page.filters().setWords({}); }});
}

/// Closes whatever dialog, palette or menu is open.
void closeAll(MainWindow& window) {
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (other != &window && other->isVisible()) other->close();
    }
    for (auto* palette : window.findChildren<CommandPalette*>()) palette->close();
}

void addShellScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    PushesPage& page = window.pushesPage();
    const auto leave = [&window] { closeAll(window); };
    const auto always = [] { return true; };
    const journey::PushPtr failed = newestIn(page.view().pushModel(), journey::PushState::Failed);
    const auto onFailed = [&window, &page, failed] {
        window.bringUp(&page);
        if (failed) page.showPush(QString::fromStdString(failed->key));
    };
    scenes.push_back({QStringLiteral("rebuild-dialog"),
                      [&window, onFailed] {
                          onFailed();
                          window.actions().perform(QStringLiteral("rebuild"), window.currentTarget());
                      },
                      always, leave});
    scenes.push_back({QStringLiteral("cancel-dialog"),
                      [&window, &page] {
                          window.bringUp(&page);
                          const auto push = newestIn(page.view().pushModel(), journey::PushState::Underway);
                          if (push) page.showPush(QString::fromStdString(push->key));
                          window.actions().perform(QStringLiteral("cancel"), window.currentTarget());
                      },
                      always, leave});
    scenes.push_back({QStringLiteral("palette"),
                      [&window, onFailed] {
                          onFailed();
                          window.openPalette();
                      },
                      always, leave});
    scenes.push_back({QStringLiteral("palette-search"),
                      [&window, onFailed] {
                          onFailed();
                          window.openPalette()->field().setText(QStringLiteral("services"));
                      },
                      always, leave});
    scenes.push_back(
        {QStringLiteral("context-menu"),
         [&window, onFailed] {
             onFailed();
             window.actions().menuFor(window.currentTarget(), &window)->popup(window.mapToGlobal(QPoint(400, 380)));
         },
         always, leave});
    scenes.push_back({QStringLiteral("keys"),
                      [&window, onFailed] {
                          onFailed();
                          openCheatSheet(window.theme(), true, window);
                      },
                      always, leave});
}

}  // namespace

std::vector<TourScene> tourScenes(MainWindow& window) {
    std::vector<TourScene> scenes;
    addPushScenes(scenes, window);
    addShellScenes(scenes, window);
    RunsPage& runs = window.runsPage();
    scenes.push_back(
        {QStringLiteral("runs"), [&window, &runs] { window.bringUp(&runs); }, [&runs] { return runs.filled(); }, {}});
    addRunScenes(scenes, window);
    scenes.push_back(
        {QStringLiteral("settings"), [&window] { window.bringUp(&window.settingsPage()); }, [] { return true; }, {}});
    return scenes;
}

}  // namespace cerebral::ui
