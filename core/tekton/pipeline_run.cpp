#include "core/tekton/pipeline_run.h"

#include <charconv>

namespace cerebral::tekton {
namespace {

/// The number after `label` and an optional colon; servers write "Failed: 0" but "Cancelled 0".
std::optional<int> countAfter(std::string_view message, std::string_view label) {
    for (std::size_t at = message.find(label); at != std::string_view::npos; at = message.find(label, at + 1)) {
        std::size_t digit = at + label.size();
        if (digit < message.size() && message[digit] == ':') ++digit;
        while (digit < message.size() && message[digit] == ' ') ++digit;
        int count = 0;
        const char* begin = message.data() + digit;
        const auto [end, error] = std::from_chars(begin, message.data() + message.size(), count);
        if (error == std::errc{} && end != begin && count >= 0) return count;
    }
    return std::nullopt;
}

}  // namespace

std::optional<TaskProgress> parseTaskProgress(std::string_view conditionMessage) {
    constexpr std::string_view kStart = "Tasks Completed";
    const std::size_t start = conditionMessage.find(kStart);
    if (start == std::string_view::npos) return std::nullopt;
    const std::string_view message = conditionMessage.substr(start);
    const auto completed = countAfter(message, kStart);
    if (!completed) return std::nullopt;
    TaskProgress progress;
    progress.completed = *completed;
    progress.failed = countAfter(message, "Failed").value_or(0);
    progress.ignored = countAfter(message, "Ignored").value_or(0);
    progress.failedValidation = countAfter(message, "Failed Validation").value_or(0);
    progress.cancelled = countAfter(message, "Cancelled").value_or(0);
    progress.incomplete = countAfter(message, "Incomplete").value_or(0);
    progress.skipped = countAfter(message, "Skipped").value_or(0);
    return progress;
}

std::string PipelineRun::param(std::string_view name) const {
    return std::string(params.get(name));
}

std::string PipelineRun::result(std::string_view name) const {
    return std::string(results.get(name));
}

}  // namespace cerebral::tekton
