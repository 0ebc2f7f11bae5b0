#include "core/analysis/explain.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/analysis/text_match.h"
#include "core/analysis/utf8.h"

namespace cerebral::analysis {
namespace {

using text::contains;
using text::isOneOf;

constexpr std::size_t kLongestMessage = 400;

/// One line of at most kLongestMessage bytes, without control characters and without full stop.
std::string tidy(std::string_view message) {
    std::string line;
    for (const char c : text::trimmed(message)) line += static_cast<unsigned char>(c) < 0x20 || c == '\x7f' ? ' ' : c;
    const auto drop = [&](char last) {
        if (!line.empty() && line.back() == last) line.pop_back();
    };
    drop('.');
    // What is left of a quotation whose beginning was cut off.
    if (std::count(line.begin(), line.end(), '"') % 2 == 1) drop('"');
    drop('.');
    if (line.size() <= kLongestMessage) return line;
    return std::string(cutUtf8(line, kLongestMessage)) + "…";
}

std::string with(std::string words, std::string_view message) {
    const std::string detail = tidy(message);
    return detail.empty() ? words : words + ": " + detail;
}

/// The innermost cause in containerd's nested message, which repeats the reference at each level:
/// `failed to resolve reference "X": X: not found`. Empty when the message only says that it failed.
std::string pullCause(std::string_view message) {
    const std::size_t described = message.rfind("desc = ");
    if (described != std::string_view::npos) message.remove_prefix(described + 7);
    const std::size_t nested = message.rfind("\": ");
    if (nested != std::string_view::npos) message.remove_prefix(nested + 3);
    const bool onlyBackOff = described == std::string_view::npos && nested == std::string_view::npos &&
                             contains(message, "Back-off pulling image");
    return onlyBackOff ? std::string() : tidy(message);
}

/// The first quoted name behind "image ", unless it is empty as Tekton sometimes leaves it. Inside JSON-quoted text
/// the quotes are escaped.
std::string imageIn(std::string_view message) {
    for (const std::string_view quote : {"\"", "\\\""}) {
        const std::string mark = "image " + std::string(quote);
        for (std::size_t at = message.find(mark); at != std::string_view::npos; at = message.find(mark, at + 1)) {
            const std::string_view name = message.substr(at + mark.size());
            const std::size_t end = name.find(quote);
            if (end != 0 && end != std::string_view::npos) return std::string(name.substr(0, end));
        }
    }
    return {};
}

std::string explainPull(std::string_view message) {
    const std::string image = imageIn(message);
    const std::string cause = pullCause(message);
    std::string words = "the image could not be pulled";
    if (!image.empty() && !contains(cause, image)) words += ": " + image;
    return with(std::move(words), cause);
}

/// `pods "x" is forbidden: exceeded quota: compute, requested: cpu=2, used: cpu=9, limited: cpu=10`
std::string explainQuota(std::string_view message) {
    const std::string quota(text::between(message, "exceeded quota: ", ", requested: "));
    const std::string requested(text::between(message, ", requested: ", ", used: "));
    const std::string used(text::between(message, ", used: ", ", limited: "));
    const std::size_t limit = message.find(", limited: ");
    if (quota.empty() || limit == std::string_view::npos) return with("a quota is used up", message);
    return "the quota " + quota + " is used up: requested " + requested + ", used " + used + ", limited to " +
           tidy(message.substr(limit + 11));
}

/// The findings of `violates PodSecurity "restricted:latest": a (…), b (…), c (…)` without what is in brackets.
std::vector<std::string> podSecurityFindings(std::string_view list) {
    std::vector<std::string> findings(1);
    int depth = 0;
    for (const char c : list) {
        if (c == '(') ++depth;
        if (c == ',' && depth == 0) {
            findings.emplace_back();
        } else if (depth == 0) {
            findings.back() += c;
        }
        if (c == ')') --depth;
    }
    for (std::string& finding : findings) finding = std::string(text::trimmed(finding));
    return findings;
}

std::string explainAdmission(std::string_view message) {
    const std::string level(text::between(message, "violates PodSecurity \"", "\""));
    if (level.empty()) return with("the pod was refused at admission", message);
    const std::size_t list = message.find("\": ", message.find("violates PodSecurity"));
    std::string words = "the namespace's pod security level " + level.substr(0, level.find(':')) + " refuses the pod";
    if (list == std::string_view::npos) return words;
    const char* separator = ": ";
    for (const std::string& finding : podSecurityFindings(message.substr(list + 3))) {
        if (finding.empty()) continue;
        words += separator + tidy(finding);
        separator = ", ";
    }
    return words;
}

std::string explainPending(std::string_view message) {
    const std::string_view detail = text::between(message, "message: \"", "\"");
    if (contains(message, "unbound immediate PersistentVolumeClaims") ||
        contains(message, "unbound PersistentVolumeClaims")) {
        return "waiting for a volume: its claim is not bound";
    }
    if (contains(message, "Insufficient "))
        return with("no node has room for the pod", detail.empty() ? message : detail);
    return with("the pod waits", detail.empty() ? message : detail);
}

struct Words {
    std::string_view reason;
    std::string_view words;
    bool withMessage;
};
constexpr std::array kReasons = {
    Words{"TaskRunTimeout", "the task took longer than its timeout", true},
    Words{"PipelineRunTimeout", "the run took longer than its timeout", true},
    Words{"TaskRunCancelled", "cancelled", true},
    Words{"Cancelled", "cancelled", false},
    Words{"CancelledRunFinally", "cancelled; the final tasks ran", false},
    Words{"StoppedRunFinally", "stopped; tasks that had begun and the final tasks ran", false},
    Words{"FailureIgnored", "failed, and the pipeline went on", true},
    Words{"ToBeRetried", "failed, and is tried again", true},
    Words{"CreateContainerConfigError", "the container could not be configured", true},
    Words{"CreateContainerError", "the container could not be created", true},
    Words{"ContainerCannotRun", "the container could not be started", true},
    Words{"StartError", "the container could not be started", true},
    Words{"RunContainerError", "the container could not be started", true},
    Words{"PodCreationFailed", "the pod could not be created", true},
    Words{"CrashLoopBackOff", "the container ends again and again", true},
    Words{"Evicted", "the node took the pod off", true},
    Words{"PodEvicted", "the node took the pod off", true},
    Words{"CouldntGetPipeline", "the pipeline could not be found", true},
    Words{"CouldntGetTask", "a task of the pipeline could not be found", true},
    Words{"TaskRunResolutionFailed", "the task could not be found", true},
    Words{"ParameterMissing", "a parameter is missing", true},
    Words{"ParameterTypeMismatch", "a parameter has the wrong type", true},
    Words{"InvalidParamValue", "a parameter has a value that is not allowed", true},
    Words{"TaskRunResultLargerThanAllowedLimit", "a result is larger than Tekton allows", true},
    Words{"TaskRunValidationFailed", "the TaskRun is not valid", true},
    Words{"TaskValidationFailed", "the task is not valid", true},
    Words{"PipelineValidationFailed", "the pipeline is not valid", true},
    Words{"InvalidWorkspaceBindings", "a workspace is not bound as the pipeline wants it", true},
    Words{"TaskRunStopSidecarFailed", "the sidecars could not be stopped", true},
    Words{"ResourceVerificationFailed", "the signature of the task or pipeline was not accepted", true},
    Words{"ProgressDeadlineExceeded", "the rollout made no progress within its deadline", true},
};

/// What shells and runtimes mean by a code; empty: nothing beyond the number.
std::string_view meaningOf(int code) {
    switch (code) {
        case 126:
            return "the command could not be executed";
        case 127:
            return "command not found";
        case 130:
            return "interrupted (SIGINT)";
        case 132:
            return "illegal instruction (SIGILL), often a binary for another processor";
        case 134:
            return "aborted (SIGABRT)";
        case 135:
            return "bus error (SIGBUS)";
        case 136:
            return "arithmetic error (SIGFPE)";
        case 137:
            return "killed from outside (SIGKILL); not reported as out of memory";
        case 139:
            return "crashed (SIGSEGV)";
        case 141:
            return "broken pipe (SIGPIPE)";
        case 143:
            return "asked to end (SIGTERM)";
        default:
            return {};
    }
}

/// "4Gi" as "4 Gi"
std::string spaced(std::string_view quantity) {
    std::size_t digits = 0;
    while (digits < quantity.size() && (text::isDigit(quantity[digits]) || quantity[digits] == '.')) ++digits;
    std::string result(quantity.substr(0, digits));
    if (digits < quantity.size()) result += " " + std::string(quantity.substr(digits));
    return result;
}

std::string explainMemory(std::string_view limit) {
    // The kernel kills at the limit: that is where it was.
    const auto bytes = parseQuantity(limit);
    if (!bytes || *bytes == 0) return "killed for memory";
    return "killed for memory at " + formatBytes(*bytes) + " of " + spaced(limit);
}

}  // namespace

std::string explainStepEnd(const StepEnd& end) {
    if (isOneOf(end.reason, {"OOMKilled", "StepOOM", "SidecarOOM", "InitContainerOOM"})) {
        return explainMemory(end.memoryLimit);
    }
    // Tekton writes its own reason, and exit code 1, for steps whose pod it took away.
    const bool plain = isOneOf(end.reason, {"", "Error", "Completed"});
    if (!plain) return explainReason(end.reason, contains(end.message, "terminated as pod") ? "" : end.message);
    if (!end.exitCode) return "no exit code";
    const std::string code = "exit code " + std::to_string(*end.exitCode);
    const std::string_view meaning = meaningOf(*end.exitCode);
    return meaning.empty() ? code : code + ": " + std::string(meaning);
}

std::string explainReason(std::string_view reason, std::string_view message) {
    if (isOneOf(reason, {"TaskRunImagePullFailed", "PullImageFailed", "ImagePullBackOff", "ErrImagePull",
                         "ErrImageNeverPull"})) {
        return explainPull(message);
    }
    if (reason == "InvalidImageName") return with("the image's name is not valid", message);
    if (contains(message, "exceeded quota: ") || reason == "ExceededResourceQuota") return explainQuota(message);
    if (contains(message, "violates PodSecurity") || reason == "PodAdmissionFailed") return explainAdmission(message);
    if (reason == "ExceededNodeResources" || reason == "Unschedulable") {
        if (contains(message, "PersistentVolumeClaims")) return explainPending(message);
        // Tekton's own sentence says less than ours.
        const bool empty = contains(message, "exceeded available resources");
        return with("no node has room for the pod", empty ? std::string_view{} : message);
    }
    if (reason == "Pending") return explainPending(message);
    if (reason == "OOMKilled") return "killed for memory";
    for (const Words& known : kReasons) {
        if (known.reason != reason) continue;
        return known.withMessage ? with(std::string(known.words), message) : std::string(known.words);
    }
    if (reason.empty()) return tidy(message);
    return with(tidy(reason), message);
}

}  // namespace cerebral::analysis
