#include "app/ctl/log_printer.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "core/base/plain_text.h"
#include "core/base/time_format.h"

namespace cerebral::ctl {
namespace {

using analysis::AnsiColor;
using analysis::AnsiStyle;

std::string key(const kube::LogTarget& target) {
    return target.pod + "/" + target.container;
}

void addColour(std::string& codes, const AnsiColor& colour, int base) {
    switch (colour.kind) {
        case AnsiColor::Kind::Default:
            break;
        case AnsiColor::Kind::Palette:
            codes += ";" + std::to_string(base + 8) + ";5;" + std::to_string(colour.red);
            break;
        case AnsiColor::Kind::Rgb:
            codes += ";" + std::to_string(base + 8) + ";2;" + std::to_string(colour.red) + ";" +
                     std::to_string(colour.green) + ";" + std::to_string(colour.blue);
            break;
    }
}

std::string sgr(const AnsiStyle& style) {
    constexpr int kForeground = 30;
    constexpr int kBackground = 40;
    std::string codes = "0";
    if (style.bold) codes += ";1";
    if (style.dim) codes += ";2";
    if (style.italic) codes += ";3";
    if (style.underline) codes += ";4";
    if (style.inverse) codes += ";7";
    if (style.strike) codes += ";9";
    addColour(codes, style.foreground, kForeground);
    addColour(codes, style.background, kBackground);
    return "\x1b[" + codes + "m";
}

}  // namespace

std::string coloured(const analysis::AnsiLine& line) {
    std::string text;
    std::size_t at = 0;
    for (const analysis::StyleSpan& span : line.spans) {
        text.append(line.text, at, span.begin - at);
        text += sgr(span.style);
        text.append(line.text, span.begin, span.end - span.begin);
        text += "\x1b[0m";
        at = span.end;
    }
    return text.append(line.text, at);
}

void LogPrinter::name(const kube::LogTarget& target, LogSource source) {
    sources_.insert_or_assign(key(target), std::move(source));
}

void LogPrinter::onBegin(const kube::LogTarget& target) {
    target_ = target;
    source_ = sources_[key(target)];
    style_ = {};
}

bool LogPrinter::onLine(const kube::LogLine& line) {
    const analysis::AnsiLine parsed = analysis::parseAnsiLine(line.text, style_);
    if (format_ == Format::Json) {
        const nlohmann::ordered_json json{{"task", source_.task},
                                          {"step", source_.step},
                                          {"pod", target_.pod},
                                          {"container", target_.container},
                                          {"time", line.time ? formatRfc3339Millis(*line.time) : ""},
                                          {"text", parsed.text}};
        std::cout << json.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    } else {
        std::cout << '[' << plainLine(source_.task) << '/' << plainLine(source_.step) << "] ";
        if (timestamps_ && line.time) std::cout << formatRfc3339Millis(*line.time) << ' ';
        std::cout << (colours_ ? coloured(parsed) : parsed.text) << '\n';
    }
    // A reader that went away (`| head`) ends the program.
    return static_cast<bool>(std::cout.flush());
}

void LogPrinter::onEnd(const kube::LogTarget& target, const Result<kube::LogEnd>& end) {
    if (end && *end != kube::LogEnd::PodGone) return;
    failed_ = true;
    std::cerr << "cerebralctl: log of " << plainLine(source_.task + "/" + source_.step) << " in pod "
              << plainLine(target.pod) << ": " << (end ? "the pod is gone" : plainLine(end.error().message)) << '\n';
}

}  // namespace cerebral::ctl
