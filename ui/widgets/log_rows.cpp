#include "ui/widgets/log_rows.h"

#include <algorithm>

namespace cerebral::ui {

std::size_t charactersIn(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        count += static_cast<std::size_t>((byte & 0xC0U) != 0x80U) + static_cast<std::size_t>(byte >= 0xF0U);
    }
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
    const auto columns = static_cast<std::size_t>(columns_);
    for (std::size_t entry = firstRows_.size() - 1; entry < entries(); ++entry) {
        const std::size_t length = charactersIn(buffer.line(lineOf(entry)).substr(0, kMostShown));
        const std::size_t hanging = columns - kHang;
        const std::size_t rows = length <= columns ? 1 : 1 + (length - columns + hanging - 1) / hanging;
        firstRows_.push_back(firstRows_.back() + static_cast<int>(rows));
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

qsizetype LogRows::firstColumn(int part) const {
    return part == 0 ? 0 : columns_ + static_cast<qsizetype>(part - 1) * (columns_ - kHang);
}

qsizetype LogRows::columnsIn(int part) const {
    if (columns_ == 0) return static_cast<qsizetype>(kMostShown);
    return part == 0 ? columns_ : columns_ - kHang;
}

}  // namespace cerebral::ui
