// A log of a million lines: how long until it is on screen, what it weighs, how fast it is searched.
#include <QApplication>
#include <QElapsedTimer>
#include <fstream>
#include <string>
#include <vector>

#include "tests/bench/report.h"
#include "ui/theme/theme.h"
#include "ui/widgets/log_panel.h"

namespace {

constexpr int kLines = 1'000'000;

double residentBytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * 4096;
}

double secondsOf(const QElapsedTimer& watch) {
    return static_cast<double>(watch.nsecsElapsed()) / 1e9;
}

/// A build's output: one line in ten is coloured, one in ten thousand is an error.
std::string lineAt(int i) {
    const std::string number = std::to_string(i);
    if (i % 10'000 == 9'999) return "error: target " + number + " could not be built: exit status 1";
    if (i % 10 == 0) return "\x1b[36mINFO\x1b[0m[" + number + "] Taking snapshot of the filesystem after the layer";
    return "Requirement already satisfied: package-" + number +
           " in /opt/venv/lib/python3.11/site-packages (from -r requirements.txt)";
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    cerebral::bench::Report report("log_view");
    const cerebral::ui::Theme theme;
    cerebral::ui::LogBuffer log;
    cerebral::ui::LogPanel panel(theme, cerebral::ui::LogPanel::Kind::Log);
    panel.view().setLog(&log);
    panel.resize(1200, 800);
    panel.show();
    QApplication::processEvents();
    // Where the log comes from is no part of the figures: it is there before.
    std::string source;
    std::vector<std::size_t> ends;
    ends.reserve(kLines);
    for (int i = 0; i < kLines; ++i) {
        source += lineAt(i);
        ends.push_back(source.size());
    }
    const auto bytes = static_cast<double>(source.size()) + kLines;
    const double idle = residentBytes();
    QElapsedTimer watch;
    watch.start();
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
        log.append(static_cast<std::int64_t>(end), std::string_view(source).substr(begin, end - begin));
        begin = end;
    }
    panel.view().appended();
    panel.view().viewport()->repaint();
    const double shown = secondsOf(watch);
    const double weight = residentBytes() - idle;
    report.note("text", bytes / 1e6, "MB");
    report.atMost("1,000,000 lines taken in and on screen", shown, 0.3, "s");
    report.atMost("memory over idle / bytes of the log", weight / bytes, 1.4, "x");

    for (const char* needle : {"error", "could not be built", "package-999999", "e"}) {
        watch.restart();
        if (!panel.view().search(QString::fromLatin1(needle), false)) return 1;
        const double took = secondsOf(watch);
        report.note("lines that match", static_cast<double>(panel.view().found().hits().size()), "");
        report.atMost("searched through for \"" + std::string(needle) + "\"", took, 0.15, "s");
    }
    watch.restart();
    constexpr int kPages = 200;
    for (int i = 0; i < kPages; ++i) {
        panel.view().showLine(static_cast<std::size_t>(i) * (kLines / kPages));
        panel.view().viewport()->repaint();
    }
    report.atMost("a screen painted", secondsOf(watch) / kPages * 1e3, 16, "ms");
    return report.exitCode();
}
