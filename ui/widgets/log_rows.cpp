#include "ui/widgets/log_rows.h"

#include <algorithm>

#include "core/analysis/utf8.h"

namespace cerebral::ui {
namespace {

/// UTF-16 units that begin with this byte of UTF-8.
constexpr std::size_t unitsAt(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return static_cast<std::size_t>((byte & 0xC0U) != 0x80U) + static_cast<std::size_t>(byte >= 0xF0U);
}

/// Calls `rowEnds(first, end)` for each row of the line until that is false.
template <typename RowEnds>
void breakRows(std::string_view line, qsizetype columns, RowEnds rowEnds) {
    qsizetype first = 0;
    qsizetype at = 0;
    qsizetype room = columns;
    qsizetype breakAt = 0;  // behind the last blank that follows a word of this row
    bool word = false;
    for (const char c : line) {
        const auto units = static_cast<qsizetype>(unitsAt(c));
        if (units == 0) continue;
        const bool blank = c == ' ' || c == '\t';
        while (!blank && at > first && at + units - first > room) {
            const qsizetype end = breakAt > first ? breakAt : at;
            if (!rowEnds(first, end)) return;
            first = end;
            room = columns - LogRows::kHang;
        }
        at += units;
        word = word || !blank;
        if (blank && word) breakAt = at;
    }
    rowEnds(first, at);
}

}  // namespace

std::size_t charactersIn(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += unitsAt(c);
    return count;
}

void LogRows::reset(int columns, const std::vector<std::uint32_t>* only) {
    columns_ = columns > 0 ? std::max(columns, 4 * kHang) : 0;
    only_ = only;
    lines_ = 0;
    firstRows_.clear();
}

void LogRows::extend(const LogBuffer& buffer) {
    lines_ = buffer.size();
    if (columns_ == 0) return;
    if (firstRows_.empty()) firstRows_.push_back(0);
    for (std::size_t entry = firstRows_.size() - 1; entry < entries(); ++entry) {
        const std::string_view line = analysis::cutUtf8(buffer.line(lineOf(entry)), kMostShown);
        int rows = 1;
        if (line.size() > static_cast<std::size_t>(columns_)) {
            rows = 0;
            breakRows(line, columns_, [&](qsizetype, qsizetype) { return ++rows > 0; });
        }
        firstRows_.push_back(firstRows_.back() + rows);
    }
}

int LogRows::count() const {
    if (columns_ == 0) return static_cast<int>(entries());
    return firstRows_.empty() ? 0 : firstRows_.back();
}

LogRows::Row LogRows::at(int row) const {
    if (columns_ == 0) return {lineOf(static_cast<std::size_t>(row)), 0};
    const auto after = std::upper_bound(firstRows_.begin(), firstRows_.end(), row);
    const auto entry = static_cast<std::size_t>(after - firstRows_.begin()) - 1;
    return {lineOf(entry), row - firstRows_[entry]};
}

int LogRows::rowOf(std::size_t line) const {
    std::size_t entry = line;
    if (only_ != nullptr) {
        const auto it = std::lower_bound(only_->begin(), only_->end(), line);
        entry = static_cast<std::size_t>(it - only_->begin());
    }
    if (columns_ == 0) return static_cast<int>(entry);
    return entry < firstRows_.size() ? firstRows_[entry] : count();
}

LogRows::Piece LogRows::pieceOf(std::string_view line, int part) const {
    if (columns_ == 0) return {0, static_cast<qsizetype>(kMostShown)};
    Piece piece;
    breakRows(analysis::cutUtf8(line, kMostShown), columns_, [&](qsizetype first, qsizetype end) {
        piece = {first, end};
        return part-- > 0;
    });
    return piece;
}

}  // namespace cerebral::ui
