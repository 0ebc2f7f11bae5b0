#include "core/kube/logs/log_line.h"

#include <algorithm>

#include "core/base/time_format.h"

namespace cerebral::kube {

LogLine parseLogLine(std::string_view line) {
    const std::size_t space = line.find(' ');
    // A stamp without a text is an empty line; some kubelets leave out the space then.
    const std::string_view stamp = line.substr(0, space);
    const auto time = parseRfc3339(stamp);
    if (!time) return {std::nullopt, line};
    return {*time, space == std::string_view::npos ? std::string_view() : line.substr(space + 1)};
}

void LogLineReader::keep(std::string_view piece) {
    pending_.append(piece.substr(0, maxLine_ - pending_.size()));
    begun_ = true;
}

bool LogLineReader::feed(std::string_view chunk, const std::function<bool(std::string_view)>& onLine) {
    while (!chunk.empty()) {
        const std::size_t end = chunk.find('\n');
        const std::string_view piece = chunk.substr(0, end);
        if (end == std::string_view::npos) {
            keep(piece);
            return true;
        }
        chunk.remove_prefix(end + 1);
        if (!begun_) {
            if (!onLine(piece.substr(0, maxLine_))) return false;
            continue;
        }
        keep(piece);
        const bool goOn = onLine(pending_);
        pending_.clear();
        begun_ = false;
        if (!goOn) return false;
    }
    return true;
}

bool LogLineReader::finish(const std::function<bool(std::string_view)>& onLine) {
    if (!begun_) return true;
    const bool goOn = onLine(pending_);
    pending_.clear();
    begun_ = false;
    return goOn;
}

}  // namespace cerebral::kube
