#include "ui/pages/tour_run_scenes.h"

#include <initializer_list>

#include "ui/pages/main_window.h"
#include "ui/pages/run_page.h"

namespace cerebral::ui {
namespace {

/// Whose build the demonstration's opening leaves without room.
constexpr QLatin1String kStuckService("knowledge-services");

/// The newest run in one of these states; empty when there is none.
QString newestIn(const RunSet& runs, std::initializer_list<tekton::RunState> states) {
    const RunRow* best = nullptr;
    runs.forEach([&](const RunRow& row) {
        for (const tekton::RunState state : states) {
            if (row.state == state && row.startedMs > 0 && (best == nullptr || row.createdMs > best->createdMs))
                best = &row;
        }
    });
    return best == nullptr ? QString() : best->uid;
}

class RunScenes {
public:
    RunScenes(std::vector<TourScene>& scenes, MainWindow& window)
        : scenes_(scenes), window_(window), page_(*window.runPage()) {}

    void add(const char* name, const QString& uid, RunPage::Tab tab, std::function<void()> more = {}) {
        if (uid.isEmpty()) return;
        scenes_.push_back({QString::fromLatin1(name),
                           [this_ = *this, uid, tab, more = std::move(more)] {
                               this_.window_.openRun(uid);
                               this_.page_.showTab(tab);
                               if (more) more();
                           },
                           [&page = page_] { return page.filled(); },
                           [&window = window_] { window.bringUp(&window.runsPage()); }});
    }

private:
    std::vector<TourScene>& scenes_;
    MainWindow& window_;
    RunPage& page_;
};

}  // namespace

void addRunScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    if (window.runPage() == nullptr) return;
    RunPage& page = *window.runPage();
    const RunSet& runs = window.runsPage().model().runs();
    using tekton::RunState;
    const QString green = newestIn(runs, {RunState::Succeeded, RunState::Completed});
    const QString red = newestIn(runs, {RunState::Failed});
    QString underway;
    qint64 newest = 0;
    runs.forEach([&](const RunRow& row) {
        if (row.state != RunState::Running || row.service == kStuckService || row.createdMs < newest) return;
        newest = row.createdMs;
        underway = row.uid;
    });
    RunScenes add(scenes, window);
    add.add("run-timeline", underway, RunPage::TimelineTab);
    add.add("run-failed", red, RunPage::LogsTab);
    add.add("run-failed-timeline", red, RunPage::TimelineTab);
    if (!red.isEmpty()) {
        add.add("run-failed-search", red, RunPage::LogsTab, [&page] {
            page.failure().setFolded(true);
            page.logArea().panel().searchField().setText(QStringLiteral("error"));
        });
        scenes.back().leave = [&window, &page] {
            page.logArea().panel().searchField().clear();
            page.failure().setFolded(false);
            window.bringUp(&window.runsPage());
        };
    }
    add.add("run-succeeded", green, RunPage::TimelineTab);
    add.add("run-logs-whole", green, RunPage::LogsTab, [&page] { page.logArea().choose(StepTree::kWhole); });
    add.add("run-graph", green, RunPage::GraphTab);
    add.add("run-params", red, RunPage::ParamsTab);
    add.add("run-events", red, RunPage::EventsTab);
    add.add("run-yaml", green, RunPage::YamlTab);
    runs.forEach([&](const RunRow& row) {
        // What is stuck is known from TaskRuns and pods alone: any run that goes on may be.
        if (row.state == RunState::Running && row.service == kStuckService)
            add.add("run-stuck", row.uid, RunPage::TimelineTab);
    });
}

}  // namespace cerebral::ui
