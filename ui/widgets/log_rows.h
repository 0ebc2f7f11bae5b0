#pragma once
/// @file LogRows: which line of a log stands in which row of the screen, with wrapping and hiding.
///
/// Wrapped rows break after blanks, which hang over the edge; inside a word only where it is longer than a row.

#include <QtGlobal>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ui/models/log_buffer.h"

namespace cerebral::ui {

class LogRows {
public:
    /// Longer lines are cut in the view, never when copied. Bytes.
    static constexpr std::size_t kMostShown = 64 * 1024;
    /// Continued rows hang by so many characters.
    static constexpr int kHang = 2;

    struct Row {
        std::size_t line = 0;
        int part = 0;  ///< 0: the line's first row
    };

    /// `columns`: 0 does not wrap. `only`: null shows all lines; it must outlive its use here.
    void reset(int columns, const std::vector<std::uint32_t>* only);
    /// Takes in lines that have come. Cheap when nothing wraps.
    void extend(const LogBuffer& buffer);

    [[nodiscard]] int count() const;
    [[nodiscard]] Row at(int row) const;
    /// The line's first row; of a hidden line, that of the next one shown.
    [[nodiscard]] int rowOf(std::size_t line) const;
    /// Characters of a line: `first` is the first one, `end` is behind the last.
    struct Piece {
        qsizetype first = 0;
        qsizetype end = 0;
    };
    /// What stands in this part of a line.
    [[nodiscard]] Piece pieceOf(std::string_view line, int part) const;
    [[nodiscard]] int columns() const noexcept { return columns_; }

private:
    [[nodiscard]] std::size_t entries() const { return only_ != nullptr ? only_->size() : lines_; }
    [[nodiscard]] std::size_t lineOf(std::size_t entry) const { return only_ != nullptr ? (*only_)[entry] : entry; }

    int columns_ = 0;
    const std::vector<std::uint32_t>* only_ = nullptr;
    std::size_t lines_ = 0;
    std::vector<int> firstRows_;  ///< of each entry while wrapping, and one more for the end
};

/// Characters (UTF-16 units) of UTF-8 text.
[[nodiscard]] std::size_t charactersIn(std::string_view text);

}  // namespace cerebral::ui
