#include "core/analysis/run_differences.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/analysis/text_match.h"

namespace cerebral::analysis {
namespace {

Change compared(const std::string& before, const std::string& after) {
    if (before.empty() || after.empty()) return {Sameness::Unknown, before, after};
    return {before == after ? Sameness::Same : Sameness::Changed, before, after};
}

bool isCommit(std::string_view text) {
    return text.size() >= 7 && std::all_of(text.begin(), text.end(), text::isHex);
}

/// Nothing that ends a link in Markdown, HTML or a terminal.
bool isPlainUrl(std::string_view url) {
    return url.starts_with("https://") && std::all_of(url.begin(), url.end(), [](char c) {
               return text::isWord(c) || std::string_view("-.~:/@%").find(c) != std::string_view::npos;
           });
}

/// The push's "https://github.com/o/r/compare/a...b" with our two commits in it.
std::string compareUrlOf(const RunFacts& green, const RunFacts& failed) {
    for (const std::string& known : {failed.compareUrl, green.compareUrl}) {
        const std::size_t end = known.find("/compare/");
        if (end == std::string::npos || !isPlainUrl(std::string_view(known).substr(0, end))) continue;
        if (!isCommit(green.commit) || !isCommit(failed.commit) || green.commit == failed.commit) return {};
        return known.substr(0, end) + "/compare/" + green.commit + "..." + failed.commit;
    }
    return {};
}

std::vector<ParamChange> comparedParams(const RunFacts& green, const RunFacts& failed) {
    std::map<std::string, ParamChange> all;
    for (const RunFacts::Param& param : green.params) all[param.name] = {param.name, param.value, std::nullopt};
    for (const RunFacts::Param& param : failed.params) {
        ParamChange& change = all[param.name];
        change.name = param.name;
        change.after = param.value;
    }
    std::vector<ParamChange> changes;
    for (auto& [name, change] : all) {
        const bool carriesCommit =
            !green.commit.empty() && change.before == green.commit && change.after == failed.commit;
        if (change.before != change.after && !carriesCommit) changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace

RunDifferences differencesOf(const RunFacts& green, const RunFacts& failed) {
    RunDifferences result;
    result.greenRun = green.name;
    result.greenService = green.service;
    if (green.branch != failed.branch) result.greenBranch = green.branch;
    result.greenCreated = green.created;
    result.commit = compared(green.commit, failed.commit);
    result.compareUrl = compareUrlOf(green, failed);
    result.baseImage = compared(green.baseImage, failed.baseImage);
    result.baseDigest = compared(green.baseDigest, failed.baseDigest);
    result.pipeline = compared(green.pipeline, failed.pipeline);
    result.serviceAccount = compared(green.serviceAccount, failed.serviceAccount);
    result.params = comparedParams(green, failed);
    return result;
}

}  // namespace cerebral::analysis
