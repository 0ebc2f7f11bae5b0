#include "ui/pages/tour_scenes.h"

#include <QMenu>
#include <algorithm>
#include <memory>

#include "ui/pages/main_window.h"
#include "ui/pages/run_peek.h"
#include "ui/pages/tour_account_scenes.h"
#include "ui/pages/tour_commit_scenes.h"
#include "ui/pages/tour_run_scenes.h"
#include "ui/pages/tour_shell_scenes.h"
#include "ui/widgets/chip.h"

namespace cerebral::ui {
namespace {

/// The newest in this state that brought one service alone, whose answer is a single one; else the newest in it.
journey::PushPtr newestAlone(const PushModel& pushes, journey::PushState state) {
    journey::PushPtr first;
    for (int row = 0; row < pushes.rowCount(); ++row) {
        auto push = pushes.pushAt(pushes.index(row, 0));
        if (push->state() != state) continue;
        if (!push->isFanOut()) return push;
        if (!first) first = std::move(push);
    }
    return first;
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
    for (const auto& [state, name] : {std::pair(journey::PushState::Failed, "pushes-commit-failed"),
                                      std::pair(journey::PushState::Underway, "pushes-commit-underway")}) {
        // Chosen when its turn comes: what is under way now may be over by then.
        const auto shown = std::make_shared<journey::PushPtr>();
        const auto show = [&window, &page, &pushes, shown, state = state] {
            window.bringUp(&page);
            *shown = newestAlone(pushes, state);
            if (!*shown || (*shown)->commit.empty()) return;
            page.commitBox().field().setText(QString::fromStdString((*shown)->commit));
            page.showPush(QString::fromStdString((*shown)->key));
        };
        TourScene scene{QString::fromLatin1(name), show, {}, clear};
        scene.ready = [&pushes, shown, show, answered, state = state] {
            const journey::PushPtr now = *shown ? pushes.pushFor((*shown)->key) : nullptr;
            if (now && now->state() == state) return answered();
            show();
            return false;
        };
        scene.mostWaitMs = kMostWaitMs;
        scenes.push_back(std::move(scene));
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
                          window.topBar().search().setText(QStringLiteral("nobody pushes this"));
                      },
                      [&page] { return page.filters().filter().active(); },
                      [&window] { window.topBar().search().clear(); }});
}

/// Of states a push is seldom in: waited for, for it may come only then.
void addSeldomPushScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    PushesPage& page = window.pushesPage();
    const PushModel& pushes = page.view().pushModel();
    const auto filled = [&page] { return page.filled(); };
    for (const auto& [state, name] : {std::pair(journey::PushState::Ignored, "pushes-ignored"),
                                      std::pair(journey::PushState::Superseded, "pushes-superseded")}) {
        const auto shown = std::make_shared<journey::PushPtr>();
        const auto show = [&window, &page, &pushes, shown, state = state] {
            window.bringUp(&page);
            *shown = newestPush(pushes, state);
            if (*shown) page.showPush(QString::fromStdString((*shown)->key));
        };
        TourScene scene{QString::fromLatin1(name), show, {}};
        scene.ready = [shown, show, filled] {
            if (!*shown) show();
            return *shown && filled();
        };
        scene.mostWaitMs = kMostWaitMs;
        scene.seldom = state == journey::PushState::Superseded;
        scenes.push_back(std::move(scene));
    }
    const auto unfold = [&page](bool expanded) {
        const PushModel& model = page.view().pushModel();
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row, 0);
            if (!model.pushAt(index)->isFanOut()) continue;
            page.showPush(QString::fromStdString(model.pushAt(index)->key));
            page.view().setExpanded(index, expanded);
            // With its services, wherever in the list it stands.
            if (expanded) page.view().scrollTo(index, QAbstractItemView::PositionAtTop);
            return;
        }
    };
    scenes.push_back({QStringLiteral("pushes-fan-out"),
                      [&window, &page, unfold] {
                          window.bringUp(&page);
                          unfold(true);
                      },
                      filled, [unfold] { unfold(false); }});
}

/// The least window, and the largest text.
void addExtremeScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    const auto add = [&](const char* name, Page& page, const std::vector<QSize>& sizes,
                         const std::vector<double>& fontScales) {
        TourScene scene;
        scene.name = QString::fromLatin1(name);
        scene.show = [&window, &page] { window.bringUp(&page); };
        scene.ready = [&page] { return page.filled(); };
        scene.sizes = sizes;
        scene.fontScales = fontScales;
        scenes.push_back(std::move(scene));
    };
    for (Page* page : {static_cast<Page*>(&window.pushesPage()), static_cast<Page*>(&window.runsPage())}) {
        const bool pushes = page == &window.pushesPage();
        add(pushes ? "pushes-narrow" : "runs-narrow", *page, {{960, 600}}, {1.0});
        add(pushes ? "pushes-largest" : "runs-largest", *page, {{1280, 800}, {1920, 1080}}, {2.0});
    }
}

