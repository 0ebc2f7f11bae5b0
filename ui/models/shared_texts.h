#pragma once
/// @file SharedTexts: the few words that thousands of rows have in common, kept once.
///
/// Services, branches, kinds of trigger. Owned by who makes the rows; one thread. Texts that were handed
/// out stay valid.

#include <QString>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ui/models/format.h"

namespace cerebral::ui {

class SharedTexts {
public:
    [[nodiscard]] QString of(std::string_view text) {
        if (text.empty()) return {};
        const auto held = texts_.find(text);
        if (held != texts_.end()) return held->second;
        // Branches come and go; what is in use is shared again soon.
        if (texts_.size() >= kMost) texts_.clear();
        return texts_.emplace(text, fromUtf8(text)).first->second;
    }

private:
    static constexpr std::size_t kMost = 4096;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
    };
    std::unordered_map<std::string, QString, Hash, std::equal_to<>> texts_;
};

}  // namespace cerebral::ui
