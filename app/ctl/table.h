#pragma once
/// @file Table: columns aligned for people, as kubectl prints them. Cells are made plain text.

#include <iosfwd>
#include <string>
#include <vector>

namespace cerebral::ctl {

class Table {
public:
    explicit Table(std::vector<std::string> header);
    /// As many cells as the header has; empty ones are shown as "-".
    void add(const std::vector<std::string>& row);
    void print(std::ostream& out) const;

private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace cerebral::ctl
