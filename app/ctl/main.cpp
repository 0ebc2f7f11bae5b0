#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <exception>
#include <iostream>
#include <vector>

#include "app/ctl/subcommand.h"
#include "core/base/clock.h"
#include "core/base/secret.h"

namespace {

int runChosen(const std::vector<cerebral::ctl::Subcommand>& subcommands) {
    for (const auto& subcommand : subcommands) {
        if (subcommand.app->parsed()) return subcommand.run();
    }
    return cerebral::ctl::kUsage;
}

}  // namespace

int main(int argc, char** argv) {
    cerebral::forbidCoreDumps();
    cerebral::SystemClock clock;
    CLI::App app("Builds and rollouts of the Cerebral platform from the command line.", "cerebralctl");
    app.set_version_flag("--version", "cerebralctl " CEREBRAL_VERSION);
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::simple);
    app.footer(
        "Exit codes: 0 yes or done, 1 no or failed, 2 wrong usage.\n"
        "cerebralctl VERB --help explains a verb.");
    try {
        const std::vector<cerebral::ctl::Subcommand> subcommands{
            cerebral::ctl::addTrace(app, clock),    cerebral::ctl::addRuns(app, clock),
            cerebral::ctl::addLogs(app, clock),     cerebral::ctl::addRebuild(app, clock),
            cerebral::ctl::addRegistry(app, clock), cerebral::ctl::addSend(app),
        };
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& e) {
            return app.exit(e) == 0 ? cerebral::ctl::kOk : cerebral::ctl::kUsage;
        }
        return runChosen(subcommands);
    } catch (const std::exception& e) {
        std::cerr << "cerebralctl: " << e.what() << '\n';
        return cerebral::ctl::kFailed;
    }
}
