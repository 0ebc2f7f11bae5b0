#pragma once
/// @file Walks a JSON document once, in its own order, over simdjson's On-Demand parser. Private to core/webhook.
///
/// On-Demand looks only at what is asked for; here everything is asked for, so that a document that is broken
/// in a part of no interest is broken. Nothing is kept of what is passed over: a push of 25 MB costs its own
/// bytes and the parser's index of them.

#include <simdjson.h>

#include <string>
#include <string_view>

namespace cerebral::webhook::json {

using Error = simdjson::error_code;
using Value = simdjson::ondemand::value;
using Object = simdjson::ondemand::object;
using Array = simdjson::ondemand::array;
using Type = simdjson::ondemand::json_type;

/// `visit(Value) -> Error` for each item; the first error ends it.
template <class Visit>
[[nodiscard]] Error walkItems(Array array, const Visit& visit) {
    for (auto item : array) {
        Value value;
        if (const Error error = std::move(item).get(value)) return error;
        if (const Error error = visit(value)) return error;
    }
    return simdjson::SUCCESS;
}

/// `visit(key, Value) -> Error` for each field; the first error ends it.
template <class Visit>
[[nodiscard]] Error walkFields(Object object, const Visit& visit) {
    for (auto item : object) {
        simdjson::ondemand::field field;
        if (const Error error = std::move(item).get(field)) return error;
        std::string_view key;
        if (const Error error = field.unescaped_key().get(key)) return error;
        if (const Error error = visit(key, field.value())) return error;
    }
    return simdjson::SUCCESS;
}

/// Checks a value of no interest, whatever it holds. GitHub nests five deep; DEPTH_ERROR beyond a hundred.
[[nodiscard]] Error skip(Value value, int depth = 0);

/// `target` stays as it is when the value is of another type, which is no error.
[[nodiscard]] Error readText(Value value, std::string& target);
[[nodiscard]] Error readFlag(Value value, bool& target);

/// A text as it stands in the document when it holds no escapes, else in the parser's memory: lives as long as
/// both. Of a value that is known to be a string.
[[nodiscard]] Error viewText(Value value, std::string_view& target);

/// Walks the fields of an object; of anything else nothing, which is no error.
template <class Visit>
[[nodiscard]] Error walkFieldsIfObject(Value value, const Visit& visit) {
    Type type{};
    if (const Error error = value.type().get(type)) return error;
    if (type != Type::object) return skip(value);
    Object object;
    if (const Error error = value.get_object().get(object)) return error;
    return walkFields(object, visit);
}

/// The same of an array. `is` tells which it was.
template <class Visit>
[[nodiscard]] Error walkItemsIfArray(Value value, bool& is, const Visit& visit) {
    Type type{};
    if (const Error error = value.type().get(type)) return error;
    is = type == Type::array;
    if (!is) return skip(value);
    Array array;
    if (const Error error = value.get_array().get(array)) return error;
    return walkItems(array, visit);
}

}  // namespace cerebral::webhook::json
