#include "core/webhook/json_walk.h"

namespace cerebral::webhook::json {
namespace {

constexpr int kMostDepth = 100;

Error skipNumber(Value value) {
    double number = 0;
    return value.get_double().get(number);
}

Error skipFlag(Value value) {
    bool flag = false;
    return value.get_bool().get(flag);
}

Error skipNull(Value value) {
    bool null = false;
    const Error error = value.is_null().get(null);
    return error != simdjson::SUCCESS || null ? error : simdjson::N_ATOM_ERROR;
}

Error skipText(Value value) {
    std::string_view text;
    return value.get_string().get(text);
}

}  // namespace

Error skip(Value value, int depth) {
    if (depth == kMostDepth) return simdjson::DEPTH_ERROR;
    Type type{};
    if (const Error error = value.type().get(type)) return error;
    switch (type) {
        case Type::object: {
            Object object;
            if (const Error error = value.get_object().get(object)) return error;
            return walkFields(object, [depth](std::string_view, Value inner) { return skip(inner, depth + 1); });
        }
        case Type::array: {
            Array array;
            if (const Error error = value.get_array().get(array)) return error;
            return walkItems(array, [depth](Value inner) { return skip(inner, depth + 1); });
        }
        case Type::string:
            return skipText(value);
        case Type::number:
            return skipNumber(value);
        case Type::boolean:
            return skipFlag(value);
        case Type::null:
            return skipNull(value);
    }
    return simdjson::TAPE_ERROR;
}

Error readText(Value value, std::string& target) {
    Type type{};
    if (const Error error = value.type().get(type)) return error;
    if (type != Type::string) return skip(value);
    std::string_view text;
    const Error error = value.get_string().get(text);
    target = text;
    return error;
}

Error readFlag(Value value, bool& target) {
    Type type{};
    if (const Error error = value.type().get(type)) return error;
    if (type != Type::boolean) return skip(value);
    return value.get_bool().get(target);
}

Error viewText(Value value, std::string_view& target) {
    // Up to the next token: the quotes, and blanks behind them.
    std::string_view token = value.raw_json_token();
    if (token.back() != '"') token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
    if (token.size() < 2 || token.find('\\') != std::string_view::npos) {
        return value.get_string().get(target);
    }
    target = token.substr(1, token.size() - 2);
    return simdjson::SUCCESS;
}

}  // namespace cerebral::webhook::json
