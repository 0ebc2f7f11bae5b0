#include "core/pipeline/json_yaml.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace cerebral::pipeline {
namespace {

using Json = nlohmann::ordered_json;

/// Plain only where no reader of YAML 1.1 or 1.2 sees a number, a date, a boolean or syntax.
bool isPlain(const std::string& text) {
    constexpr std::array<std::string_view, 11> kWords{"true", "false", "yes", "no",  "on", "off",
                                                      "null", "y",     "n",   "nan", "inf"};
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    const auto isLetter = [&](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; };
    if (text.empty() || !isLetter(text.front()) || text.back() == ':') return false;
    if (!std::all_of(text.begin(), text.end(), [&](char c) {
            return isLetter(c) || (c >= '0' && c <= '9') ||
                   std::string_view("-_./:@").find(c) != std::string_view::npos;
        })) {
        return false;
    }
    std::string word;
    std::transform(text.begin(), text.end(), std::back_inserter(word), lower);
    return std::find(kWords.begin(), kWords.end(), word) == kWords.end();
}

void emitText(YAML::Emitter& out, const std::string& text) {
    if (!isPlain(text)) out << YAML::DoubleQuoted;
    out << text;
}

void emit(YAML::Emitter& out, const Json& value) {
    if (value.is_object()) {
        if (value.empty()) out << YAML::Flow;
        out << YAML::BeginMap;
        for (const auto& [key, item] : value.items()) {
            out << YAML::Key;
            emitText(out, key);
            out << YAML::Value;
            emit(out, item);
        }
        out << YAML::EndMap;
    } else if (value.is_array()) {
        if (value.empty()) out << YAML::Flow;
        out << YAML::BeginSeq;
        for (const Json& item : value) emit(out, item);
        out << YAML::EndSeq;
    } else if (value.is_string()) {
        emitText(out, value.get_ref<const std::string&>());
    } else {
        out << value.dump();
    }
}

}  // namespace

std::string yamlFromJson(std::string_view json) {
    YAML::Emitter out;
    emit(out, Json::parse(json));
    return std::string(out.c_str()) + "\n";
}

}  // namespace cerebral::pipeline
