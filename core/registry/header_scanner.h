#pragma once
/// @file HeaderScanner: the lexical parts of HTTP field values (RFC 9110 section 5.6). Private to core/registry.

#include <optional>
#include <string>
#include <string_view>

namespace cerebral::registry {

class HeaderScanner {
public:
    explicit HeaderScanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool atEnd() const noexcept { return rest_.empty(); }
    void skipAny(std::string_view characters) {
        const std::size_t end = rest_.find_first_not_of(characters);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    }
    bool take(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Consumes blanks only when `wanted` follows them.
    bool takeAfterBlanks(char wanted) {
        const std::string_view before = rest_;
        skipAny(" \t");
        if (take(wanted)) return true;
        rest_ = before;
        return false;
    }
    /// Up to `end`, which is consumed.
    std::optional<std::string_view> until(char end) {
        const std::size_t at = rest_.find(end);
        if (at == std::string_view::npos) return std::nullopt;
        const std::string_view found = rest_.substr(0, at);
        rest_.remove_prefix(at + 1);
        return found;
    }
    /// Possibly empty.
    std::string_view token() {
        std::size_t length = 0;
        while (length < rest_.size() && isTokenCharacter(rest_[length])) ++length;
        const std::string_view found = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return found;
    }
    /// Nothing for a quoted string that does not end.
    std::optional<std::string> tokenOrQuoted() {
        skipAny(" \t");
        if (!take('"')) return std::string(token());
        std::string value;
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') return value;
            if (c != '\\') {
                value += c;
                continue;
            }
            if (rest_.empty()) return std::nullopt;
            value += rest_.front();
            rest_.remove_prefix(1);
        }
        return std::nullopt;
    }
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

private:
    static bool isTokenCharacter(char c) {
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        // Beyond RFC 9110's tokens: '/' and ':' stand unquoted in some registries' answers.
        return alphanumeric || std::string_view("!#$%&'*+-.^_`|~/:").find(c) != std::string_view::npos;
    }

    std::string_view rest_;
};

}  // namespace cerebral::registry
