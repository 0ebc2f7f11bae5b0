// A container's log in any pieces → the same lines; a stamp or the whole line as text; after a drop the answer
// that repeats it brings nothing twice and loses nothing.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/kube/logs/log_line.h"
#include "core/kube/logs/log_resume.h"

using namespace cerebral;

namespace {

constexpr std::size_t kMaxLine = 64;  // small, so that short inputs reach it
constexpr std::chrono::seconds kOverlap{1};

void require(bool condition) {
    if (!condition) std::abort();
}

std::vector<std::string> linesOf(std::string_view log, std::size_t piece) {
    std::vector<std::string> lines;
    kube::LogLineReader reader(kMaxLine);
    const auto onLine = [&](std::string_view line) {
        lines.emplace_back(line);
        return true;
    };
    while (!log.empty()) {
        require(reader.feed(log.substr(0, piece), onLine));
        log.remove_prefix(std::min(piece, log.size()));
    }
    require(reader.finish(onLine));
    return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view log(reinterpret_cast<const char*>(data), size);
    const std::vector<std::string> lines = linesOf(log, std::max<std::size_t>(size, 1));
    require(lines == linesOf(log, 1 + size % 7));
    require(lines.size() <= size);

    kube::LogResume resume;
    resume.beginAnswer();
    bool setBack = false;
    std::size_t notices = 0;
    std::optional<WallTime> newest;
    for (const std::string& raw : lines) {
        require(raw.size() <= kMaxLine);
        const kube::LogLine line = kube::parseLogLine(raw);
        require(line.time ? raw.ends_with(line.text) : line.text == raw);
        require(resume.accept(line));
        if (!line.time) {
            ++notices;
            continue;
        }
        require(resume.since().has_value() && *resume.since() <= *line.time);
        const auto second = std::chrono::floor<std::chrono::seconds>(*line.time);
        setBack = setBack || (newest && second < *newest - kOverlap);
        newest = newest ? std::max<WallTime>(*newest, second) : second;
    }
    if (setBack || notices > 500) return 0;
    resume.beginAnswer();
    for (const std::string& raw : lines) {
        const kube::LogLine line = kube::parseLogLine(raw);
        if (!line.time || *line.time >= *resume.since()) require(!resume.accept(line));
    }
    return 0;
}
