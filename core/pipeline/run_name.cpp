#include "core/pipeline/run_name.h"

#include <algorithm>

#include "core/base/digest.h"

namespace cerebral::pipeline {
namespace {

constexpr std::size_t kServicePart = 20;
constexpr std::size_t kShaPart = 8;
constexpr std::size_t kHashPart = 10;
constexpr std::size_t kKeepHash = 8;
constexpr std::size_t kMaxTag = 128;
constexpr std::size_t kMaxLabel = 63;

bool isAlnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool isNameChar(char c) {
    return isAlnum(c) || c == '.' || c == '_' || c == '-';
}

void trimEnd(std::string& text) {
    while (!text.empty() && !isAlnum(text.back())) text.pop_back();
}

/// `/` becomes `-`. Whatever else is replaced or cut off could make two branches one, so a hash of the
/// whole name is kept then.
std::string safeName(std::string_view branch, std::size_t most) {
    std::string name;
    bool lossy = false;
    for (const char c : branch) {
        name += isNameChar(c) ? c : '-';
        lossy |= !isNameChar(c) && c != '/';
    }
    const std::size_t start = std::min(name.find_first_not_of("-."), name.size());
    lossy |= start > 0;
    name.erase(0, start);
    if (!lossy && !name.empty() && name.size() <= most) return name;
    name.resize(std::min(name.size(), most - kKeepHash - 1));
    trimEnd(name);
    return (name.empty() ? "branch" : name) + "-" + sha256Hex(branch).substr(0, kKeepHash);
}

}  // namespace

std::string runName(const BuildRequest& request) {
    std::string service;
    for (const char c : request.service.name.substr(0, kServicePart)) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        service += isAlnum(lower) ? lower : '-';
    }
    trimEnd(service);
    service.erase(0, std::min(service.find_first_not_of('-'), service.size()));

    std::string key;
    for (const std::string* field : {&request.repository, &request.ref, &request.before, &request.after,
                                     &request.pushedAtText, &request.service.name, &request.attempt}) {
        key += *field;
        key += '\0';
    }
    return (service.empty() ? "run" : service) + "-" + request.after.substr(0, kShaPart) + "-" +
           sha256Hex(key).substr(0, kHashPart);
}

std::string_view commitOfRunName(std::string_view name) {
    const auto hex = [](std::string_view text, std::size_t digits) {
        return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
    };
    const std::size_t hash = name.rfind('-');
    if (hash == name.npos || hash == 0 || !hex(name.substr(hash + 1), kHashPart)) return {};
    const std::size_t sha = name.rfind('-', hash - 1);
    if (sha == name.npos) return {};
    const std::string_view commit = name.substr(sha + 1, hash - sha - 1);
    return hex(commit, kShaPart) ? commit : std::string_view();
}

std::string tagForBranch(std::string_view branch) {
    return safeName(branch, kMaxTag);
}

std::string labelForBranch(std::string_view branch) {
    std::string label = safeName(branch, kMaxLabel);
    if (isAlnum(label.front()) && isAlnum(label.back())) return label;
    // A tag may begin with '_' and end with any character of a name; a label may not.
    label.erase(0, std::min(label.find_first_not_of("_.-"), label.size()));
    label.resize(std::min(label.size(), kMaxLabel - kKeepHash - 1));
    trimEnd(label);
    return (label.empty() ? "branch" : label) + "-" + sha256Hex(branch).substr(0, kKeepHash);
}

}  // namespace cerebral::pipeline
