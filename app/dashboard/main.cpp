// cerebral-dashboard: wires and nothing else.
#include <QApplication>
#include <QFileInfo>
#include <QTemporaryFile>
#include <cstdio>
#include <future>
#include <optional>
#include <variant>

#include "app/dashboard/dashboard.h"
#include "app/dashboard/desktop_presence.h"
#include "app/dashboard/options.h"
#include "app/dashboard/quit_signals.h"
#include "core/base/secret.h"
#include "ui/desktop/single_instance.h"

namespace {

using cerebral::dashboard::Dashboard;
using cerebral::dashboard::Options;
using cerebral::ui::SingleInstance;

/// One screen that has room for the largest window: menus are pushed back into the one there is, by default 800 ×
/// 800.
constexpr char kScreen[] =
    R"({"screens":[{"name":"tour","x":0,"y":0,"width":2048,"height":1536,"logicalDpi":96,"logicalBaseDpi":96,"dpr":1}]})";

/// Pictures are painted without a display; a window needs one.
void choosePlatform(const Options& options, QTemporaryFile& screen) {
    if (options.screenshots.empty()) return;
    const QByteArray chosen = qgetenv("QT_QPA_PLATFORM");
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    if (chosen != "offscreen" && (display || !chosen.isEmpty())) return;
    const bool written = screen.open() && screen.write(kScreen) > 0 && screen.flush();
    qputenv("QT_QPA_PLATFORM", written ? "offscreen:configfile=" + screen.fileName().toLocal8Bit() : "offscreen");
}

/// A demonstration and a tour are programs of their own.
bool standsAlone(const Options& options) {
    return options.demo || options.configFile || !options.screenshots.empty();
}

cerebral::ui::StartRequest requestOf(const Options& options) {
    cerebral::ui::StartRequest request;
    if (options.kubeconfig)
        request.kubeconfig = QFileInfo(QString::fromStdString(*options.kubeconfig)).absoluteFilePath();
    request.context = QString::fromStdString(options.context);
    request.link = QString::fromStdString(options.link);
    return request;
}

}  // namespace

int main(int argc, char** argv) {
    cerebral::forbidCoreDumps();
    const auto parsed = cerebral::dashboard::parseOptions(argc, argv);
    if (const int* code = std::get_if<int>(&parsed)) return *code;
    const auto& options = std::get<Options>(parsed);
    QTemporaryFile screen;
    choosePlatform(options, screen);

    cerebral::dashboard::QuitSignals quitSignals;
    Dashboard::KubeconfigRead kubeconfig;
    if (!options.demo) {
        // Beside what Qt does to begin with.
        kubeconfig = std::async(std::launch::async, [&options] { return Dashboard::readKubeconfig(options); });
    }
    QApplication app(argc, argv);
    quitSignals.watch();
    QApplication::setApplicationName(QStringLiteral("cerebral-dashboard"));
    QApplication::setApplicationDisplayName(QStringLiteral("Cerebral Desk"));
    QApplication::setApplicationVersion(QStringLiteral(CEREBRAL_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("com.baerautotech.CerebralDesk"));

    std::optional<SingleInstance> instance;
    if (const QString folder = SingleInstance::userFolder(); !standsAlone(options) && !folder.isEmpty()) {
        instance.emplace(folder);
        if (instance->claim(requestOf(options)) == SingleInstance::Role::Handed) return 0;
    }
    const auto log = cerebral::makeTextLogger(cerebral::LogLevel::Warning);
    Dashboard dashboard(options, *log, std::move(kubeconfig));
    std::optional<cerebral::dashboard::DesktopPresence> presence;
    QObject::connect(&dashboard, &Dashboard::settled, &dashboard, [&] { presence.emplace(dashboard); });
    if (const auto started = dashboard.start(); !started) {
        std::fprintf(stderr, "cerebral-dashboard: %s\n", started.error().message.c_str());
        return 1;
    }
    if (instance) {
        QObject::connect(&*instance, &SingleInstance::requested, &dashboard, &Dashboard::takeRequest);
    }
    return QApplication::exec();
}
