#include "app/demo/store/selector.h"

#include <algorithm>

#include "app/demo/store/object.h"

namespace cerebral::demo {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// Splits at commas outside of parentheses.
std::vector<std::string_view> splitTerms(std::string_view text) {
    std::vector<std::string_view> terms;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && depth == 0)) {
            if (const auto term = trimmed(text.substr(start, i - start)); !term.empty()) terms.push_back(term);
            start = i + 1;
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')') {
            --depth;
        }
    }
    return terms;
}

}  // namespace

const std::string* findText(const TextPairs& pairs, std::string_view key) {
    const auto it = std::ranges::find_if(pairs, [&](const auto& pair) { return pair.first == key; });
    return it == pairs.end() ? nullptr : &it->second;
}

Result<std::vector<Selector::Requirement>> Selector::parseRequirements(std::string_view text) {
    std::vector<Requirement> all;
    for (const std::string_view term : splitTerms(text)) {
        Requirement requirement;
        const auto setOperator = [&](std::string_view word, Operator op) {
            const std::size_t at = term.find(word);
            const std::size_t open = term.find('(', at == std::string_view::npos ? 0 : at);
            if (at == std::string_view::npos || open == std::string_view::npos || term.back() != ')') return false;
            requirement.key = trimmed(term.substr(0, at));
            requirement.op = op;
            for (const auto value : splitTerms(term.substr(open + 1, term.size() - open - 2))) {
                requirement.values.emplace_back(value);
            }
            return true;
        };
        if (setOperator(" notin ", Operator::NotIn) || setOperator(" in ", Operator::In) ||
            setOperator(" notin(", Operator::NotIn) || setOperator(" in(", Operator::In)) {
            // done
        } else if (const std::size_t different = term.find("!="); different != std::string_view::npos) {
            requirement = {std::string(trimmed(term.substr(0, different))),
                           Operator::NotEquals,
                           {std::string(trimmed(term.substr(different + 2)))}};
        } else if (const std::size_t equal = term.find('='); equal != std::string_view::npos) {
            const std::size_t length = term.substr(equal).starts_with("==") ? 2 : 1;
            requirement = {std::string(trimmed(term.substr(0, equal))),
                           Operator::Equals,
                           {std::string(trimmed(term.substr(equal + length)))}};
        } else if (term.starts_with('!')) {
            requirement = {std::string(trimmed(term.substr(1))), Operator::NotExists, {}};
        } else {
            requirement = {std::string(term), Operator::Exists, {}};
        }
        if (requirement.key.empty() || requirement.key.find_first_of(" ()!=") != std::string::npos) {
            return fail(ErrorKind::Invalid, "unable to parse requirement: " + std::string(term));
        }
        all.push_back(std::move(requirement));
    }
    return all;
}

Result<Selector> Selector::parse(std::string_view labelSelector, std::string_view fieldSelector) {
    Selector selector;
    auto labels = parseRequirements(labelSelector);
    if (!labels) return fail(labels.error());
    auto fields = parseRequirements(fieldSelector);
    if (!fields) return fail(fields.error());
    selector.labels_ = std::move(*labels);
    selector.fields_ = std::move(*fields);
    return selector;
}

bool Selector::holds(const Requirement& requirement, const std::string* value) {
    const auto listed = [&] {
        return value && std::ranges::find(requirement.values, *value) != requirement.values.end();
    };
    switch (requirement.op) {
        case Operator::Equals:
        case Operator::In:
            return listed();
        case Operator::NotEquals:
        case Operator::NotIn:
            return !listed();
        case Operator::Exists:
            return value != nullptr;
        case Operator::NotExists:
            return value == nullptr;
    }
    return false;
}

bool Selector::matches(const Object& object) const {
    for (const Requirement& requirement : labels_) {
        const auto value = object.label(requirement.key);
        if (!holds(requirement, value ? &*value : nullptr)) return false;
    }
    for (const Requirement& requirement : fields_) {
        const auto value = requirement.key == "metadata.name"        ? std::optional(object.name)
                           : requirement.key == "metadata.namespace" ? std::optional(object.ns)
                                                                     : object.field(requirement.key);
        static const std::string kAbsent;  // an absent field compares as the empty text
        if (!holds(requirement, value ? &*value : &kAbsent)) return false;
    }
    return true;
}

}  // namespace cerebral::demo
