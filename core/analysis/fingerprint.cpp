#include "core/analysis/fingerprint.h"

#include "core/analysis/text_match.h"
#include "core/analysis/utf8.h"
#include "core/base/digest.h"

namespace cerebral::analysis {
namespace {

constexpr std::size_t kLongest = 240;
constexpr std::string_view kHash = "…";

using text::isDigit;
using text::isHex;
using text::isWord;

bool isTimeByte(char c) {
    return isDigit(c) || c == ':' || c == '-' || c == '.' || c == ',' || c == '/' || c == 'T' || c == 'Z' || c == '+';
}

/// Takes "2026-11-23T08:41:00Z", "08:41:00,123", "[0104]", "#12 3.456" off the front, as often as they come.
std::string_view withoutStamps(std::string_view line) {
    for (;;) {
        line = text::trimmed(line);
        std::size_t end = 0;
        const bool bracketed = !line.empty() && line.front() == '[';
        if (bracketed || (!line.empty() && line.front() == '#')) end = 1;
        const std::size_t begin = end;
        while (end < line.size() && isTimeByte(line[end])) ++end;
        const bool digits = end > begin && isDigit(line[begin]);
        if (bracketed && end < line.size() && line[end] == ']') {
            ++end;
        } else if (bracketed) {
            return line;
        }
        if (!digits || end >= line.size() || !text::isBlank(line[end])) return line;
        line.remove_prefix(end);
    }
}

/// A run of hexadecimal digits that no word is made of: seven or more with a digit and a letter among them, or
/// sixteen.
bool isHashRun(std::string_view run) {
    if (run.size() < 7) return false;
    bool digit = false;
    bool letter = false;
    for (const char c : run) (isDigit(c) ? digit : letter) = true;
    return (digit && letter) || (digit && run.size() >= 16);
}

std::size_t hexEnd(std::string_view line, std::size_t at) {
    while (at < line.size() && isHex(line[at])) ++at;
    return at;
}

/// "8-4-4-4-12"
std::size_t uuidEnd(std::string_view line, std::size_t at) {
    for (const std::size_t group : {8U, 4U, 4U, 4U, 12U}) {
        if (group != 8) {
            if (at >= line.size() || line[at] != '-') return 0;
            ++at;
        }
        const std::size_t end = hexEnd(line, at);
        if (end - at != group) return 0;
        at = end;
    }
    return at;
}

/// A suffix that Kubernetes made up, "-x7k2p" or "-7d9f8c6b5d-x7k2p": its alphabet has neither vowels nor 0, 1, 3.
bool isRandomSuffix(std::string_view part) {
    if (part.size() != 5 && part.size() != 10 && part.size() != 9) return false;
    bool digit = false;
    for (const char c : part) {
        if (!text::contains("bcdfghjklmnpqrstvwxz2456789", std::string_view(&c, 1))) return false;
        digit = digit || isDigit(c);
    }
    return digit;
}

class Normaliser {
public:
    explicit Normaliser(std::string_view line) : line_(withoutStamps(line)) {}

    std::string run() {
        while (at_ < line_.size() && out_.size() < kLongest + 8) step();
        while (!out_.empty() && out_.back() == ' ') out_.pop_back();
        return std::string(cutUtf8(out_, kLongest));
    }

private:
    void step() {
        const char c = line_[at_];
        if (text::isBlank(c)) {
            if (!out_.empty() && out_.back() != ' ') out_ += ' ';
            ++at_;
        } else if (isWord(c)) {
            word();
        } else {
            out_ += c;
            ++at_;
        }
    }

    void word() {
        if (const std::size_t end = uuidEnd(line_, at_); end > 0) return hash(end);
        std::size_t end = at_;
        while (end < line_.size() && isWord(line_[end])) ++end;
        std::string_view run = line_.substr(at_, end - at_);
        const bool address = run.starts_with("0x") && run.size() > 4 && hexEnd(line_, at_ + 2) == end;
        const bool suffix = at_ > 0 && line_[at_ - 1] == '-' && isRandomSuffix(run);
        if (address || suffix || (hexEnd(line_, at_) == end && isHashRun(run))) return hash(end);
        numbersOut(run);
        at_ = end;
    }

    void hash(std::size_t end) {
        if (!out_.ends_with(kHash)) out_ += kHash;
        at_ = end;
    }

    /// Digits become one "#"; versions ("2.9.2") too.
    void numbersOut(std::string_view run) {
        for (const char c : run) {
            if (!isDigit(c)) {
                out_ += c;
            } else if (out_.ends_with("#.") || out_.ends_with("#:")) {
                out_.pop_back();
            } else if (!out_.ends_with('#')) {
                out_ += '#';
            }
        }
    }

    std::string_view line_;
    std::size_t at_ = 0;
    std::string out_;
};

}  // namespace

std::string normaliseError(std::string_view plainLine) {
    return Normaliser(plainLine).run();
}

std::string fingerprintOf(std::string_view plainLine) {
    return sha256Hex(normaliseError(plainLine)).substr(0, 16);
}

}  // namespace cerebral::analysis
