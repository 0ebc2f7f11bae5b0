// A thousand changes a second: how long a frame takes and how busy the window's thread is.
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <cstdio>

#include "app/dashboard/dashboard.h"
#include "core/base/log.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/report.h"
#include "tests/bench/window/gui_watch.h"
#include "tests/bench/window/measured_cluster.h"
#include "tests/support/own_home.h"

using namespace cerebral;

namespace {

constexpr int kRuns = 10'000;
constexpr int kChangesPerSecond = 1000;
constexpr int kFilledDeadlineMs = 30'000;

void pass(std::chrono::milliseconds time) {
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

void storm(bench::Report& report, bench::GuiWatch& app, const std::string& name, std::chrono::seconds length,
           const std::int64_t& arrived) {
    pass(std::chrono::seconds(1));  // the page has come up
    app.begin();
    const std::int64_t arrivedBefore = arrived;
    const double threadBefore = bench::GuiWatch::threadSeconds();
    const double processBefore = bench::cpuSeconds(QCoreApplication::applicationPid());
    QElapsedTimer passed;
    passed.start();
    pass(length);
    const double seconds = static_cast<double>(passed.nsecsElapsed()) / 1e9;
    const double thread = bench::GuiWatch::threadSeconds() - threadBefore;
    const double process = bench::cpuSeconds(QCoreApplication::applicationPid()) - processBefore;
    const std::vector<double> frames = app.frames();
    // Changes of one run that cross over together count once.
    report.atLeast(name + ": changes that reached the window", static_cast<double>(arrived - arrivedBefore) / seconds,
                   0.75 * kChangesPerSecond, "/s");
    report.note(name + ": frames", static_cast<double>(frames.size()) / seconds, "/s");
    if (frames.empty()) return;
    report.note(name + ": frame time, median", frames[frames.size() / 2], "ms");
    report.note(name + ": frame time, longest", frames.back(), "ms");
    report.atMost(name + ": frame time, p99", frames[frames.size() * 99 / 100], 16, "ms");
    report.atMost(name + ": the window's thread", 100 * thread / seconds, 40, "% of a core");
    report.note(name + ": the process", 100 * process / seconds, "% of a core");
}

}  // namespace

int main(int argc, char** argv) {
    const test::OwnHome home;
    bench::GuiWatch app(argc, argv);
    bench::Report report("storm");
    const auto server = bench::MeasuredCluster::demo(
        {"--runs", QString::number(kRuns), "--churn", QString::number(kChangesPerSecond), "--push-every", "0"});
    if (!server->listening()) return 1;
    const auto log = makeTextLogger(LogLevel::Warning);
    dashboard::Options options;
    options.kubeconfig = server->kubeconfig();
    dashboard::Dashboard dashboard(options, *log);
    if (const auto started = dashboard.start(); !started) {
        std::fprintf(stderr, "%s\n", started.error().message.c_str());
        return 1;
    }
    ui::MainWindow& window = *dashboard.window();
    std::int64_t arrived = 0;
    QObject::connect(&dashboard.bridge(), &ui::ClusterBridge::runsChanged, &window,
                     [&](const ui::RunChanges& changes) {
                         arrived += static_cast<std::int64_t>(changes.added.size() + changes.updated.size());
                     });
    // All runs, and their finished ones written down: what is measured is the storm alone.
    QElapsedTimer filling;
    filling.start();
    while (dashboard.runs().size() < kRuns && filling.elapsed() < kFilledDeadlineMs) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    if (dashboard.runs().size() < kRuns) return 1;
    pass(std::chrono::seconds(6));

    // The demo cluster changes 500 runs, the first by name: in this order some of them are on the screen.
    window.bringUp(&window.runsPage());
    window.runsPage().table().sortByColumn(ui::RunTableModel::Service, Qt::AscendingOrder);
    storm(report, app, "runs", std::chrono::seconds(60), arrived);
    window.bringUp(&window.pushesPage());
    storm(report, app, "pushes", std::chrono::seconds(20), arrived);
    return report.exitCode();
}
