#include "ui/pages/tour_scenes.h"

#include "ui/pages/main_window.h"
#include "ui/pages/tour_run_scenes.h"
#include "ui/pages/tour_shell_scenes.h"
#include "ui/widgets/chip.h"

namespace cerebral::ui {
namespace {

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
        const journey::PushPtr push = newestPush(pushes, state);
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

void addRunsScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    RunsPage& page = window.runsPage();
    const auto filled = [&page] { return page.filled(); };
    scenes.push_back({QStringLiteral("runs"), [&window, &page] { window.bringUp(&page); }, filled, {}});
    scenes.push_back({QStringLiteral("runs-ticked"),
                      [&window, &page] {
                          window.bringUp(&page);
                          page.table().clearTicks();
                          for (const int row : {1, 2, 4, 5, 8}) {
                              page.table().selectionModel()->select(
                                  page.model().index(row, 0),
                                  QItemSelectionModel::Select | QItemSelectionModel::Rows);
                          }
                      },
                      filled, [&page] { page.table().clearTicks(); }});
    scenes.push_back({QStringLiteral("runs-failed"),
                      [&window, &page] {
                          window.bringUp(&page);
                          clickChip(page.filters(), QLatin1String("Failed"));
                      },
                      filled, [&page] { page.filters().clear(); }});
    scenes.push_back({QStringLiteral("runs-no-match"),
                      [&window, &page] {
                          window.bringUp(&page);
                          page.filters().setWords({QStringLiteral("no run is called this")});
                      },
                      [] { return true; }, [&page] { page.filters().clear(); }});
}

}  // namespace

void clickChip(const QWidget& bar, QLatin1String text) {
    for (auto* chip : bar.findChildren<Chip*>()) {
        if (chip->text().startsWith(text)) return chip->click();
    }
}

journey::PushPtr newestPush(const PushModel& pushes, journey::PushState state) {
    for (int row = 0; row < pushes.rowCount(); ++row) {
        auto push = pushes.pushAt(pushes.index(row, 0));
        if (push->state() == state) return push;
    }
    return nullptr;
}

std::vector<TourScene> tourScenes(MainWindow& window) {
    // What goes on comes first: it may be over by the time the rest was seen.
    std::vector<TourScene> scenes;
    addLiveRunScenes(scenes, window);
    addPushScenes(scenes, window);
    addShellScenes(scenes, window);
    addRunsScenes(scenes, window);
    addRunScenes(scenes, window);
    scenes.push_back(
        {QStringLiteral("settings"), [&window] { window.bringUp(&window.settingsPage()); }, [] { return true; }, {}});
    return scenes;
}

}  // namespace cerebral::ui
