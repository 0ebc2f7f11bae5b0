#include "app/ctl/output.h"

#include <CLI/Option.hpp>
#include <CLI/Validators.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/ctl/subcommand.h"
#include "core/base/plain_text.h"
#include "core/base/read_file.h"

namespace cerebral::ctl {

void addOutputOption(CLI::App& app, Format& format) {
    app.add_option_function<std::string>(
           "-o,--output",
           [&format](const std::string& name) { format = name == "json" ? Format::Json : Format::Text; },
           "text for people or json for programs")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("")
        ->default_str("text");
}

void printJson(const nlohmann::ordered_json& json) {
    std::cout << json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

int reportError(std::string_view message) {
    std::cerr << "cerebralctl: " << plainLine(message) << '\n';
    return kFailed;
}

int reportError(const Error& error) {
    return reportError(error.message);
}

Result<std::string> readInput(const std::string& path, std::size_t maxBytes) {
    if (path != "-") return readFile(path, maxBytes);
    std::string text;
    std::string chunk(65'536, '\0');
    while (std::cin.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || std::cin.gcount() > 0) {
        text.append(chunk, 0, static_cast<std::size_t>(std::cin.gcount()));
        if (text.size() > maxBytes) {
            return fail(ErrorKind::LimitExceeded,
                        "standard input holds more than " + std::to_string(maxBytes) + " bytes");
        }
    }
    return text;
}

}  // namespace cerebral::ctl
