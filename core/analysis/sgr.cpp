#include "core/analysis/sgr.h"

#include <optional>

namespace cerebral::analysis {
namespace {

constexpr unsigned kHighest = 65'535;

/// Walks "38;2;10;20;200" and "38:2::10:20:200" number by number; a missing number is 0.
class Parameters {
public:
    explicit Parameters(std::string_view text) : rest_(text) {}

    struct Number {
        unsigned value = 0;
        bool continued = false;  ///< a colon follows: the next number belongs to this one
    };

    [[nodiscard]] bool atEnd() const { return done_; }

    Number next() {
        Number number;
        std::size_t i = 0;
        for (; i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '9'; ++i) {
            number.value = number.value * 10 + static_cast<unsigned>(rest_[i] - '0');
            if (number.value > kHighest) number.value = kHighest;
        }
        done_ = i >= rest_.size();
        number.continued = !done_ && rest_[i] == ':';
        rest_.remove_prefix(done_ ? i : i + 1);
        return number;
    }

private:
    std::string_view rest_;
    bool done_ = false;
};

std::uint8_t channel(unsigned value) {
    return static_cast<std::uint8_t>(value > 255 ? 255 : value);
}

std::optional<AnsiColor> colourWithColons(Parameters& parameters, Parameters::Number number) {
    unsigned values[6] = {};
    std::size_t count = 0;
    while (number.continued && !parameters.atEnd()) {
        number = parameters.next();
        if (count < 6) values[count++] = number.value;
    }
    if (count >= 2 && values[0] == 5) return AnsiColor::palette(channel(values[1]));
    // With a colour space there is one number more before the channels; many programs leave it out.
    if (count >= 5 && values[0] == 2) {
        return AnsiColor::rgb(channel(values[2]), channel(values[3]), channel(values[4]));
    }
    if (count == 4 && values[0] == 2) {
        return AnsiColor::rgb(channel(values[1]), channel(values[2]), channel(values[3]));
    }
    return std::nullopt;
}

std::optional<AnsiColor> colourWithSemicolons(Parameters& parameters) {
    if (parameters.atEnd()) return std::nullopt;
    const unsigned kind = parameters.next().value;
    const auto take = [&] { return parameters.atEnd() ? 0U : parameters.next().value; };
    if (kind == 5) return AnsiColor::palette(channel(take()));
    if (kind != 2) return std::nullopt;
    const std::uint8_t red = channel(take());
    const std::uint8_t green = channel(take());
    return AnsiColor::rgb(red, green, channel(take()));
}

void skipContinued(Parameters& parameters, Parameters::Number number) {
    while (number.continued && !parameters.atEnd()) number = parameters.next();
}

/// The colour `value` stands for, when it lies in one of the two ranges of eight.
std::optional<AnsiColor> ofEight(unsigned value, unsigned normal, unsigned bright) {
    if (value >= normal && value < normal + 8) return AnsiColor::palette(static_cast<std::uint8_t>(value - normal));
    if (value >= bright && value < bright + 8)
        return AnsiColor::palette(static_cast<std::uint8_t>(value - bright + 8));
    return std::nullopt;
}

void applyColour(unsigned value, AnsiStyle& style) {
    if (const auto colour = ofEight(value, 30, 90)) style.foreground = *colour;
    if (const auto colour = ofEight(value, 40, 100)) style.background = *colour;
    if (value == 39) style.foreground = {};
    if (value == 49) style.background = {};
}

void applyAttribute(unsigned value, AnsiStyle& style) {
    switch (value) {
        case 0:
            style = {};
            break;
        case 1:
            style.bold = true;
            break;
        case 2:
            style.dim = true;
            break;
        case 3:
            style.italic = true;
            break;
        case 4:
        case 21:
            style.underline = true;
            break;
        case 7:
            style.inverse = true;
            break;
        case 9:
            style.strike = true;
            break;
        case 22:
            style.bold = false;
            style.dim = false;
            break;
        case 23:
            style.italic = false;
            break;
        case 24:
            style.underline = false;
            break;
        case 27:
            style.inverse = false;
            break;
        case 29:
            style.strike = false;
            break;
        default:
            // 8 (conceal) is ignored on purpose: a log must not be able to hide text.
            break;
    }
}

}  // namespace

void applySgr(std::string_view text, AnsiStyle& style) {
    Parameters parameters(text);
    while (!parameters.atEnd()) {
        const Parameters::Number number = parameters.next();
        if (number.value == 38 || number.value == 48 || number.value == 58) {
            const auto colour =
                number.continued ? colourWithColons(parameters, number) : colourWithSemicolons(parameters);
            if (colour && number.value != 58) (number.value == 38 ? style.foreground : style.background) = *colour;
        } else if (number.value == 4 && number.continued) {
            const Parameters::Number shape = parameters.next();
            style.underline = shape.value != 0;
            skipContinued(parameters, shape);
        } else {
            applyColour(number.value, style);
            applyAttribute(number.value, style);
            skipContinued(parameters, number);
        }
    }
}

}  // namespace cerebral::analysis
