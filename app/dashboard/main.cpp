// cerebral-dashboard: wires and nothing else.
#include <QApplication>
#include <cstdio>
#include <variant>

#include "app/dashboard/dashboard.h"
#include "app/dashboard/options.h"
#include "app/dashboard/quit_signals.h"
#include "core/base/secret.h"

namespace {

/// Pictures are painted without a display; a window needs one.
void choosePlatform(const cerebral::dashboard::Options& options) {
    const bool chosen = !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    if (!chosen && !display && !options.screenshots.empty()) qputenv("QT_QPA_PLATFORM", "offscreen");
}

}  // namespace

int main(int argc, char** argv) {
    cerebral::forbidCoreDumps();
    const auto parsed = cerebral::dashboard::parseOptions(argc, argv);
    if (const int* code = std::get_if<int>(&parsed)) return *code;
    const auto& options = std::get<cerebral::dashboard::Options>(parsed);
    choosePlatform(options);

    cerebral::dashboard::QuitSignals quitSignals;
    QApplication app(argc, argv);
    quitSignals.watch();
    QApplication::setApplicationName(QStringLiteral("cerebral-dashboard"));
    QApplication::setApplicationDisplayName(QStringLiteral("Cerebral Desk"));
    QApplication::setApplicationVersion(QStringLiteral(CEREBRAL_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("cerebral-desk"));

    const auto log = cerebral::makeTextLogger(cerebral::LogLevel::Warning);
    cerebral::dashboard::Dashboard dashboard(options, *log);
    if (const auto started = dashboard.start(); !started) {
        std::fprintf(stderr, "cerebral-dashboard: %s\n", started.error().message.c_str());
        return 1;
    }
    return QApplication::exec();
}
