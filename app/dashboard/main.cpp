// cerebral-dashboard: wires and nothing else.
#include <QApplication>
#include <QFileInfo>
#include <cstdio>
#include <future>
#include <optional>
#include <variant>

#include "app/dashboard/dashboard.h"
#include "app/dashboard/desktop_presence.h"
#include "app/dashboard/offscreen_platform.h"
#include "app/dashboard/options.h"
#include "app/dashboard/quit_signals.h"
#include "core/base/secret.h"
#include "ui/desktop/single_instance.h"

namespace {

using cerebral::dashboard::Dashboard;
using cerebral::dashboard::Options;
using cerebral::ui::SingleInstance;

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
    const cerebral::dashboard::OffscreenPlatform platform(options);

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
