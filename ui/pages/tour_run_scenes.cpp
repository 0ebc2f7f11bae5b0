#include "ui/pages/tour_run_scenes.h"

#include <initializer_list>
#include <memory>
#include <optional>

#include "ui/pages/main_window.h"
#include "ui/pages/run_page.h"
#include "ui/widgets/desk_dialog.h"

namespace cerebral::ui {
namespace {

/// Of a run that goes on: somebody has scrolled up, and more was written since.
void addPausedScene(std::vector<TourScene>& scenes, MainWindow& window, const std::function<QString()>& run) {
    RunPage& page = *window.runPage();
    const auto pause = [&window, &page, run] {
        const QString uid = run();
        if (uid.isEmpty() || !window.openRun(uid)) return;
        page.showTab(RunPage::LogsTab);
        page.logArea().panel().view().setFollow(false);
        page.logArea().panel().view().showLine(0);
    };
    TourScene scene;
    scene.name = QStringLiteral("run-logs-paused");
    scene.mostWaitMs = kMostWaitMs;
    scene.show = pause;
    scene.ready = [&window, &page, pause] {
        const RunRow* row = window.runs().find(page.uid());
        LogPanel& panel = page.logArea().panel();
        if (row == nullptr || row->finished()) {
            pause();
        } else if (panel.view().follow()) {
            // Another step has begun.
            panel.view().setFollow(false);
            panel.view().showLine(0);
        }
        const auto* bar = panel.findChild<QWidget*>(QStringLiteral("newLines"));
        return bar != nullptr && bar->isVisible();
    };
    scene.leave = [&window] { window.bringUp(&window.runsPage()); };
    scenes.push_back(std::move(scene));
}

/// The newest that goes on, of a service that is known well enough for an estimate, and has time left for all
/// pictures of a scene; empty: none just now.
QString freshRun(const RunTableModel& model) {
    const RunRow* best = nullptr;
    model.runs().forEach([&](const RunRow& row) {
        const auto usual = model.runs().medianMs(row.service);
        if (row.state != tekton::RunState::Running || !usual || (best != nullptr && row.createdMs < best->createdMs))
            return;
        const qint64 elapsed = row.durationMs(model.nowMs());
        if (elapsed > *usual / 5 && elapsed < *usual / 2) best = &row;
    });
    return best == nullptr ? QString() : best->uid;
}

/// Of a run whose events the cluster still has: it forgets those of the runs before.
void addEventsScene(std::vector<TourScene>& scenes, MainWindow& window) {
    RunPage& page = *window.runPage();
    const auto uid = std::make_shared<QString>();
    const auto newestFailed = [&window] { return newestRun(window.runs(), {tekton::RunState::Failed}); };
    TourScene scene;
    scene.name = QStringLiteral("run-events");
    scene.mostWaitMs = kMostWaitMs;
    scene.show = [&window, &page, uid, newestFailed] {
        *uid = newestFailed();
        if (window.openRun(*uid)) page.showTab(RunPage::EventsTab);
    };
    scene.ready = [&page, uid, newestFailed, show = scene.show] {
        if (page.events().count()) return page.uid() == *uid;
        if (newestFailed() != *uid) show();
        return false;
    };
    scene.leave = [&window] { window.bringUp(&window.runsPage()); };
    scenes.push_back(std::move(scene));
}

class RunScenes {
public:
    using Run = std::function<QString()>;
    using More = std::function<void()>;
    RunScenes(std::vector<TourScene>& scenes, MainWindow& window)
        : scenes_(scenes), window_(window), page_(*window.runPage()) {}

