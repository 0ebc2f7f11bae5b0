#include "app/ctl/table.h"

#include <algorithm>
#include <cassert>
#include <ostream>

#include "core/base/plain_text.h"

namespace cerebral::ctl {
namespace {

constexpr std::size_t kGap = 3;
constexpr std::size_t kMaxCell = 200;

std::size_t codePoints(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

Table::Table(std::vector<std::string> header) {
    rows_.push_back(std::move(header));
}

void Table::add(const std::vector<std::string>& row) {
    assert(row.size() == rows_.front().size());
    std::vector<std::string> cells;
    cells.reserve(row.size());
    for (const std::string& cell : row) cells.push_back(cell.empty() ? "-" : plainLine(cell, kMaxCell));
    rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out) const {
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], codePoints(row[i]));
    }
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out << row[i];
            if (i + 1 < row.size()) out << std::string(widths[i] - codePoints(row[i]) + kGap, ' ');
        }
        out << '\n';
    }
}

}  // namespace cerebral::ctl
