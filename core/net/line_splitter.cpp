#include "core/net/line_splitter.h"

namespace cerebral::net {

Result<void> LineSplitter::feed(std::string_view chunk, const std::function<bool(std::string_view)>& onLine) {
    const auto tooLong = [this] {
        pending_.clear();
        return fail(ErrorKind::LimitExceeded, "a line is longer than " + std::to_string(maxLine_) + " bytes");
    };
    while (!chunk.empty()) {
        const std::size_t end = chunk.find('\n');
        const std::string_view piece = chunk.substr(0, end);
        if (pending_.size() + piece.size() > maxLine_) return tooLong();
        if (end == std::string_view::npos) {
            pending_.append(piece);
            return {};
        }
        chunk.remove_prefix(end + 1);
        bool goOn = true;
        if (pending_.empty()) {
            goOn = onLine(piece);
        } else {
            pending_.append(piece);
            goOn = onLine(pending_);
            pending_.clear();
        }
        if (!goOn) return {};
    }
    return {};
}

}  // namespace cerebral::net
