#include "app/dashboard/offscreen_platform.h"

#include <QLoggingCategory>
#include <cstdio>

namespace cerebral::dashboard {
namespace {

/// One screen that has room for the largest window: menus are pushed back into the one there is, by default 800 ×
/// 800.
constexpr char kScreen[] =
    R"({"screens":[{"name":"tour","x":0,"y":0,"width":2048,"height":1536,"logicalDpi":96,"logicalBaseDpi":96,"dpr":1}]})";

/// The plugin says at every window, dialog and menu what it cannot do for them: hundreds of lines a tour.
void leaveOutWhatIsNotSupported(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    if (message.startsWith(QLatin1String("This plugin does not support "))) return;
    std::fprintf(stderr, "%s\n", qUtf8Printable(qFormatLogMessage(type, context, message)));
}

}  // namespace

OffscreenPlatform::OffscreenPlatform(const Options& options) {
    if (options.screenshots.empty()) return;
    const QByteArray chosen = qgetenv("QT_QPA_PLATFORM");
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    if (chosen != "offscreen" && (display || !chosen.isEmpty())) return;
    const bool written = screen_.open() && screen_.write(kScreen) > 0 && screen_.flush();
    qputenv("QT_QPA_PLATFORM", written ? "offscreen:configfile=" + screen_.fileName().toLocal8Bit() : "offscreen");
    qInstallMessageHandler(leaveOutWhatIsNotSupported);
}

}  // namespace cerebral::dashboard
