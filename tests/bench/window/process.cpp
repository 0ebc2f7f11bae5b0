// cerebral-dashboard as it is: how long until its window is up, beside a program with an empty window; and what it
// costs while nothing happens.
#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonObject>
#include <QThread>
#include <cstdio>
#include <ctime>
#include <optional>

#include "tests/bench/process_figures.h"
#include "tests/bench/report.h"
#include "tests/bench/timing.h"
#include "tests/bench/window/measured_cluster.h"

using namespace cerebral;

namespace {

constexpr int kStarts = 15;
constexpr int kFrameDeadlineMs = 20'000;
constexpr int kSettleSeconds = 60;
constexpr int kIdleSeconds = 30;
constexpr double kRestCpu = 0.01;

double monotonicSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

class Window {
public:
    Window(const QString& program, const QStringList& arguments)
        : home_(), begun_(monotonicSeconds()), process_(program, arguments, environment(home_.path())) {}
    /// Seconds from before the process began to its first frame.
    std::optional<double> firstFrame() { return moment(QStringLiteral("firstFrameNs")); }
    /// The same to the first frame that has words: everything but rows is there.
    std::optional<double> firstWords() { return moment(QStringLiteral("firstWordsNs")); }
    /// The same to the first rows in it.
    std::optional<double> firstRows() { return moment(QStringLiteral("firstRowsNs")); }
    [[nodiscard]] qint64 pid() const { return process_.pid(); }

private:
    std::optional<double> moment(const QString& name) {
        const auto said =
            process_.waitForJson([&](const QJsonObject& o) { return o.contains(name); }, kFrameDeadlineMs);
        if (!said) return std::nullopt;
        return said->value(name).toString().toDouble() / 1e9 - begun_;
    }
    static test::ChildProcess::Environment environment(const QString& home) {
        return {{"HOME", home},
                {"XDG_RUNTIME_DIR", home},
                {"QT_QPA_PLATFORM", "offscreen"},
                {"QT_QPA_GENERIC_PLUGINS", "firstframe"},
                {"QT_PLUGIN_PATH", QFileInfo(QStringLiteral(CEREBRAL_BENCH_PLUGINS)).absoluteFilePath()}};
    }
    QTemporaryDir home_;
    double begun_;
    test::ChildProcess process_;
};

bool starts(bench::Report& report, const QStringList& arguments) {
    std::vector<double> empty;
    std::vector<double> real;
    std::vector<double> words;
    std::vector<double> rows;
    // By turns, so that what else the machine does meets both.
    for (int i = 0; i < kStarts; ++i) {
        const auto one = Window(QFileInfo(QStringLiteral(CEREBRAL_EMPTY_WINDOW)).absoluteFilePath(), {}).firstFrame();
        Window dashboard(QStringLiteral("cerebral-dashboard"), arguments);
        const auto other = dashboard.firstFrame();
        const auto complete = dashboard.firstWords();
        const auto filled = dashboard.firstRows();
        if (!one || !other || !complete || !filled) return false;
        empty.push_back(*one);
        real.push_back(*other);
        words.push_back(*complete);
        rows.push_back(*filled);
    }
    report.note("an empty QMainWindow, from exec to its first frame", bench::median(empty) * 1e3, "ms");
    report.note("the dashboard, from exec to its first frame", bench::median(real) * 1e3, "ms");
    report.note("the dashboard, from exec to its first frame with words", bench::median(words) * 1e3, "ms");
    report.note("the dashboard, from exec to its first rows", bench::median(rows) * 1e3, "ms");
    report.atMost("the dashboard's window / an empty one", bench::median(real) / bench::median(empty), 1.5, "x");
    return true;
}

bool idle(bench::Report& report, const QStringList& arguments) {
    Window window(QStringLiteral("cerebral-dashboard"), arguments);
    if (!window.firstFrame()) return false;
    // First everything is read and finished runs are written down.
    double before = bench::cpuSeconds(window.pid());
    bool atRest = false;
    for (int second = 0; second < kSettleSeconds && !atRest; second += 2) {
        QThread::sleep(2);
        const double now = bench::cpuSeconds(window.pid());
        atRest = second > 2 && now - std::exchange(before, now) <= kRestCpu;
    }
    QThread::sleep(kIdleSeconds);
    const double used = bench::cpuSeconds(window.pid()) - before;
    report.atMost("an idle window", 100 * used / kIdleSeconds, 0.2, "% of a core");
    report.note("memory", bench::megabytes(window.pid(), "VmRSS:"), "MB");
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    bench::Report report("window");
    const auto server = bench::MeasuredCluster::demo({"--runs", "1000", "--push-every", "0"});
    const QStringList arguments{"--kubeconfig", QString::fromStdString(server->kubeconfig())};
    if (!server->listening() || !starts(report, arguments) || !idle(report, arguments)) {
        std::fprintf(stderr, "window: a program did not start\n");
        return 1;
    }
    return report.exitCode();
}
