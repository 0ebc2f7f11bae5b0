#include "ui/models/yaml_colors.h"

#include <algorithm>

#include "core/analysis/log_text.h"

namespace cerebral::ui {
namespace {

constexpr std::string_view kKey = "\x1b[34m";
constexpr std::string_view kText = "\x1b[32m";
constexpr std::string_view kNumber = "\x1b[35m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string harmless(std::string_view line) {
    std::string text(line);
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; });
    return text;
}

bool isNumberOrWord(std::string_view value) {
    if (value == "true" || value == "false" || value == "null" || value == "~") return true;
    return !value.empty() && value.find_first_not_of("0123456789.-+e") == std::string_view::npos &&
           value.find_first_of("0123456789") != std::string_view::npos;
}

/// End of the key's text: the colon that a blank or the line's end follows; npos: no key.
std::size_t colonOf(std::string_view line, std::size_t from) {
    std::size_t at = from;
    if (at < line.size() && (line[at] == '"' || line[at] == '\'')) {
        at = line.find(line[at], at + 1);
        if (at == std::string_view::npos) return at;
    }
    for (; at < line.size(); ++at) {
        if (line[at] == ':' && (at + 1 == line.size() || line[at + 1] == ' ')) return at;
        if (line[at] == '#' && at > 0 && line[at - 1] == ' ') break;
    }
    return std::string_view::npos;
}

std::string paint(std::string_view colour, std::string_view text) {
    if (text.empty()) return {};
    return std::string(colour).append(text).append(kPlain);
}

std::string valueOf(std::string_view value) {
    if (value.empty()) return {};
    if (value.front() == '#' || value == "|" || value == "|-" || value == ">" || value == ">-")
        return paint(kDim, value);
    return paint(isNumberOrWord(value) ? kNumber : kText, value);
}

}  // namespace

std::vector<std::string> colouredYaml(std::string_view yaml) {
    std::vector<std::string> lines;
    std::size_t block = std::string_view::npos;  // the indent a literal block must exceed
    for (const std::string_view raw : analysis::splitLines(yaml)) {
        const std::string line = harmless(raw);
        const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
        if (block != std::string_view::npos && (indent > block || indent == line.size())) {
            lines.push_back(paint(kText, line));
            continue;
        }
        block = std::string_view::npos;
        std::size_t at = indent;
        while (line.compare(at, 2, "- ") == 0) at += 2;
        const std::string_view text = line;
        const std::size_t colon = colonOf(text, at);
        std::string out = paint(kDim, text.substr(0, at));
        if (colon == std::string_view::npos) {
            out += valueOf(text.substr(at));
        } else {
            const std::size_t value = std::min(text.find_first_not_of(' ', colon + 1), text.size());
            out += paint(kKey, text.substr(at, colon - at));
            out += text.substr(colon, value - colon);
            out += valueOf(text.substr(value));
            const std::string_view mark = text.substr(value);
            if (mark.starts_with('|') || mark.starts_with('>')) block = indent;
        }
        lines.push_back(std::move(out));
    }
    return lines;
}

}  // namespace cerebral::ui
