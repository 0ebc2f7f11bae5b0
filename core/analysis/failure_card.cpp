#include "core/analysis/failure_card.h"

#include <array>
#include <cstdio>

#include "core/analysis/markdown.h"
#include "core/base/time_format.h"

namespace cerebral::analysis {
namespace {

using markdown::code;

constexpr std::size_t kMostEvents = 20;

std::string shortHash(std::string_view hash) {
    if (hash.starts_with("sha256:")) return std::string(hash.substr(7, 12));
    return std::string(hash.substr(0, 7));
}

std::string day(WallTime time) {
    return formatRfc3339(time).substr(0, 10);
}

std::string clockTime(std::chrono::seconds duration) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%lld:%02lld", static_cast<long long>(duration.count() / 60),
                  static_cast<long long>(duration.count() % 60));
    return text.data();
}

std::string item(const std::string& name, const std::string& value) {
    return value.empty() ? std::string() : "- " + name + ": " + value + "\n";
}

std::string commitItem(const FailureCard& card) {
    if (card.commit.empty()) return {};
    std::string value = code(shortHash(card.commit));
    if (!card.commitMessage.empty()) value += " " + code(card.commitMessage);
    return item("Commit", value);
}

std::string seenItem(const std::optional<Seen>& seen) {
    if (!seen) return {};
    if (seen->times <= 1) return item("Seen", "for the first time in " + std::to_string(seen->days) + " days");
    std::string value = std::to_string(seen->times) + " times in " + std::to_string(seen->days) + " days, first on " +
                        day(seen->first);
    if (!seen->firstService.empty()) value += " in " + code(seen->firstService);
    return item("Seen", value);
}

std::string excerptPart(const FailureCard& card) {
    if (!card.excerpt || card.excerpt->lines.empty()) {
        return card.logProblem.empty() ? "\nThe step left no log.\n"
                                       : "\nThe log is not available: " + code(card.logProblem) + ".\n";
    }
    const Excerpt& excerpt = *card.excerpt;
    const std::size_t digits = std::to_string(excerpt.firstNumber + excerpt.lines.size() - 1).size();
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
        const std::size_t number = excerpt.firstNumber + i;
        const std::string text = std::to_string(number);
        lines.push_back((number == excerpt.errorNumber ? "> " : "  ") + std::string(digits - text.size(), ' ') +
                        text + "  " + excerpt.lines[i]);
    }
    return std::string("\n**") + (card.byLevel ? "First error" : "Last line before the exit") + "**, line " +
           std::to_string(excerpt.errorNumber) + " of " + std::to_string(excerpt.totalLines) + ":\n\n" +
           markdown::fence(lines);
}

std::string changeItem(const std::string& name, const Change& change, bool hashes) {
    const auto shown = [&](const std::string& value) { return code(hashes ? shortHash(value) : value); };
    switch (change.sameness) {
        case Sameness::Unknown:
            return item(name, "unknown");
        case Sameness::Same:
            return item(name, "no difference");
        case Sameness::Changed:
            return item(name, shown(change.before) + " → " + shown(change.after));
    }
    return {};
}

std::string paramsItem(const std::vector<ParamChange>& params) {
    if (params.empty()) return item("Params", "no difference");
    std::string items;
    for (const ParamChange& param : params) {
        std::string value;
        if (!param.before) {
            value = "new, " + code(*param.after);
        } else if (!param.after) {
            value = "gone, was " + code(*param.before);
        } else {
            value = (param.before->empty() ? "empty" : code(*param.before)) + " → " +
                    (param.after->empty() ? "empty" : code(*param.after));
        }
        items += item("Param " + code(param.name), value);
    }
    return items;
}

std::string differencesPart(const FailureCard& card) {
    if (!card.differences && card.firstRun) return "\nFirst run of this service.\n";
    if (!card.differences) return "\nNo green run of this service is known to compare with.\n";
    const RunDifferences& d = *card.differences;
    std::string part = "\n**Changed since the last green run** " + code(d.greenRun) +
                       (d.greenBranch.empty() ? "" : " on " + code(d.greenBranch)) + ", " +
                       formatRfc3339(d.greenCreated) + ":\n\n" + changeItem("Commits", d.commit, true);
    if (!d.compareUrl.empty()) part += item("Compare", "<" + d.compareUrl + ">");
    part += changeItem("Base image", d.baseImage, false) + changeItem("Base digest", d.baseDigest, true);
    return part + paramsItem(d.params) + changeItem("Pipeline", d.pipeline, false) +
           changeItem("Service account", d.serviceAccount, false);
}

std::string eventsPart(const FailureCard& card) {
    if (card.events.empty()) {
        return card.eventsProblem.empty() ? std::string()
                                          : "\nPod events are not available: " + code(card.eventsProblem) + ".\n";
    }
    std::string part = "\n**Pod events**" + (card.pod.empty() ? "" : " " + code(card.pod)) + ":\n\n";
    const std::size_t skipped = card.events.size() > kMostEvents ? card.events.size() - kMostEvents : 0;
    if (skipped > 0) part += "- " + std::to_string(skipped) + " earlier ones left out\n";
    for (std::size_t i = skipped; i < card.events.size(); ++i) {
        const PodEvent& event = card.events[i];
        part += "- " + formatRfc3339(event.at).substr(11, 8) + " " + (event.warning ? "**" : "") +
                code(event.reason) + (event.warning ? "**" : "") + " " + code(event.message) +
                (event.count > 1 ? " ×" + std::to_string(event.count) : "") + "\n";
    }
    return part;
}

}  // namespace

std::string headline(const FailureCard& card) {
    std::string where = card.task;
    if (!card.step.empty()) where += (where.empty() ? "step " : ", step ") + card.step;
    if (where.empty()) return card.explanation;
    return card.explanation.empty() ? where : where + ": " + card.explanation;
}

std::string toMarkdown(const FailureCard& card) {
    const std::string name = code(card.service.empty() ? card.run : card.service);
    std::string text = "### " + (name.empty() ? "A run" : name) + " failed\n\n";
    text += item("Run", code(card.run)) + item("Branch", code(card.branch)) + commitItem(card);
    text += item("Stopped at", code(headline(card)) + (card.after ? " after " + clockTime(*card.after) : ""));
    text += seenItem(card.seen);
    text += excerptPart(card) + differencesPart(card) + eventsPart(card);
    // A link is ours, but its parts are names from outside.
    if (!card.link.empty()) text += "\n" + code(card.link) + "\n";
    return text;
}

}  // namespace cerebral::analysis
