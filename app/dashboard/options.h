#pragma once
/// @file Options: the command line of cerebral-dashboard.

#include <optional>
#include <string>
#include <variant>

namespace cerebral::dashboard {

struct Options {
    bool demo = false;
    std::optional<std::string> kubeconfig;
    std::string context;
    std::optional<std::string> configFile;
    std::string receiverUrl;      ///< empty: from the settings, else through the Ingress
    std::string receiverProgram;  ///< what a demo starts; empty: github-webhook-receiver beside the dashboard
    std::string screenshots;      ///< a folder; empty: none
    std::string link;             ///< cerebral://…; empty: none
    std::string scenes;           ///< a wildcard on the names of scenes; empty: all
};

/// The options, or the exit code when the program is to end at once (help, version, errors).
[[nodiscard]] std::variant<Options, int> parseOptions(int argc, char** argv);

}  // namespace cerebral::dashboard
