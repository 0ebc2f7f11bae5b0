// A cluster with 10,000 runs: how long until the first and all of them are on the screen, and what the window weighs.
// Without arguments the demo cluster, which has its answer ready and sends it about thirty times faster than an API
// server makes one. `bench_window_runs KUBECONFIG` measures with a cluster that runs already and has as many runs.
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "app/dashboard/dashboard.h"
#include "core/base/log.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/report.h"
#include "tests/bench/timing.h"
#include "tests/bench/window/measured_cluster.h"
#include "tests/support/own_home.h"

using namespace cerebral;

namespace {

constexpr int kRuns = 10'000;
constexpr int kDeadlineMs = 60'000;
/// What goes on after the last row: TaskRuns of the newest runs are read, finished runs are written down.
constexpr int kQuietMs = 1000;
constexpr double kQuietCpu = 0.02;
/// Of curl, before the window asks and as often afterwards: what else the machine does is to meet both.
constexpr int kCurlRuns = 4;

/// Tells when rows are on the screen: at the end of a painting of the table.
class TableWatch : public QObject {
public:
    explicit TableWatch(ui::RunsPage& page) : page_(page) {
        watch_.start();
        page_.table().viewport()->installEventFilter(this);
    }
    double first = -1;
    double all = -1;

protected:
    bool eventFilter(QObject* object, QEvent* event) override {
        if (event->type() != QEvent::Paint) return false;
        object->removeEventFilter(this);
        QCoreApplication::sendEvent(object, event);
        object->installEventFilter(this);
        const int rows = page_.table().runModel().shownRuns();
        const double now = static_cast<double>(watch_.nsecsElapsed()) / 1e9;
        if (rows > 0 && first < 0) first = now;
        if (rows >= kRuns && all < 0) all = now;
        return true;
    }

private:
    ui::RunsPage& page_;
    QElapsedTimer watch_;
};

bool waitFor(const std::function<bool()>& reached) {
    QEventLoop loop;
    QTimer poll;
    QElapsedTimer waited;
    waited.start();
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (reached()) loop.exit(0);
        if (waited.elapsed() > kDeadlineMs) loop.exit(1);
    });
    poll.start(20);
    return loop.exec() == 0;
}

/// Nothing is left to do: the process no longer uses the CPU.
bool settle() {
    double before = bench::cpuSeconds(QCoreApplication::applicationPid());
    QElapsedTimer since;
    since.start();
    return waitFor([&] {
        if (since.elapsed() < kQuietMs) return false;
        since.restart();
        const double now = bench::cpuSeconds(QCoreApplication::applicationPid());
        return now - std::exchange(before, now) <= kQuietCpu;
    });
}

/// What curl needs for the same: the request of the window, and the plain list.
struct Curl {
    std::vector<double> stream;
    std::vector<double> list;

    bool measure(const bench::MeasuredCluster& cluster) {
        for (int i = 0; i < kCurlRuns; ++i) {
            const auto streamed = cluster.streamSeconds();
            const auto listed = cluster.listSeconds();
            if (!streamed || !listed) return false;
            stream.push_back(*streamed);
            list.push_back(*listed);
        }
        return true;
    }
};

std::unique_ptr<bench::MeasuredCluster> clusterOf(const QStringList& arguments) {
    if (arguments.size() > 1) return bench::MeasuredCluster::running(arguments[1]);
    return bench::MeasuredCluster::demo({"--runs", QString::number(kRuns), "--push-every", "0"});
}

int unfinished(const char* why) {
    std::fprintf(stderr, "many_runs: %s\n", why);
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const test::OwnHome home;
    QApplication app(argc, argv);
    bench::Report report("many_runs");
    const auto cluster = clusterOf(app.arguments());
    if (!cluster->listening()) return unfinished("no cluster");
    Curl curl;
    if (!curl.measure(*cluster)) return unfinished("curl could not read the runs");

    const auto log = makeTextLogger(LogLevel::Warning);
    dashboard::Options options;
    options.kubeconfig = cluster->kubeconfig();
    options.context = bench::MeasuredCluster::kNowhere;
    dashboard::Dashboard dashboard(options, *log);
    if (const auto started = dashboard.start(); !started) return unfinished(started.error().message.c_str());
    ui::RunsPage& page = dashboard.window()->runsPage();
    dashboard.window()->bringUp(&page);
    if (!settle()) return unfinished("no window");
    report.note("memory of the empty window", bench::megabytes(QCoreApplication::applicationPid(), "VmRSS:"), "MB");

    // The request: somebody chooses the cluster in a window that is open.
    TableWatch watch(page);
    dashboard.window()->switchContext(cluster->context());
    if (!waitFor([&] { return watch.all >= 0; })) return unfinished("not all rows came");
    report.atMost("10,000 runs: first rows on the screen after the request", watch.first, 0.25, "s");
    report.note("10,000 runs: all rows", watch.all, "s");
    if (!settle()) return unfinished("the process does not come to rest");
    const double resident = bench::megabytes(QCoreApplication::applicationPid(), "VmRSS:");
    report.note("most memory ever", bench::megabytes(QCoreApplication::applicationPid(), "VmHWM:"), "MB");
    report.atMost("10,000 runs: memory of the process", resident, 150, "MB");
    if (!curl.measure(*cluster)) return unfinished("curl could not read the runs again");
    report.note("curl, the same request", bench::median(curl.stream), "s");
    report.note("curl, the plain list", bench::median(curl.list), "s");
    report.atMost("10,000 runs: all rows / curl, the same request", watch.all / bench::median(curl.stream), 1.15,
                  "x");
    report.note("10,000 runs: all rows / curl, the plain list", watch.all / bench::median(curl.list), "x");
    return report.exitCode();
}