/// The panel beside the table: of a run that goes on, of one that failed, and before anything has come.
void addPeekScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    RunsPage& page = window.runsPage();
    using tekton::RunState;
    const auto peek = [&window, &page](const QString& uid) {
        window.bringUp(&page);
        if (const RunRow* row = window.runs().find(uid)) page.table().makeCurrent(row);
        page.setPeeking(true);
    };
    const auto leave = [&page] { page.setPeeking(false); };
    const auto told = [&page] {
        const PeekContent& content = page.peek()->content();
        const bool loading = std::any_of(content.tasks.begin(), content.tasks.end(),
                                         [](const PeekTask& task) { return task.time.isEmpty(); });
        return page.peek()->loaded() && !content.tasks.empty() && !loading && !(content.log && content.log->loading);
    };
    const auto newest = [&window](std::initializer_list<RunState> states) {
        return newestRun(window.runs(), states);
    };
    TourScene live;
    live.name = QStringLiteral("runs-peek");
    live.mostWaitMs = kMostWaitMs;
    live.show = [peek, newest] { peek(newest({RunState::Running, RunState::Stuck})); };
    live.ready = [told, show = live.show, &page] {
        if (page.peek() == nullptr || page.peek()->uid().isEmpty()) show();  // none goes on just now
        return page.peek() != nullptr && told();
    };
    live.leave = leave;
    scenes.push_back(std::move(live));
    const QString red = newest({RunState::Failed});
    if (red.isEmpty()) return;
    scenes.push_back({QStringLiteral("runs-peek-failed"), [peek, red] { peek(red); }, told, leave});
    TourScene ticked{QStringLiteral("runs-peek-ticked"),
                     [peek, red, &page] {
                         peek(red);
                         page.table().selectAll();
                     },
                     told,
                     [leave, &page] {
                         page.table().clearTicks();
                         leave();
                     }};
    scenes.push_back(std::move(ticked));
    TourScene largest{QStringLiteral("runs-peek-largest"), [peek, red] { peek(red); }, told, leave};
    largest.sizes = {{1280, 800}, {1920, 1080}};
    largest.fontScales = {2.0};
    scenes.push_back(std::move(largest));
    TourScene narrow{QStringLiteral("runs-peek-narrow"), [peek, red] { peek(red); }, told, leave};
    narrow.sizes = {{960, 600}};
    narrow.fontScales = {1.0};
    scenes.push_back(std::move(narrow));
    TourScene loading{QStringLiteral("runs-peek-loading"), [peek, red] { peek(red); }, [] { return true; }, leave};
    loading.atOnce = true;
    scenes.push_back(std::move(loading));
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
    addPeekScenes(scenes, window);
    scenes.push_back({QStringLiteral("runs-failed"),
                      [&window, &page] {
                          window.bringUp(&page);
                          clickChip(page.filters(), QLatin1String("Failed"));
                      },
                      filled, [&page] { page.filters().clear(); }});
    for (const auto& [name, text] : {std::pair("runs-selector", "cerebral.baerautotech.com/trigger=push"),
                                     std::pair("runs-selector-refused", "trigger in (push")}) {
        scenes.push_back({QString::fromLatin1(name),
                          [&window, &page, text = QString::fromLatin1(text)] {
                              window.bringUp(&page);
                              page.filters().selector().setText(text);
                          },
                          [] { return true; }, [&page] { page.filters().clear(); }});
    }
    TourScene choice{QStringLiteral("runs-services"),
                     [&window, &page] {
                         window.bringUp(&page);
                         clickChip(page.filters(), QLatin1String("Service"));
                     },
                     [] { return true; },
                     [&page] {
                         for (auto* menu : page.filters().findChildren<QMenu*>()) menu->close();
                     }};
    choice.reopens = true;
    scenes.push_back(std::move(choice));
    TourScene keys{QStringLiteral("runs-selector-keys"),
                   [&window, &page] {
                       window.bringUp(&page);
                       page.filters().selector().setFocus();
                       page.filters().selector().insert(QStringLiteral("trigger="));
                       emit page.filters().selector().textEdited(page.filters().selector().text());
                   },
                   [] { return true; }, [&page] { page.filters().clear(); }};
    keys.reopens = true;
    scenes.push_back(std::move(keys));
    scenes.push_back({QStringLiteral("runs-no-match"),
                      [&window, &page] {
                          window.bringUp(&page);
                          window.topBar().search().setText(QStringLiteral("no run is called this"));
                      },
                      [] { return true; }, [&window] { window.topBar().search().clear(); }});
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

QString newestRun(const RunSet& runs, std::initializer_list<tekton::RunState> states) {
    const RunRow* best = nullptr;
    runs.forEach([&](const RunRow& row) {
        for (const tekton::RunState state : states) {
            if (row.state == state && row.startedMs > 0 && (best == nullptr || row.createdMs > best->createdMs))
                best = &row;
        }
    });
    return best == nullptr ? QString() : best->uid;
}

std::vector<TourScene> tourScenes(MainWindow& window) {
    // What goes on comes first: it may be over by the time the rest was seen.
    std::vector<TourScene> scenes;
    addLiveRunScenes(scenes, window);
    addPushScenes(scenes, window);
    addSeldomPushScenes(scenes, window);
    addCommitScenes(scenes, window);
    addShellScenes(scenes, window);
    addRunsScenes(scenes, window);
    addRunScenes(scenes, window);
    addExtremeScenes(scenes, window);
    scenes.push_back(
        {QStringLiteral("settings"), [&window] { window.bringUp(&window.settingsPage()); }, [] { return true; }, {}});
    // Late: what it starts would fill the others.
    addRebuildResultScene(scenes, window);
    // Last: they leave the cluster as the others saw it.
    addAccountScenes(scenes, window);
    return scenes;
}

}  // namespace cerebral::ui
