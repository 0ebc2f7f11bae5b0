#include "ui/models/byte_finder.h"

namespace cerebral::ui {
namespace {

unsigned char fold(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte + 32) : byte;
}

}  // namespace

ByteFinder::ByteFinder(std::string_view needle) : needle_(needle) {
    for (char& c : needle_) c = static_cast<char>(fold(static_cast<unsigned char>(c)));
    for (std::size_t i = 0; i < folded_.size(); ++i) folded_[i] = fold(static_cast<unsigned char>(i));
    skip_.fill(needle_.size());
    for (std::size_t i = 0; i + 1 < needle_.size(); ++i) {
        const auto byte = static_cast<unsigned char>(needle_[i]);
        skip_[byte] = needle_.size() - 1 - i;
        if (byte >= 'a' && byte <= 'z') skip_[byte - 32U] = skip_[byte];
    }
}

std::size_t ByteFinder::next(std::string_view text, std::size_t from) const {
    const std::size_t length = needle_.size();
    if (length == 0) return std::string_view::npos;
    const auto wanted = static_cast<unsigned char>(needle_[length - 1]);
    while (from + length <= text.size()) {
        const auto last = static_cast<unsigned char>(text[from + length - 1]);
        if (folded_[last] == wanted && equals(text.data() + from)) return from;
        from += skip_[last];
    }
    return std::string_view::npos;
}

bool ByteFinder::equals(const char* text) const {
    for (std::size_t i = 0; i < needle_.size(); ++i) {
        if (folded_[static_cast<unsigned char>(text[i])] != static_cast<unsigned char>(needle_[i])) return false;
    }
    return true;
}

}  // namespace cerebral::ui
