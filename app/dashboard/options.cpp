#include "app/dashboard/options.h"

#include <CLI/CLI.hpp>

#include "ui/models/app_link.h"

namespace cerebral::dashboard {

std::variant<Options, int> parseOptions(int argc, char** argv) {
    Options options;
    CLI::App app{"Watches every push on its way from GitHub into the pods", "cerebral-dashboard"};
    app.set_version_flag("--version", "cerebral-dashboard " CEREBRAL_VERSION);
    app.add_flag("--demo", options.demo, "start a small cluster and the real receiver, and watch them");
    app.add_option("--kubeconfig", options.kubeconfig, "kubeconfig file (default: $KUBECONFIG, then ~/.kube/config)");
    app.add_option("--context", options.context, "context of the kubeconfig (default: its current one)");
    app.add_option("--config", options.configFile, "configuration file");
    app.add_option("--receiver-url", options.receiverUrl,
                   "the receiver (default: Settings, then the Ingress's host)");
    app.add_option("--screenshots", options.screenshots,
                   "save pictures of every page, dialog and state into this folder and exit");
    app.add_option("--scenes", options.scenes,
                   "only pictures that match, with * and ?, parted by commas: pushes*,run-stuck-dark-1280x800")
        ->needs("--screenshots");
    app.add_option("link", options.link, "what to show: cerebral://run/NAMESPACE/NAME or cerebral://commit/SHA");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    if (options.demo && options.kubeconfig) {
        return app.exit(CLI::ValidationError("--demo brings its own cluster: leave --kubeconfig out"));
    }
    if (!options.link.empty() && !ui::parseAppLink(QString::fromStdString(options.link))) {
        return app.exit(CLI::ValidationError(
            "not a link to a run or a commit: cerebral://run/NAMESPACE/NAME, cerebral://commit/SHA"));
    }
    return options;
}

}  // namespace cerebral::dashboard