    void add(const char* name, const Run& run, RunPage::Tab tab, const More& more = {}, const More& undo = {},
             std::optional<tekton::RunState> state = {}) {
        // Which run it is stays for all pictures of the scene, unless it leaves the state that is to be shown.
        const auto uid = std::make_shared<QString>();
        const auto show = [this_ = *this, run, uid, tab, more] {
            *uid = run();
            if (uid->isEmpty() || !this_.window_.openRun(*uid)) return;
            this_.page_.showTab(tab);
            if (more) more();
        };
        TourScene scene;
        scene.name = QString::fromLatin1(name);
        scene.mostWaitMs = kMostWaitMs;
        scene.show = show;
        scene.ready = [&page = page_, &runs = window_.runs(), uid, show, state] {
            const RunRow* row = runs.find(*uid);
            const bool other = state && (row == nullptr || row->state != *state);
            if (uid->isEmpty() || other) show();  // none goes on just now
            return !uid->isEmpty() && page.uid() == *uid && page.filled();
        };
        scene.leave = [&window = window_, undo] {
            if (undo) undo();
            window.bringUp(&window.runsPage());
        };
        scenes_.push_back(std::move(scene));
    }
    void add(const char* name, const QString& uid, RunPage::Tab tab, const More& more = {}, const More& undo = {}) {
        if (!uid.isEmpty())
            add(
                name, [uid] { return uid; }, tab, more, undo);
    }

private:
    std::vector<TourScene>& scenes_;
    MainWindow& window_;
    RunPage& page_;
};

const QString kRegex = QStringLiteral("Search for a regular expression");
const QString kHide = QStringLiteral("Hide lines that do not match");
const QString kTimes = QStringLiteral("Show times");
const QString kWrap = QStringLiteral("Wrap long lines");

void setTool(const LogPanel& panel, const QString& name, bool on) {
    for (auto* button : panel.findChildren<Button*>()) {
        if (button->accessibleName() == name) button->setChecked(on);
    }
}

void addLogScenes(RunScenes& scenes, RunPage& page, const QString& red, const QString& green) {
    LogPanel& panel = page.logArea().panel();
    const auto fold = [&page](bool folded) {
        if (page.failure().folded() != folded) page.failure().setFolded(folded);
    };
    const auto plain = [&panel, fold] {
        panel.searchField().clear();
        for (const QString& name : {kHide, kWrap, kRegex}) setTool(panel, name, false);
        setTool(panel, kTimes, true);
        fold(false);
    };
    scenes.add(
        "run-failed-folded", red, RunPage::LogsTab, [fold] { fold(true); }, plain);
    const auto search = [&panel, fold](const QString& text, bool regex) {
        fold(true);
        setTool(panel, kRegex, regex);
        panel.searchField().setText(text);
    };
    scenes.add(
        "run-failed-search", red, RunPage::LogsTab, [search] { search(QStringLiteral("error"), false); }, plain);
    scenes.add(
        "run-logs-hits-only", red, RunPage::LogsTab,
        [search, &panel] {
            search(QStringLiteral("error|warn"), true);
            setTool(panel, kHide, true);
        },
        plain);
    scenes.add(
        "run-logs-bad-regex", red, RunPage::LogsTab, [search] { search(QStringLiteral("(never closed"), true); },
        plain);
    scenes.add(
        "run-logs-wrapped", red, RunPage::LogsTab,
        [&panel, fold] {
            fold(true);
            setTool(panel, kWrap, true);
            setTool(panel, kTimes, false);
        },
        plain);
    scenes.add("run-logs-whole", green, RunPage::LogsTab, [&page] { page.logArea().choose(StepTree::kWhole); });
    scenes.add("run-logs-succeeded", green, RunPage::LogsTab);
}

}  // namespace

void addLiveRunScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    if (window.runPage() == nullptr) return;
    const RunSet& runs = window.runsPage().model().runs();
    const auto goesOn = [&model = window.runsPage().model()] { return freshRun(model); };
    const auto isStuck = [&runs] { return newestRun(runs, {tekton::RunState::Stuck}); };
    RunScenes add(scenes, window);
    add.add("run-timeline", goesOn, RunPage::TimelineTab, {}, {}, tekton::RunState::Running);
    add.add("run-logs-following", goesOn, RunPage::LogsTab, {}, {}, tekton::RunState::Running);
    addPausedScene(scenes, window, goesOn);
    add.add("run-graph-underway", goesOn, RunPage::GraphTab, {}, {}, tekton::RunState::Running);
    add.add("run-stuck", isStuck, RunPage::TimelineTab, {}, {}, tekton::RunState::Stuck);
    add.add("run-stuck-events", isStuck, RunPage::EventsTab, {}, {}, tekton::RunState::Stuck);
}

void addRunScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    if (window.runPage() == nullptr) return;
    RunPage& page = *window.runPage();
    const RunSet& runs = window.runsPage().model().runs();
    using tekton::RunState;
    const QString green = newestRun(runs, {RunState::Succeeded, RunState::Completed});
    const QString red = newestRun(runs, {RunState::Failed});
    const QString cancelled = newestRun(runs, {RunState::Cancelled});
    const QString timedOut = newestRun(runs, {RunState::TimedOut});
    const RunRow* oldest = nullptr;
    runs.forEach([&](const RunRow& row) {
        if (row.state == RunState::Succeeded && (oldest == nullptr || row.createdMs < oldest->createdMs))
            oldest = &row;
    });
    RunScenes add(scenes, window);
    add.add("run-failed", red, RunPage::LogsTab);
    add.add("run-failed-timeline", red, RunPage::TimelineTab);
    addLogScenes(add, page, red, green);
    TourScene loading;
    loading.name = QStringLiteral("run-loading");
    loading.atOnce = true;
    loading.show = [&window, &page, green] {
        if (window.openRun(green)) page.showTab(RunPage::LogsTab);
    };
    loading.ready = [] { return true; };
    loading.leave = [&window] { window.bringUp(&window.runsPage()); };
    if (!green.isEmpty()) scenes.push_back(std::move(loading));
    add.add("run-succeeded", green, RunPage::TimelineTab);
    add.add("run-cancelled", cancelled, RunPage::TimelineTab);
    add.add("run-timed-out", timedOut, RunPage::TimelineTab);
    add.add("run-timed-out-logs", timedOut, RunPage::LogsTab);
    add.add("run-graph", green, RunPage::GraphTab);
    add.add("run-graph-failed", red, RunPage::GraphTab);
    add.add("run-params", red, RunPage::ParamsTab);
    addEventsScene(scenes, window);
    add.add("run-yaml", green, RunPage::YamlTab);
    if (oldest == nullptr) return;
    const QString old = oldest->uid;
    add.add("run-old", old, RunPage::TimelineTab);
    add.add("run-logs-gone", old, RunPage::LogsTab);
    // Last of them: the run is gone for good.
    const auto remove = [&window, old] {
        const RunRow* row = window.runs().find(old);
        if (row == nullptr) return;
        window.actions().perform(QStringLiteral("delete"), window.actions().targetOf(*row));
        for (auto* dialog : window.findChildren<DeskDialog*>()) {
            for (auto* button : dialog->findChildren<Button*>()) {
                if (button->text() == QLatin1String("Delete")) return button->click();
            }
        }
    };
    add.add("run-deleted", old, RunPage::TimelineTab, remove, [&window] { window.actions().notice().hide(); });
}

}  // namespace cerebral::ui
