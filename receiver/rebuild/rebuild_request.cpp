#include "receiver/rebuild/rebuild_request.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/plain_text.h"
#include "core/config/config.h"

namespace cerebral::receiver {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxServices = 64;
constexpr std::size_t kMaxId = 64;
constexpr std::size_t kMaxBranch = 244;
constexpr std::size_t kMaxReason = 300;
constexpr std::size_t kMaxPerson = 100;

Result<std::string> text(const Json& object, const char* key, bool required) {
    const auto it = object.find(key);
    if (it == object.end() || it->is_null()) {
        if (required) return fail(ErrorKind::Invalid, std::string(key) + " is required");
        return std::string();
    }
    if (!it->is_string()) return fail(ErrorKind::Invalid, std::string(key) + " must be a string");
    auto value = it->get<std::string>();
    if (required && value.empty()) return fail(ErrorKind::Invalid, std::string(key) + " is empty");
    return value;
}

bool isCommit(const std::string& value) {
    return value.size() == 40 && value.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// What git check-ref-format refuses and what Tekton would expand is no branch.
bool isBranchName(const std::string& value) {
    const bool printable = std::all_of(value.begin(), value.end(),
                                       [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
    const auto lacks = [&](const char* part) { return value.find(part) == std::string::npos; };
    return printable && value.size() <= kMaxBranch && lacks("..") && lacks("$(") && lacks("@{") &&
           value.find_first_of("~^:?*[\\") == std::string::npos && value.front() != '/' && value.back() != '/' &&
           value.front() != '-';
}

Result<std::vector<std::string>> services(const Json& object) {
    const auto it = object.find("services");
    if (it == object.end() || !it->is_array() || it->empty() || it->size() > kMaxServices) {
        return fail(ErrorKind::Invalid, "services must be an array of 1 to 64 names");
    }
    std::vector<std::string> names;
    for (const Json& item : *it) {
        if (!item.is_string() || !config::isServiceName(item.get_ref<const std::string&>())) {
            return fail(ErrorKind::Invalid, "services holds something that cannot be a service's name");
        }
        auto name = item.get<std::string>();
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

}  // namespace

Result<RebuildRequest> parseRebuildRequest(std::string_view body) {
    const Json json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return fail(ErrorKind::Invalid, "the body is not a JSON object");
    auto names = services(json);
    if (!names) return fail(names.error());
    auto branch = text(json, "branch", true);
    if (!branch) return fail(branch.error());
    if (!isBranchName(*branch)) return fail(ErrorKind::Invalid, "branch cannot be a branch's name");
    auto commit = text(json, "commit", false);
    if (!commit) return fail(commit.error());
    if (!commit->empty() && !isCommit(*commit)) {
        return fail(ErrorKind::Invalid, "commit must be 40 lower-case hexadecimal digits");
    }
    auto requestId = text(json, "requestId", true);
    if (!requestId) return fail(requestId.error());
    if (requestId->size() > kMaxId) return fail(ErrorKind::Invalid, "requestId is longer than 64 characters");
    auto reason = text(json, "reason", false);
    if (!reason) return fail(reason.error());
    auto requestedBy = text(json, "requestedBy", false);
    if (!requestedBy) return fail(requestedBy.error());
    return RebuildRequest{std::move(*names),
                          std::move(*branch),
                          std::move(*commit),
                          plainLine(*requestId),
                          plainLine(*reason, kMaxReason),
                          plainLine(*requestedBy, kMaxPerson)};
}

}  // namespace cerebral::receiver
