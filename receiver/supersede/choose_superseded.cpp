#include "receiver/supersede/choose_superseded.h"

#include <charconv>

#include "core/base/time_format.h"
#include "core/tekton/run_labels.h"

namespace cerebral::receiver {
namespace {

namespace labels = tekton::labels;
using Run = kube::ObjectPtr<tekton::PipelineRun>;

bool isRebuild(const Run& run) {
    return run->meta.label(labels::kTrigger) == "rebuild";
}

/// The moment that decides: of the push, or of the request for a rebuild.
std::optional<WallTime> timeOf(const Run& run) {
    return parsePushedAt(run->meta.annotation(isRebuild(run) ? labels::kReceivedAt : labels::kPushedAt));
}

}  // namespace

std::optional<WallTime> parsePushedAt(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size() && seconds > 0) {
        return WallTime(std::chrono::seconds(seconds));
    }
    const auto parsed = parseRfc3339(text);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

std::vector<Superseded> chooseSuperseded(const std::vector<Run>& runs, std::string_view repository) {
    std::optional<WallTime> newest;
    std::string newestName;
    for (const Run& run : runs) {
        if (run->meta.annotation(labels::kRepository) != repository || isRebuild(run)) continue;
        const auto time = timeOf(run);
        if (time && (!newest || *time > *newest)) {
            newest = time;
            newestName = run->meta.name;
        }
    }
    std::vector<Superseded> superseded;
    if (!newest) return superseded;
    for (const Run& run : runs) {
        if (run->meta.annotation(labels::kRepository) != repository) continue;
        if (tekton::isFinished(run->state()) || !run->specStatus.empty()) continue;
        const auto time = timeOf(run);
        if (time && *time < *newest) superseded.push_back({run->meta.name, newestName});
    }
    return superseded;
}

}  // namespace cerebral::receiver
